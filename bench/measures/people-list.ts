import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import { row } from '../table.ts';
import { figure, latency, times } from '../words.ts';

/** The work-list: pages, searches and filters, each against the first page. */
export const peopleList: Measure = async ({ database, people, quick }) => {
  const { result } = await inChild('peopleList', { database, people, times: quick ? 10 : 60 });
  const first = result[0]?.p50 ?? Number.NaN;
  return result.map(({ name, total, p50, p99 }) => {
    const measured = {
      what: `people list: ${name}, p50 / p99`,
      ours: `${latency(p50, p99)}, ${figure(total)} people`,
      floor: 'first page',
      ratio: times(p50 / first),
    };
    if (name === 'deep page')
      return row({
        ...measured,
        goal: 'G9',
        wanted: '<= 3x',
        met: p50 <= 3 * first ? 'yes' : 'no',
      });
    if (name === 'search, no hit')
      return row({ ...measured, goal: 'G9', wanted: '<= 1 ms', met: p50 <= 1 ? 'yes' : 'no' });
    return row(measured);
  });
};
