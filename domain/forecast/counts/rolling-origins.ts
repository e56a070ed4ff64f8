import type { CountSeries, Member } from './count-series.ts';
import { asOf, isUsable } from './count-series.ts';

/** What was told at one moment of the past, and what came. */
export interface Origin {
  /** Counts after it; NaN where not known. */
  came: Float64Array;
  /** What each member would have told; null where it could not. */
  told: (Float64Array | null)[];
}

const ORIGINS_MAX = 10;
const SEASONS_LEAST = 2;
const STEPS_LEAST = 8;

/** Past moments from which to tell, evenly spaced, the latest last; as many steps from each as to be told now, where there are. */
export function rollingOrigins(
  series: CountSeries,
  members: readonly Member[],
  steps: number,
): Origin[] {
  const n = series.counts.length;
  const season = series.season <= 24 ? series.season : 1;
  const first = Math.min(Math.max(STEPS_LEAST, SEASONS_LEAST * season + 1), Math.floor(n / 2));
  const reach = Math.max(1, Math.min(steps, Math.floor((n - first) * 0.6)));
  const between = Math.max(1, Math.ceil(reach / 4));
  const origins: Origin[] = [];
  // The last origins see less than the whole reach: what the newest counts say matters most.
  for (
    let at = n - Math.ceil(reach / 2);
    at >= first && origins.length < ORIGINS_MAX;
    at -= between
  )
    origins.unshift(originAt(series, members, { at, reach: Math.min(reach, n - at) }));
  return origins;
}

function originAt(
  series: CountSeries,
  members: readonly Member[],
  { at, reach }: { at: number; reach: number },
): Origin {
  const past = asOf(series, at);
  return {
    came: series.counts.subarray(at, at + reach),
    told: members.map((member) => {
      const told = member.expected(past, reach);
      return told && isUsable(told) ? told : null;
    }),
  };
}
