import { type DetectionScore, detectionScore } from './detection-score.ts';
import { thresholdAt } from './threshold-at.ts';

/** A series of a corpus with the detector's scores, low ones being unusual. */
export interface CorpusSeries {
  scores: readonly number[];
  /** Places of each outbreak's periods among the scores. */
  outbreaks: readonly (readonly number[])[];
}

/** The score with every score below `threshold` an alarm. */
export function scoreBelow(corpus: readonly CorpusSeries[], threshold: number): DetectionScore {
  return detectionScore(
    corpus.map(({ scores, outbreaks }) => ({
      ...{ outbreaks, alarms: scores.map((score) => score < threshold) },
    })),
  );
}

/** The score with the threshold set so that `falsePositive` of the quiet periods are alarms, or as near below as can be. */
export function scoreAt(corpus: readonly CorpusSeries[], falsePositive: number): DetectionScore {
  const quiet = corpus.flatMap(({ scores, outbreaks }) => {
    const during = new Set(outbreaks.flat());
    return scores.filter((_, at) => !during.has(at));
  });
  return scoreBelow(corpus, thresholdAt(quiet, falsePositive));
}
