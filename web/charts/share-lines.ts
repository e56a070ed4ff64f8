import { fraction } from '../../domain/share.ts';
import type { MethodsTrendResponse } from '../../server/contract/registration.ts';
import { axisDay, dayLong, percent, shareTick } from '../format.ts';
import { type ChartSpec, gapsOf, type Look } from './spec.ts';

type TrendDay = MethodsTrendResponse['days'][number];

/** Which counts of a day are drawn: one line each, as shares of the day's population. */
export interface ShareLine {
  name: string;
  look: Look;
  /** People; null: not collected. */
  people: (day: TrendDay) => number | null;
}

/** Lines of shares of the population, day by day, from 0 to 100 %. */
export function shareLines(days: readonly TrendDay[], lines: readonly ShareLine[]): ChartSpec {
  const last = days.findLast(({ population }) => population !== null);
  return {
    kind: 'line',
    labels: days.map(({ day }) => axisDay(day, days.length)),
    titles: days.map(({ day }) => dayLong(day)),
    series: lines.map(({ name, look, people }) => ({
      name,
      look,
      values: days.map((day) => {
        const share = shareOf(day, people(day));
        return share && fraction(share);
      }),
      figure: percent(last ? shareOf(last, people(last)) : null),
    })),
    days: days.map(({ day }) => day),
    gaps: gapsOf(days.map(({ population }) => population === null)),
    max: 1,
    tick: shareTick,
  };
}

function shareOf({ population }: TrendDay, people: number | null) {
  return population === null || people === null ? null : { part: people, whole: population };
}
