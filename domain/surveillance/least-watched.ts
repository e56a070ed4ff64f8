import { TENFOLD } from './alert-level.ts';
import { leastUnusual, type PredictedCount } from './predicted-count.ts';

/** From which count on `alertLevel` watches, where the score is `tests` times the chance and `bound` that of a watch. */
export function leastWatched(
  predicted: PredictedCount,
  { bound, tests }: { bound: number; tests: number },
): number {
  const rare = leastUnusual(bound / tests, predicted);
  const many = Math.max(TENFOLD.count, Math.ceil(TENFOLD.ratio * predicted.mean));
  if (many >= rare) return rare;
  return Math.min(rare, Math.max(many, leastUnusual(TENFOLD.p / tests, predicted)));
}
