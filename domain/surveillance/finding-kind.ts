import type { Span } from './connected-findings.ts';
import type { JudgedPoint } from './level-of.ts';
import { isTotal } from './series.ts';

/** A point and the instants that it is about, UTC milliseconds. */
export interface Placed {
  point: JudgedPoint;
  /** Its own hour or day. */
  own: Span;
  /** Start of its window. */
  since: number;
  /** Start of what may have been found before. */
  remembers: number;
}

/** Found before, and not carried. */
export interface Known extends Span {
  point: JudgedPoint;
  /** It stood out by itself; a slow rise is told by its window alone. */
  burst: boolean;
}

export type Kind = 'burst' | 'rise' | 'carried';

/**
 * A burst stands out by itself; a rise is told by its window, whose other days or hours bring more than expected too, those
 * left out that are known bursts. What comes after something found before and adds little is carried.
 */
export function kindOf({ point, own, since, remembers }: Placed, before: readonly Known[]): Kind {
  // The slow test leaves out the hours that were found before.
  if (point.slow && since < own.startAt) return 'rise';
  if (remembers === own.startAt) return 'burst';
  const usual = point.expected ?? 0;
  const excess = point.observed - usual;
  const clear = isClear(point.observed, usual, isTotal(point.series) ? CLEAR : CLEAR_PART);
  const whole = {
    observed: point.windowObserved ?? point.observed,
    expected: point.windowExpected ?? usual,
  };
  const left = ownAndBursts(point, before);
  const others = isClear(whole.observed - left.observed, whole.expected - left.expected);
  if (before.length === 0) {
    return since === own.startAt || (clear && !others) ? 'burst' : 'rise';
  }
  if (!others) return clear ? 'burst' : 'carried';
  const mean = (whole.observed - whole.expected) / (point.window ?? 1);
  return clear || (excess > 0 && excess >= mean / 2) ? 'rise' : 'carried';
}

/** What a point and the known bursts of its series brought. */
function ownAndBursts(
  { series, bucket, observed, expected }: JudgedPoint,
  before: readonly Known[],
): { observed: number; expected: number } {
  const bursts = before.filter(
    ({ burst, point }) => burst && point.series === series && point.bucket === bucket,
  );
  return {
    observed: bursts.reduce((sum, { point }) => sum + point.observed, observed),
    expected: bursts.reduce((sum, { point }) => sum + (point.expected ?? 0), expected ?? 0),
  };
}

/** How many standard deviations above the expected, of counts that vary twice as much as chance, and how many counts. */
const CLEAR = { deviations: 2, spread: 2, counts: 3 };
/** Of the many series by method, country or reason one is that far off on most days. */
const CLEAR_PART = { deviations: 4, spread: 2, counts: 5 };

/** Whether a count is beyond what is expected of it by itself; roughly, as its own chance is not kept. */
function isClear(observed: number, expected: number, bounds = CLEAR): boolean {
  const spread = bounds.deviations * Math.sqrt(bounds.spread * Math.max(0, expected));
  return observed - expected >= Math.max(bounds.counts, spread);
}
