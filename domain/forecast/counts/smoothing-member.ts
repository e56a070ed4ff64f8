import type { CountSeries, Member } from './count-series.ts';
import { ratesOf } from './count-series.ts';
import type { SmoothingForm } from './smoothing.ts';
import { continued } from './smoothing.ts';
import type { SmoothingFit } from './smoothing-fit.ts';
import { smoothingFit } from './smoothing-fit.ts';

/** Longer seasons have too many places for a smoothing each. */
const SEASON_MAX = 24;
/** Models this much worse than the best, by Akaike's criterion, take no part. */
const AICC_REACH = 6;

interface Candidate extends SmoothingForm {
  /** Fitted to ln(1 + count). */
  logarithm: boolean;
}

interface Fitted {
  candidate: Candidate;
  fit: SmoothingFit;
  aicc: number;
}

/**
 * Exponential smoothing with a season (Hyndman, Koehler, Ord and Snyder 2008): forms on the counts and on ln(1 + count),
 * each fitted by likelihood and weighted by Akaike's criterion (Burnham and Anderson 2002). `candidates`: the forms to
 * try; all that suit the series where not given.
 */
export function smoothingMember(candidates?: readonly Candidate[]): Member {
  return {
    name: 'exponential smoothing',
    expected(series, steps) {
      const rates = ratesOf(series);
      const fits = fitsOf(series, rates, candidates);
      if (fits.length === 0) return null;
      const least = Math.min(...fits.map(({ aicc }) => aicc));
      const n = rates.length;
      const expected = new Float64Array(steps);
      let total = 0;
      for (const { candidate, fit, aicc } of fits) {
        const told = toldBy(fit, candidate, { series, rates, steps });
        if (!told) continue;
        const weight = Math.exp((least - aicc) / 2);
        total += weight;
        for (let i = 0; i < steps; i++)
          expected[i] = (expected[i] as number) + weight * (told[i] as number);
      }
      if (!(total > 0)) return null;
      return expected.map((sum, i) => (sum / total) * (series.exposure[n + i] as number));
    },
  };
}

/** The forms that suit a series best, best first. */
export function likelyForms(series: CountSeries, most: number): Candidate[] {
  return fitsOf(series, ratesOf(series))
    .sort((one, other) => one.aicc - other.aicc)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function fitsOf(
  series: CountSeries,
  rates: Float64Array,
  candidates: readonly Candidate[] = candidatesFor(rates, series.season),
): Fitted[] {
  const { slots, season } = series;
  const logarithms = rates.map((rate) => Math.log1p(rate));
  const jacobian =
    2 * logarithms.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
  const fits = candidates.flatMap((candidate): Fitted[] => {
    const values = candidate.logarithm ? logarithms : rates;
    const fit = smoothingFit({ values, slots, season }, candidate);
    return fit ? [{ candidate, fit, aicc: fit.aicc + (candidate.logarithm ? jacobian : 0) }] : [];
  });
  const least = Math.min(...fits.map(({ aicc }) => aicc));
  return fits.filter(({ aicc }) => aicc <= least + AICC_REACH);
}

function candidatesFor(rates: Float64Array, season: number): Candidate[] {
  const seasons = season > 1 && season <= SEASON_MAX;
  let [least, sum, seen] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const rate of rates) {
    if (Number.isNaN(rate)) continue;
    least = Math.min(least, rate);
    sum += rate;
    seen += 1;
  }
  // Far from zero: errors in proportion and seasons that multiply make sense.
  const far = least > 0 && least > (0.05 * sum) / seen;
  const candidates: Candidate[] = [];
  for (const trend of ['none', 'damped', 'lasting'] as const)
    for (const season of ['none', 'added', 'multiplied'] as const) {
      if (season !== 'none' && !seasons) continue;
      if (season !== 'multiplied') {
        candidates.push({ ...{ error: 'even', trend, season }, logarithm: false });
        if (trend !== 'lasting')
          candidates.push({ ...{ error: 'even', trend, season }, logarithm: true });
      }
      if (far) candidates.push({ ...{ error: 'proportional', trend, season }, logarithm: false });
    }
  return candidates;
}

function toldBy(
  fit: SmoothingFit,
  candidate: Candidate,
  { series, rates, steps }: { series: CountSeries; rates: Float64Array; steps: number },
): Float64Array | null {
  const n = rates.length;
  const told = continued(fit.state, candidate, series.slots.subarray(n, n + steps));
  const variance = candidate.logarithm ? fit.variance : 0;
  // The mean of a count whose logarithm is normal lies above its median.
  const counts = told.map((value) =>
    Math.max(0, candidate.logarithm ? Math.expm1(Math.min(value, 40) + variance / 2) : value),
  );
  return counts.every(Number.isFinite) ? counts : null;
}
