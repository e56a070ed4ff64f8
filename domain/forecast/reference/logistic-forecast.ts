import { studentQuantile } from '../../statistics/distributions.ts';
import type { NlsFit } from '../nls.ts';
import { nls } from '../nls.ts';
import { linearForecast } from './linear-forecast.ts';
import type { ShareForecaster } from './share-forecast.ts';
import { sharesOf, withinShares } from './share-forecast.ts';

const MODEL = 'asym/(1+exp((middle-x)/scale))';
const PARAMETERS = ['asym', 'middle', 'scale'];

/**
 * A logistic curve through all shares by least squares, its intervals by the delta method (Bates and Watts 1988,
 * 2.3); a straight line through the last `windowDays` where no logistic curve converges.
 */
export function logisticForecast(windowDays: number): ShareForecaster {
  return (days) => {
    const { x, y } = sharesOf(days);
    const fit = fitted(x, y);
    if (!fit) return linearForecast(windowDays)(days);
    return {
      quantile: (offset, probability) => {
        const { value, variance } = predicted(fit, offset);
        const se = Math.sqrt(variance + fit.sigma ** 2);
        return withinShares(value + se * studentQuantile(probability, fit.degrees));
      },
    };
  };
}

function fitted(x: number[], y: number[]): NlsFit | null {
  const highest = Math.max(...y);
  const length = (x.at(-1) ?? 0) - (x[0] ?? 0);
  const starts = [
    ...[1.05, 1.3, 2].flatMap((above) =>
      [-0.8, -0.4, 0, 0.5].map((at) => [highest * above, at * length, length / 5]),
    ),
  ];
  try {
    return nls({ model: MODEL, parameters: PARAMETERS, x, y, starts });
  } catch (error) {
    if (error instanceof RangeError) return null; // no start converges
    throw error;
  }
}

function predicted({ coef, vcov }: NlsFit, x: number): { value: number; variance: number } {
  const [asym = 0, middle = 0, scale = 1] = coef;
  const e = Math.exp((middle - x) / scale);
  const value = asym / (1 + e);
  const bend = (value * e) / (1 + e) / scale;
  const gradient = [1 / (1 + e), -bend, (bend * (middle - x)) / scale];
  let variance = 0;
  for (const [i, gi] of gradient.entries())
    for (const [j, gj] of gradient.entries()) variance += gi * gj * (vcov[i]?.[j] ?? 0);
  return { value, variance: Math.max(0, variance) };
}
