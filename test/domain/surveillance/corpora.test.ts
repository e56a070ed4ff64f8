import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { windowScore } from '../../../bench/surveillance/labelled-windows.ts';
import { thresholdAt } from '../../../bench/surveillance/threshold-at.ts';
import { corpusDailyKind } from '../../../bench/vectors/corpus-daily-kind.ts';
import type { Vector } from '../../../bench/vectors/vector.ts';
import { recordDetector } from '../../../domain/surveillance/record-detector.ts';

const EXTERNAL = new URL('../../../../shared/vectors/external', import.meta.url).pathname;
const NONE = 'there is no folder of external reference vectors here';

/** What htm.core reaches on the 15 files of counts: 39 of 46 windows, 68 false points. */
const HIT_LEAST = 39 / 46;
const FALSE_POINTS_PER_FILE = 68 / 15;

interface Nab {
  timestamps: string[];
  values: number[];
  windows: [string, string][];
}

describe('outbreaks that others have labelled', () => {
  test('are found in streams that no calendar is known of', ({ skip }) => {
    if (!existsSync(EXTERNAL)) skip(NONE);
    const files = readdirSync(EXTERNAL).filter((name) => name.startsWith('nab-real'));

    const scores = files.map((name) => {
      const nab = JSON.parse(readFileSync(join(EXTERNAL, name), 'utf8')) as Nab;
      const unscored = Math.min(Math.floor(0.15 * nab.values.length), 750);
      return windowScore(nab.timestamps, recordDetector(nab.values), {
        windows: nab.windows.map(([start, end]) => [start.slice(0, 19), end.slice(0, 19)] as const),
        unscored,
      });
    });

    const sum = (of: 'windows' | 'hit' | 'falsePoints') =>
      scores.reduce((total, score) => total + score[of], 0);
    expect(sum('hit') / sum('windows')).toBeGreaterThanOrEqual(HIT_LEAST - 1 / 46);
    expect(sum('falsePoints')).toBeLessThanOrEqual(FALSE_POINTS_PER_FILE * files.length);
  });

  test('are found in days: the large ones of an eighth of the corpus', ({ skip }) => {
    if (!existsSync(EXTERNAL)) skip(NONE);
    const name = 'corpus-daily-noufaily2019-k5.json';
    const corpus = JSON.parse(readFileSync(join(EXTERNAL, name), 'utf8')) as Vector & {
      series: unknown[];
    };
    const some = { ...corpus, series: corpus.series.filter((_, i) => i % 8 === 0) };

    for (const { expected, actual, tolerance } of corpusDailyKind(some))
      expect(Math.abs(Number(actual) - Number(expected))).toBeLessThanOrEqual(tolerance);
  }, 120_000);
});

test('a threshold lets no more through than it should', () => {
  const quiet = Array.from({ length: 1000 }, (_, i) => (i + 1) / 1000);

  expect(quiet.filter((p) => p < thresholdAt(quiet, 0.013))).toHaveLength(13);
  expect(thresholdAt([], 0.5)).toBe(0);
});
