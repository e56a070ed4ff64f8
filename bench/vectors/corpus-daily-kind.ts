import { z } from 'zod';
import { addDays, type Day, parseDay } from '../../domain/day.ts';
import { type DailyTold, dailyDetector } from '../../domain/surveillance/daily-detector.ts';
import { type CorpusSeries, scoreAt, scoreBelow } from '../surveillance/corpus-score.ts';
import { type DetectionScore, detectionScore } from '../surveillance/detection-score.ts';
import { Numbers } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const CorpusVector = z.looseObject({
  outbreak_size_k: z.number(),
  year_days: z.number(),
  n_days: z.number(),
  bank_holiday_1based: Numbers,
  series: z
    .array(
      z.looseObject({
        counts: Numbers,
        outbreak: z.looseObject({ index_1based: Numbers.nullish() }).nullish(),
      }),
    )
    .min(1),
});
type CorpusVector = z.output<typeof CorpusVector>;

/** The last days, which are scored; an outbreak that begins in their last week cannot be told late or missed. */
const SCORED_DAYS = 343;
const UNSCORED_STARTS = 7;
/** Days of the corpus have no date: the first one is a Monday. */
const FIRST: Day = parseDay('2001-01-01');

/** What is asked for, by how large the outbreaks are: detected at this share of false days, and how soon. */
const FALSE_MOST = 0.013;
const DETECTED_LEAST: Readonly<Record<number, number>> = { 3: 0.92, 5: 0.98, 10: 0.98 };
const DELAY_MOST = 2;
const USUAL_LEVEL = 0.01;

/** `corpus_daily`: outbreaks put into made-up daily counts (Noufaily et al. 2019), found by the daily detector. */
export const corpusDailyKind: VectorKind = function* (vector): Iterable<Comparison> {
  const corpus = CorpusVector.parse(vector);
  const told = corpus.series.map((series) => toldOf(series, corpus));
  const scored = told.map(({ days, outbreaks }): CorpusSeries => {
    return { scores: days.map(({ p }) => p ?? 1), outbreaks };
  });
  const [usual, matched] = [scoreBelow(scored, USUAL_LEVEL), scoreAt(scored, FALSE_MOST)];
  const agreed = detectionScore(
    told.map(({ days, outbreaks }) => ({ alarms: days.map((day) => day.agreed), outbreaks })),
  );
  yield {
    name: `false days, at most ${FALSE_MOST}:`,
    ...{ expected: 0, actual: matched.falsePositive, tolerance: FALSE_MOST },
    figure: [
      `at ${FALSE_MOST} false days: ${inWords(matched)}`,
      `p < ${USUAL_LEVEL}: ${inWords(usual)}`,
      `with Farrington's consent: ${inWords(agreed)}`,
    ].join('; '),
  };
  const least = DETECTED_LEAST[corpus.outbreak_size_k];
  if (least === undefined) return;
  yield {
    name: `outbreaks detected at ${FALSE_MOST} false days, at least ${least}:`,
    ...{ expected: 1, actual: matched.detected, tolerance: 1 - least + 1e-12 },
  };
  yield {
    name: `days of delay, at most ${DELAY_MOST}:`,
    ...{ expected: 0, actual: matched.delay, tolerance: DELAY_MOST },
  };
};

function toldOf(
  { counts, outbreak }: CorpusVector['series'][number],
  { bank_holiday_1based, year_days: yearDays, n_days }: CorpusVector,
): { days: DailyTold[]; outbreaks: number[][] } {
  const holidays = new Set(bank_holiday_1based);
  const days = dailyDetector(
    counts.map((count, i) => {
      return { day: addDays(FIRST, i), count, holiday: holidays.has(i + 1) };
    }),
    { newest: SCORED_DAYS, yearDays, onlyIfAsked: true },
  );
  const first = n_days - SCORED_DAYS + 1;
  const places = (outbreak?.index_1based ?? []).map((index) => index - first);
  const [start = 0] = places;
  const isScored = places.length > 0 && start >= 0 && start < SCORED_DAYS - UNSCORED_STARTS;
  return { days, outbreaks: isScored ? [places] : [] };
}

const inWords = (score: DetectionScore): string =>
  `${score.detected.toFixed(3)} of ${score.outbreaks} detected, false ${score.falsePositive.toFixed(4)}, ` +
  `days ${score.sensitivity.toFixed(3)}, delay ${score.delay.toFixed(2)}`;
