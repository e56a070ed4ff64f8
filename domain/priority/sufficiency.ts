import { HORIZON_DAYS, HORIZON_MS } from './history.ts';

/**
 * Calls that a fit needs. Seven factors and a level are fitted: 25 calls for each, where 10 to 20 are held to be enough for
 * a regression of counts or events (Peduzzi et al. 1996, J. Clin. Epidemiol. 49), and the level is known to 7 %.
 */
export const CALLS_FOR_FIT = 200;
/** 90 days to see what people are like, and 90 to see who called. */
export const DAYS_FOR_FIT = 2 * HORIZON_DAYS;
/** With 30 calls, the share that an order catches is known to 9 percentage points. */
export const CALLS_FOR_BACKTEST = 30;
/** Some days may be missing: of the days that are needed, this share must have been read. */
const READ_SHARE = 0.9;

interface Known {
  observedDays: (since: number, until: number) => number;
  /** First complete registration report, UTC milliseconds; null: none. */
  registeredSince: number | null;
}

/** Why a model cannot be fitted on the 90 days before `until` (UTC milliseconds), in a sentence; null: it can. */
export function whyNotFitted({
  observedDays,
  registeredSince,
  until,
  calls,
}: Known & { until: number; calls: number }): string | null {
  const days = Math.floor(observedDays(until - 2 * HORIZON_MS, until));
  if (days < DAYS_FOR_FIT * READ_SHARE)
    return `Fitting needs ${DAYS_FOR_FIT} days of the reset log, and ${days} of them have been read.`;
  if (registeredSince === null || registeredSince > until - HORIZON_MS)
    return `Fitting needs the registration report of ${HORIZON_DAYS} days before, and the first complete one is younger.`;
  if (calls < CALLS_FOR_FIT)
    return `Fitting needs ${CALLS_FOR_FIT} calls in ${HORIZON_DAYS} days, and there were ${calls}.`;
  return null;
}

/** Why no order made at `testAt` can be held against the calls up to `fitAt` (UTC milliseconds), in a sentence; null: it can. */
export function whyNoBacktest({
  observedDays,
  registeredSince,
  testAt,
  fitAt,
  calls,
}: Known & { testAt: number; fitAt: number; calls: number }): string | null {
  const days = Math.floor(observedDays(testAt, fitAt));
  if (days < HORIZON_DAYS * READ_SHARE)
    return `Testing the order needs ${HORIZON_DAYS} days of the reset log, and ${days} of them have been read.`;
  if (observedDays(testAt - HORIZON_MS, testAt) < HORIZON_DAYS / 3)
    return `Testing the order needs the reset log of a month before those ${HORIZON_DAYS} days.`;
  if (registeredSince === null || registeredSince > testAt)
    return `Testing the order needs the registration report of ${HORIZON_DAYS} days before, and the first complete one is younger.`;
  if (calls < CALLS_FOR_BACKTEST)
    return `Testing the order needs ${CALLS_FOR_BACKTEST} calls in ${HORIZON_DAYS} days, and there were ${calls}.`;
  return null;
}
