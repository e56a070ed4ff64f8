import { studentQuantile } from '../../statistics/distributions.ts';
import type { ShareForecaster } from './share-forecast.ts';
import { sharesOf, withinShares } from './share-forecast.ts';

/** A straight line through the last `windowDays` days, with the usual prediction interval of least squares. */
export function linearForecast(windowDays: number): ShareForecaster {
  return (days) => {
    const { x, y } = sharesOf(days.slice(-windowDays));
    const n = x.length;
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / n;
    const [meanX, meanY] = [mean(x), mean(y)];
    const sxx = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
    const sxy = x.reduce((sum, value, i) => sum + (value - meanX) * ((y[i] ?? 0) - meanY), 0);
    const slope = sxx > 0 ? sxy / sxx : 0;
    const rss = x.reduce(
      (sum, value, i) => sum + ((y[i] ?? 0) - meanY - slope * (value - meanX)) ** 2,
      0,
    );
    const degrees = Math.max(1, n - 2);
    return {
      quantile: (offset, probability) => {
        const away = sxx > 0 ? (offset - meanX) ** 2 / sxx : 0;
        const se = Math.sqrt((rss / degrees) * (1 + 1 / n + away));
        const middle = meanY + slope * (offset - meanX);
        return withinShares(middle + se * studentQuantile(probability, degrees));
      },
    };
  };
}
