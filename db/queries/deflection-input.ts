import { addDays, bucketEnd, bucketStart, type Day } from '../../domain/day.ts';
import type { AssumptionSet } from '../../domain/deflection/assumption-set.ts';
import type { NeedCounts } from '../../domain/deflection/figures.ts';
import type { Range } from '../../domain/deflection/range.ts';
import type { ReportInput } from '../../domain/deflection/report-input.ts';
import { quantileOfSorted } from '../../domain/statistics/quantile.ts';
import type { Store } from '../store-types.ts';
import { deflectionHistory } from './deflection-history.ts';
import { registrationCoverage } from './registration-coverage.ts';
import {
  noResets,
  type PeriodInput,
  type ResetCounts,
  resetDays,
  sumOfDays,
} from './reset-days.ts';
import { uncoveredResets } from './uncovered-resets.ts';

/** What a period's answer follows from, with the assumptions in `set`; `asOf` is up to when resets were worked out. */
export async function deflectionInput(
  store: Store,
  { set, ...period }: PeriodInput & { set: AssumptionSet },
): Promise<{ asOf: number | null; input: ReportInput }> {
  const { asOf, days } = await resetDays(store, period);
  const collected = days.flatMap((one) => (one.collected === null ? [] : one.day));
  const counts = sumOfDays(days);
  const input = {
    set,
    daysCollected: collected.length,
    served: counts?.served ?? null,
    counts: needCounts(counts ?? noResets()),
    wholeMonths: wholeMonths(period),
    people: await meanPopulation(store, period),
    secondsToReset: quarters(days.flatMap(({ resetMs }) => resetMs)),
    uncoveredResets: counts && (await uncoveredResets(store, { ...period, days: collected })),
    history: await deflectionHistory(store, period),
  };
  return { asOf, input };
}

export function needCounts({
  incidents: { selfServedFirst, selfServedRetry, fellBack, abandoned, settling },
  adminResets,
  bypasses,
  settlingBypasses,
}: ResetCounts): NeedCounts {
  const selfServed = selfServedFirst + selfServedRetry;
  return { selfServed, fellBack, abandoned, settling, adminResets, bypasses, settlingBypasses };
}

/** The months that lie wholly within a period, YYYY-MM; null: none does. */
function wholeMonths({ first, last }: { first: Day; last: Day }) {
  const start =
    bucketStart(first, 'month') === first ? first : addDays(bucketEnd(first, 'month'), 1);
  const end = bucketEnd(last, 'month') === last ? last : addDays(bucketStart(last, 'month'), -1);
  return start > end ? null : { first: start.slice(0, 7), last: end.slice(0, 7) };
}

async function meanPopulation(
  store: Store,
  { tenantId, first, last }: PeriodInput,
): Promise<number | null> {
  const days = await registrationCoverage(store, { tenantId, first, last });
  const people = days.flatMap(({ counts }) => counts?.population ?? []);
  if (people.length === 0) return null;
  return people.reduce((sum, count) => sum + count, 0) / people.length;
}

/** Seconds at the quarters; null of none. */
function quarters(ms: number[]): Range | null {
  const sorted = Float64Array.from(ms).sort();
  const at = (share: number): number => (quantileOfSorted(sorted, share) ?? 0) / 1000;
  return sorted.length === 0 ? null : { low: at(0.25), likely: at(0.5), high: at(0.75) };
}
