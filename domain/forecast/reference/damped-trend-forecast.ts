import { normalQuantile } from '../../statistics/normal.ts';
import type { ShareForecaster } from './share-forecast.ts';
import { sharesOf } from './share-forecast.ts';

const LEVELS = [0.3, 0.6, 0.9];
const TRENDS = [0.02, 0.05, 0.1, 0.2, 0.4];
const DAMPINGS = [0.9, 0.95, 0.98];

/**
 * Exponential smoothing with a damped trend on the logit of coverage (Gardner and McKenzie 1985), as ETS(A,Ad,N) of
 * Hyndman et al. 2008 with its variances; the constants of a small grid that forecast a day ahead best.
 */
export const dampedTrendForecast: ShareForecaster = (days) => {
  const logits = dailyLogits(days);
  let best = smoothed(logits, { alpha: 0.9, beta: 0.1, phi: 0.95 });
  for (const alpha of LEVELS)
    for (const share of TRENDS)
      for (const phi of DAMPINGS) {
        const tried = smoothed(logits, { alpha, beta: alpha * share, phi });
        if (tried.squares < best.squares) best = tried;
      }
  const { level, trend, alpha, beta, phi, squares } = best;
  const variance = squares / Math.max(1, logits.length - 5);
  return {
    quantile: (offset, probability) => {
      let [damped, power, sum] = [0, 1, 1];
      for (let j = 1; j <= offset; j++) {
        power *= phi;
        damped += power;
        if (j < offset) sum += (alpha + beta * damped) ** 2;
      }
      const se = Math.sqrt(variance * sum);
      return 1 / (1 + Math.exp(-(level + trend * damped + se * normalQuantile(probability))));
    },
  };
};

/** One value a day; days not collected lie on the line between their neighbours. */
function dailyLogits(days: Parameters<ShareForecaster>[0]): number[] {
  const { x, y } = sharesOf(days);
  const logits: number[] = [];
  for (const [i, share] of y.entries()) {
    const kept = Math.min(0.9995, Math.max(0.0005, share));
    const value = Math.log(kept / (1 - kept));
    const before = logits.at(-1);
    const gap = i > 0 ? (x[i] ?? 0) - (x[i - 1] ?? 0) : 1;
    for (let step = 1; step < gap && before !== undefined; step++)
      logits.push(before + ((value - before) * step) / gap);
    logits.push(value);
  }
  return logits;
}

function smoothed(
  logits: readonly number[],
  { alpha, beta, phi }: { alpha: number; beta: number; phi: number },
) {
  let level = logits[0] ?? 0;
  let trend = 0;
  let squares = 0;
  for (const value of logits.slice(1)) {
    const error = value - level - phi * trend;
    squares += error * error;
    level += phi * trend + alpha * error;
    trend = phi * trend + beta * error;
  }
  return { level, trend, squares, alpha, beta, phi };
}
