import { z } from 'zod';
import { recordDetector } from '../../domain/surveillance/record-detector.ts';
import { windowScore } from '../surveillance/labelled-windows.ts';
import type { Comparison, VectorKind } from './vector.ts';

const NabVector = z.looseObject({
  timestamps: z.array(z.string()).min(1),
  values: z.array(z.number()),
  windows: z.array(z.tuple([z.string(), z.string()])),
  probation_fraction: z.number().default(0.15),
});

/** The benchmark's own: so many values at most are for learning. */
const UNSCORED_MOST = 750;
/** What is asked of one file; of many together more is: 39 of 46 windows with 68 false points on 15 files. */
const FALSE_POINTS_MOST = 12;

/** `nab`: streams with labelled anomalies (Lavin and Ahmad 2015), found by the general mode, which knows no calendar. */
export const nabKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { timestamps, values, windows, probation_fraction } = NabVector.parse(vector);
  const unscored = Math.min(Math.floor(probation_fraction * values.length), UNSCORED_MOST);
  const seconds = (time: string): string => time.slice(0, 'YYYY-MM-DD HH:MM:SS'.length);
  const score = windowScore(timestamps.map(seconds), recordDetector(values), {
    windows: windows.map(([start, end]) => [seconds(start), seconds(end)] as const),
    unscored,
  });
  yield {
    name: `false points, at most ${FALSE_POINTS_MOST}:`,
    ...{ expected: 0, actual: score.falsePoints, tolerance: FALSE_POINTS_MOST },
    figure: `general mode: ${score.hit} of ${score.windows} windows, ${score.falsePoints} false points`,
  };
  if (score.windows > 0)
    yield {
      name: 'windows hit, at least one:',
      ...{ expected: true, actual: score.hit > 0, tolerance: 0 },
    };
};
