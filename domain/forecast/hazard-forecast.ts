import { uniformRandom } from '../random.ts';
import type { ForecastConstants } from './constants.ts';
import { FORECAST_CONSTANTS } from './constants.ts';
import { coverageHistory, usableDays } from './coverage-history.ts';
import { coveragePaths } from './coverage-paths.ts';
import { hazardPosterior } from './hazard-posterior.ts';
import type { ShareForecaster } from './reference/share-forecast.ts';

/** The product's forecast as one method among others, `days` ahead and without known campaigns. */
export function hazardForecast(
  { days, seed }: { days: number; seed: number },
  constants: ForecastConstants = FORECAST_CONSTANTS,
): ShareForecaster {
  return (collected) => {
    const history = coverageHistory(usableDays(collected), constants);
    const posterior = hazardPosterior(history, [], constants);
    const uniform = uniformRandom(seed);
    const { shares, paths } = coveragePaths(
      { history, posterior, campaigns: [], days, uniform },
      constants,
    );
    const sorted = new Map<number, Float32Array>();
    return {
      quantile: (offset, probability) => {
        const ofDay =
          sorted.get(offset) ?? shares.slice((offset - 1) * paths, offset * paths).sort();
        sorted.set(offset, ofDay);
        return ofDay[Math.min(paths - 1, Math.floor(probability * paths))] ?? 0;
      },
    };
  };
}
