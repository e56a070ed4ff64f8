import type {
  BacktestResponse,
  SurveillanceResponse,
} from '../../../server/contract/surveillance.ts';
import { count, counted, dayLong, instantText, periodText } from '../../format.ts';
import { numberOf } from '../deflection/typed-number.ts';
import type { Table } from '../table.ts';
import { LEVEL, usualText } from './alerts.ts';

export type Rule = SurveillanceResponse['rules'][number];
export type Episode = BacktestResponse['added'][number];

/** What each method of judging days is good for, in one honest sentence. */
export const DETECTORS: Record<
  SurveillanceResponse['settings']['detector'],
  { title: string; sentence: string }
> = {
  daily: {
    title: 'The daily model',
    sentence:
      'Learns weekday, trend, season and the level of the last weeks, and sums up to 7 days: it sees slow waves too, and says watch about once in 50 days by chance alone.',
  },
  vote: {
    title: 'The daily model and Farrington Flexible together',
    sentence:
      'Raises a day when one is sure or both agree: it finds what the daily model finds with fewer days that meant nothing, and can be a day later with slow waves.',
  },
  farrington: {
    title: 'Farrington Flexible alone',
    sentence:
      'The method that health agencies use for outbreaks, as a reference: it compares with the same weeks of past years, needs more history, judges single days, and knows no degrees, so that levels watch and critical are not used.',
  },
};

/** How often chance alone brings a level, for the N of `1 in N`; empty where no number is typed. */
export function chanceAlone(oneIn: string, bucket: 'day' | 'hour'): string {
  const times = numberOf(oneIn);
  if (times === null || times < 1) return '';
  const days = bucket === 'day' ? times : times / 24;
  if (days < 1.5) return 'by chance about every day';
  if (days < 60) return `by chance about every ${count(days)} days`;
  if (days < 700) return `by chance about every ${count(days / 30.44)} months`;
  return `by chance about every ${count(days / 365.25)} years`;
}

/** What was learned for a rule, in a sentence; null: it has no threshold. */
export function learnedText({ unit, floor, learned, point, days, learnedOn }: Rule): string | null {
  if (unit === null || floor === null) return null;
  if (learned === null || learnedOn === null)
    return `Fires from ${count(floor)} ${unit}: too little history to learn from.`;
  const why =
    point === null
      ? ''
      : ` On 99 of 100 days the largest value was at most ${count(point)}; never fires below ${count(floor)}.`;
  return `Learned: fires from ${count(learned)} ${unit}, from ${counted(days ?? 0, 'day', 'days')} to ${dayLong(learnedOn)}.${why}`;
}

const total = (raised: BacktestResponse['current']) =>
  raised.watch + raised.alert + raised.critical;

/** What a backtest says, in a sentence. */
export function backtestFinding({
  days,
  first,
  last,
  proposed,
  current,
}: BacktestResponse): string {
  if (days === 0 || first === null || last === null)
    return 'Nothing has been collected yet to try these settings on';
  const period = `${counted(days, 'day', 'days')}, ${periodText({ first, last })}`;
  const [now, then] = [total(current), total(proposed)];
  if (now === then) return `${period}: ${counted(then, 'alert', 'alerts')}, as many as now`;
  return `${period}: ${counted(then, 'alert', 'alerts')} instead of ${count(now)}`;
}

/** An episode of a backtest in one line. */
export function episodeText({ observed, expected }: Episode): string {
  return expected === null
    ? `${count(observed)} seen`
    : `${count(observed)} seen, ${usualText(expected)} usual`;
}

/** Everything a backtest told, for its CSV. */
export function backtestTable({ added, gone, kept }: BacktestResponse, timeZone: string): Table {
  const rows = (what: string, episodes: Episode[]) =>
    episodes.map(({ ruleTitle, level, startedAt, lastAt, observed, expected, alertId }) => ({
      cells: [
        what,
        ruleTitle,
        LEVEL[level].word,
        instantText(startedAt, timeZone),
        instantText(lastAt, timeZone),
        observed,
        expected === null ? null : Math.round(expected * 100) / 100,
        alertId,
      ],
    }));
  return {
    columns: ['With these settings', 'Rule', 'Level', 'From', 'Until', 'Seen', 'Usual', 'Alert'],
    rows: [...rows('added', added), ...rows('gone', gone), ...rows('kept', kept)],
  };
}
