import type { Finding } from './finding.ts';
import { isPlainTotal, isTotal } from './series.ts';

/** The least likely first, then the largest, then the earliest: the same in any order. */
export const byChance = (a: Finding, b: Finding) =>
  (a.p ?? 1) - (b.p ?? 1) || b.observed - a.observed || a.startAt - b.startAt || b.endAt - a.endAt;

/**
 * The figures that stand for all findings of an episode: those of the most unusual total, else of the most unusual series,
 * else the value that is the most times its threshold.
 */
export function alertHead(findings: readonly Finding[]) {
  const ofSeries = findings.filter(({ series }) => series !== null);
  const totals = ofSeries.filter(({ series }) => series !== null && isTotal(series));
  const plain = totals.filter(({ series }) => series !== null && isPlainTotal(series));
  const told = [plain, totals, ofSeries].find(({ length }) => length > 0)?.toSorted(byChance)[0];
  const fired = findings.toSorted((a, b) => timesOf(b) - timesOf(a))[0];
  const { observed = 0, expected = null, upper = null, p = null } = told ?? fired ?? {};
  return { observed, expected, upper, p };
}

const timesOf = ({ observed, threshold }: Finding) => observed / Math.max(1, threshold ?? observed);
