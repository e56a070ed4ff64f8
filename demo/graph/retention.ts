import { DAY_MS } from '../../domain/day.ts';
import type { GraphFailure } from './errors.ts';

/** Graph's audit log reaches back to the midnight (UTC) 31 days before today. */
export function retentionFloor(now: number): number {
  return (Math.floor(now / DAY_MS) - 31) * DAY_MS;
}

/**
 * The refusal of a query that starts before the floor. The blank before AM is U+202F, and the date is
 * written the American way without a zone, both as Graph does it.
 */
export function tooOld(floor: number): GraphFailure {
  const date = new Date(floor);
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  const parameter = `Minimum allowed time for activityDateTime is ${day} 12:00:00\u202fAM`;
  return {
    status: 400,
    code: 'UnknownError',
    message: `Specified argument was out of the range of valid values. (Parameter '${parameter}')`,
  };
}
