import { row } from '../table.ts';

/** Goals of parts that do not exist yet, so that nobody takes their absence for success. */
export const NOT_YET = [
  row({
    goal: 'G2',
    what: 'trend with two filters (pairs of dimensions)',
    wanted: '<= 10x',
    met: 'not yet',
  }),
  row({
    goal: 'G8',
    what: 'every dashboard aggregate against DuckDB over the same incidents',
    wanted: '>= 3x faster',
    met: 'not yet',
  }),
];
