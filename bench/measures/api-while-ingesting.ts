import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import { snapshotAt } from '../pages.ts';
import { row } from '../table.ts';
import { TREND_DAYS } from '../trend.ts';
import { ms, times } from '../words.ts';

/** Whether a collection at full speed, in its worker thread, can be felt by who asks the API. */
export const apiWhileIngesting: Measure = async ({ database, folder, pages, quick }) => {
  // The history left people as no listing shows them: one pass brings them back, so that the measured ones are daily ones.
  const listing = 'registration-1' as const;
  const at = snapshotAt(TREND_DAYS);
  await inChild('ingest', { database, folder, listing, pages, at });
  const { result } = await inChild('apiWhileIngesting', {
    database,
    folder,
    pages,
    at: snapshotAt(TREND_DAYS + 1),
    rounds: quick ? 1 : 3,
    lastsMs: quick ? 600 : 5000,
  });
  const { idle, busy, passes } = result;
  const compare = (name: 'p50' | 'p99', most: number) => {
    const ratio = busy[name] / idle[name];
    return row({
      goal: 'G7',
      what: `API ${name} during ${passes} daily collections in a worker`,
      ours: ms(busy[name]),
      floor: `the same when idle ${ms(idle[name])}`,
      ratio: times(ratio),
      wanted: `<= ${most}x`,
      met: ratio <= most ? 'yes' : 'no',
    });
  };
  return [compare('p50', 1.5), compare('p99', 2)];
};
