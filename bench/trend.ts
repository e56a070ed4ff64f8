import { type Day, dayCutter } from '../domain/day.ts';
import { snapshotAt } from './pages.ts';
import { departmentName } from './population.ts';

/** Three years, the longest trend that people look at. */
export const TREND_DAYS = 1095;

const dayOf = (day: number): Day => dayCutter('UTC').dayOf(snapshotAt(day));

/** As many as a large tenant of bench/population.ts has. */
const DEPARTMENTS = 200;

export interface Trend {
  name: string;
  first: Day;
  last: Day;
  dimension?: string;
  value?: string;
}

/** The trends that are measured: of everybody, and of one department. */
export function trends(): Trend[] {
  const period = { first: dayOf(0), last: dayOf(TREND_DAYS - 1) };
  const department = { dimension: 'department', value: departmentName(2) };
  return [
    { name: 'coverage of everybody', ...period },
    { name: 'coverage of a department', ...period, ...department },
  ];
}

/** Another question with each number, 1,095 days of a department each, so that no answer is kept. */
export function departmentTrend(number: number): Trend {
  const department = number % DEPARTMENTS;
  const daysBack = Math.floor(number / DEPARTMENTS);
  return {
    name: `department ${department}`,
    first: dayOf(-daysBack),
    last: dayOf(TREND_DAYS - 1 - daysBack),
    dimension: 'department',
    value: departmentName(department),
  };
}
