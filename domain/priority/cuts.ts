import { DAY_MS } from '../day.ts';
import { HORIZON_MS } from './history.ts';
import { STEP_DAYS } from './model.ts';

/** The past instants at which people are looked at, UTC milliseconds. */
export interface PriorityCuts {
  /** End of the history that fits and tests the model. */
  fitAt: number;
  /** Start of the last 90 days before it: the order made then is held against the calls since. */
  testAt: number;
  /** Starts of the 30-day steps of the 90 days before `testAt`, and of those after it. */
  early: number[];
  late: number[];
}

/**
 * Each 90 days are learnt from in three steps of 30, with the features as of the start of each: what changes in
 * between, as when a policy takes capability from many, is then not held against the features
 * (landmarking: van Houwelingen 2007, Scand. J. Stat. 34).
 */
export function priorityCuts(fitAt: number): PriorityCuts {
  const testAt = fitAt - HORIZON_MS;
  const steps = (from: number) =>
    Array.from(
      { length: HORIZON_MS / (STEP_DAYS * DAY_MS) },
      (_, i) => from + i * STEP_DAYS * DAY_MS,
    );
  return { fitAt, testAt, early: steps(testAt - HORIZON_MS), late: steps(testAt) };
}
