import { DAY_MS, type Day, dayCutter, HOUR_MS } from '../../domain/day.ts';
import type { Finding } from '../../domain/surveillance/finding.ts';
import type { JudgedPoint } from '../../domain/surveillance/level-of.ts';

export const CUTTER = dayCutter('UTC');

/** A Monday. Days and hours of these builders count from it. */
export const START = Date.parse('2026-06-01T00:00:00Z');

export const dayAt = (day: number): Day => CUTTER.dayOf(START + day * DAY_MS);

/** A day of `failed` as it usually is, but for what is said. */
export function aDayPoint(day: number, told: Partial<JudgedPoint> = {}): JudgedPoint {
  return point({ bucket: 'day', day: dayAt(day), startAt: 0 }, told);
}

/** An hour of `failed`, counted from the start. */
export function anHourPoint(hour: number, told: Partial<JudgedPoint> = {}): JudgedPoint {
  const startAt = START + hour * HOUR_MS;
  return point({ bucket: 'hour', day: CUTTER.dayOf(startAt), startAt }, told);
}

function point(
  when: Pick<JudgedPoint, 'bucket' | 'day' | 'startAt'>,
  told: Partial<JudgedPoint>,
): JudgedPoint {
  const { observed = 10, expected = 10 } = told;
  return {
    ...{ series: 'failed', observed, expected, upper: 20, p: 0.5, window: 1 },
    ...{ windowObserved: observed, windowExpected: expected, slow: false, farrington: null },
    ...when,
    ...told,
  };
}

/** A finding of `failed` from one hour to another, counted from the start. */
export function aFinding(from: number, to: number, told: Partial<Finding> = {}): Finding {
  return {
    ...{ rule: 'failed_verifications', series: 'failed', subject: '', bucket: 'hour' },
    ...{ startAt: START + from * HOUR_MS, endAt: START + to * HOUR_MS, level: 'watch' },
    ...{ observed: 30, expected: 2, upper: 8, p: 0.0001, threshold: null, learnedOn: null },
    carried: false,
    ...told,
  };
}

/** A whole day of `failed`. */
export function aDayFinding(day: number, told: Partial<Finding> = {}): Finding {
  return aFinding(24 * day, 24 * (day + 1), { bucket: 'day', ...told });
}

/** A value of a rule, from one hour to another. */
export function aRuleFinding(
  rule: Finding['rule'],
  [from, to]: [number, number],
  told: Partial<Finding> = {},
): Finding {
  return aFinding(from, to, {
    ...{ rule, series: null, bucket: null, expected: null, upper: null, p: null, threshold: 3 },
    ...told,
  });
}
