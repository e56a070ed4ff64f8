import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import { CHURN } from '../population.ts';
import { median } from '../statistics.ts';
import { judged, row } from '../table.ts';
import { TREND_DAYS } from '../trend.ts';
import { bytes, figure, megabytes, ms, percent } from '../words.ts';

const YEARS = TREND_DAYS / 365;
const MILLION = 1e6;

/** Three years of history: what a day's publishing takes, and what all of it takes on disk. */
export const history: Measure = async ({ database, people, rounds, quick }) => {
  const firstDay = rounds + 1;
  const days = quick ? 10 : 60;
  const { result } = await inChild('history', {
    database,
    people,
    firstDay,
    days,
    daysInAll: TREND_DAYS,
  });
  const { changes, changeBytes, countBytes, otherBytes } = result.storage;
  const perUserYear = (value: number) => value / people / YEARS;
  const all = perUserYear(changeBytes + countBytes + otherBytes);
  // Counts depend on how many departments and offices there are, not on how many people.
  const atMillion = perUserYear(changeBytes) + (countBytes + otherBytes) / MILLION / YEARS;
  return [
    row({
      what: 'only the changed people of a day: compare and publish',
      ours: `${ms(median(result.dayMs))} a day`,
      floor: `${figure(result.changed / days)} changes a day (${percent(result.changed / days / people)})`,
      ratio: `${days} days`,
    }),
    judged(
      {
        goal: 'G1',
        what: `history of ${figure(YEARS)} years at ${percent(CHURN)} a day, per user and year`,
        ours: `${bytes(all)} (${megabytes(changeBytes + countBytes + otherBytes)})`,
        floor: `at a million people ${bytes(atMillion)}`,
        wanted: '<= 100 B',
      },
      { value: all, most: 100 },
    ),
    row({
      what: 'of it changes',
      ours: `${bytes(perUserYear(changeBytes))} (${figure(changeBytes / changes)} B a row)`,
    }),
    row({
      what: 'of it counts by department, country, office, company',
      ours: `${bytes(perUserYear(countBytes))} (${figure(countBytes / TREND_DAYS / 1000)} kB a day)`,
    }),
  ];
};
