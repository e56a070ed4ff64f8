import type { CoverageDay } from '../coverage-history.ts';
import { dayNumber } from '../coverage-history.ts';

/** What a method says about coverage in future days. */
export interface ShareForecast {
  /** The share (0 to 1) below which coverage lies with `probability` after `offset` days (1 is tomorrow). */
  quantile(offset: number, probability: number): number;
}

/** A way to forecast coverage from collected days, ascending. */
export type ShareForecaster = (days: readonly CoverageDay[]) => ShareForecast;

export const withinShares = (share: number): number => Math.min(1, Math.max(0, share));

/** Days as distances from the last one (0, the ones before negative), and their shares. */
export function sharesOf(days: readonly CoverageDay[]): { x: number[]; y: number[] } {
  const last = days.at(-1);
  const today = last ? dayNumber(last.day) : 0;
  return {
    x: days.map(({ day }) => dayNumber(day) - today),
    y: days.map(({ capable, population: people }) => capable / people),
  };
}
