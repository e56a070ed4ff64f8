import { dayCollected, type ReadWindow } from '../../domain/collected.ts';
import { type Day, type DayCutter, daysBetween } from '../../domain/day.ts';
import type { Finding } from '../../domain/surveillance/finding.ts';
import { LEARNING_DAYS } from '../../domain/surveillance/learned-threshold.ts';
import { rhythmFindings } from '../../domain/surveillance/rhythm-findings.ts';
import type { SurveillanceSettings } from '../../domain/surveillance/settings.ts';
import { leastValues, thresholdFindings } from '../../domain/surveillance/threshold-findings.ts';
import { companyTest } from '../company-addresses.ts';
import type { Store } from '../store-types.ts';
import { type JudgedPoints, judgedPoints } from './judged-points.ts';
import { type RuleValueRow, ruleValues } from './rule-values.ts';

/** All that alerts of some days can follow from by some settings. */
export interface AlertGround {
  /** The days asked for. */
  first: Day;
  last: Day;
  points: JudgedPoints;
  values: RuleValueRow[];
  /** Collected days up to `last` in order, those that thresholds are learned from included. */
  days: Day[];
}

export interface GroundInput {
  tenantId: number;
  cutter: DayCutter;
  windows: readonly ReadWindow[];
  /** Null: from the first collected day on. */
  first: Day | null;
  asOf: number;
  /** Those that the ground is for: values that none of them can fire for are not read. */
  settings: readonly SurveillanceSettings[];
}

/** Reads what alerts from a day on can follow from; null: nothing was collected. */
export async function alertGround(
  store: Store,
  { tenantId, cutter, windows, first: asked, asOf, settings }: GroundInput,
): Promise<AlertGround | null> {
  const days = collectedDays(windows, cutter, asOf);
  const [head, last] = [days[0], days.at(-1)];
  if (head === undefined || last === undefined) return null;
  // A day of which an hour was never read is not a collected day; what stands out in its other hours still does.
  const today = cutter.dayOf(asOf);
  const first = asked === null || asked < head ? head : asked;
  const begin = days.findIndex((day) => day >= first);
  const learned = days[Math.max(0, (begin === -1 ? days.length : begin) - LEARNING_DAYS)] ?? head;
  return {
    ...{ first, last, days },
    points: await judgedPoints(store, { tenantId, first, last: today }),
    values: await ruleValues(store, {
      ...{ tenantId, first: learned, last: today },
      least: leastValues(settings),
    }),
  };
}

/**
 * What settings find unusual on this ground after an instant. The days before it only tell what was there already: a window
 * of seven days remembers.
 */
export function alertFindings(
  { points, values, days }: AlertGround,
  { settings, cutter, since }: { settings: SurveillanceSettings; cutter: DayCutter; since: number },
): Finding[] {
  const isCompany = companyTest(settings.companyAddresses);
  return [
    ...rhythmFindings(points.points, { settings, judged: points.judged, cutter }),
    ...thresholdFindings(values, { settings, days, isCompany }),
  ].filter(({ endAt }) => endAt > since);
}

/** The days that were read, the one in progress included. */
export function collectedDays(
  windows: readonly ReadWindow[],
  cutter: DayCutter,
  asOf: number,
): Day[] {
  const since = windows[0]?.since;
  if (since === undefined) return [];
  const all = daysBetween(cutter.dayOf(since), cutter.dayOf(asOf));
  return all.filter((day) => dayCollected(windows, day, cutter) !== null);
}
