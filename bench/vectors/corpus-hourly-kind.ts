import { z } from 'zod';
import { HOUR_MS } from '../../domain/day.ts';
import { hourlyDetector } from '../../domain/surveillance/hourly-detector.ts';
import { type CorpusSeries, scoreAt, scoreBelow } from '../surveillance/corpus-score.ts';
import type { DetectionScore } from '../surveillance/detection-score.ts';
import { Numbers } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const CorpusVector = z.looseObject({
  history_hours: z.number(),
  eval_hours: z.number(),
  series: z
    .array(
      z.looseObject({
        counts: Numbers,
        holiday_hours_1based: Numbers.nullish(),
        events: z.array(z.looseObject({ type: z.string(), start: z.number(), end: z.number() })),
      }),
    )
    .min(1),
});
type CorpusVector = z.output<typeof CorpusVector>;

/** What is asked for: events detected at a share of false hours. */
const WANTED = [
  { falseMost: 0.003, detectedLeast: 0.75 },
  { falseMost: 0.013, detectedLeast: 0.85 },
] as const;
/** Monday 00:00. */
const FIRST_AT = Date.UTC(2024, 0, 1);

/** `corpus_hourly`: bursts, sprays and night bursts put into made-up hourly counts, found by the hourly detector. */
export const corpusHourlyKind: VectorKind = function* (vector): Iterable<Comparison> {
  const corpus = CorpusVector.parse(vector);
  const told = corpus.series.map((series) => toldOf(series, corpus));
  for (const { falseMost, detectedLeast } of WANTED) {
    const score = scoreAt(told, falseMost);
    yield {
      name: `events detected at ${falseMost} false hours, at least ${detectedLeast}:`,
      ...{ expected: 1, actual: score.detected, tolerance: 1 - detectedLeast + 1e-12 },
      figure: `at ${falseMost} false hours: ${inWords(score)}`,
    };
  }
  const watched = scoreBelow(told, 0.003);
  yield {
    name: 'false hours with p < 0.003, at most 0.003:',
    ...{ expected: 0, actual: watched.falsePositive, tolerance: 0.003 },
    figure: `p < 0.003: ${inWords(watched)}, false ${watched.falsePositive.toFixed(4)}`,
  };
};

function toldOf(
  { counts, holiday_hours_1based, events }: CorpusVector['series'][number],
  { history_hours: history, eval_hours: newest }: CorpusVector,
): CorpusSeries {
  const holidays = new Set(holiday_hours_1based ?? []);
  const told = hourlyDetector(
    counts.map((count, i) => {
      const [localHour, weekday] = [i % 24, Math.floor(i / 24) % 7];
      const holiday = holidays.has(i + 1);
      return { at: FIRST_AT + i * HOUR_MS, count, localHour, weekday, holiday };
    }),
    { newest },
  );
  const outbreaks = events.map(({ start, end }) =>
    Array.from({ length: end - start + 1 }, (_, i) => start - 1 - history + i),
  );
  return { scores: told.map(({ p }) => p ?? 1), outbreaks };
}

const inWords = ({ detected, outbreaks, delay }: DetectionScore): string =>
  `${detected.toFixed(3)} of ${outbreaks} detected, delay ${delay.toFixed(1)}`;
