import { DAY_MS, HOUR_MS } from '../day.ts';
import type { UnusualSeries } from './evidence.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A count with thousands separated: `1,240`. */
export function figure(count: number): string {
  return whole.format(count);
}

/** A count with its noun: `1 flow`, `1,240 flows`. */
export function counted(count: number, one: string, many: string): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** Under this an expected count is none in words: it would round to 0. */
const HARDLY = 0.05;

/** An expected count beside an observed one: `against 3 usually`. */
export function usually(expected: number): string {
  if (expected < HARDLY) return 'against hardly any usually';
  const shown = expected < 10 ? tenth.format(expected) : whole.format(expected);
  return `against ${shown} usually`;
}

/** A part of one, as a whole percentage; what is not all does not round to all. */
export function percent(share: number): string {
  return `${share < 1 ? Math.min(99, Math.round(100 * share)) : 100} %`;
}

/** How long the hours or days of a series are: `in an hour`, `in 3 days`. */
export function lengthInWords({
  bucket,
  startAt,
  endAt,
}: Pick<UnusualSeries, 'bucket' | 'startAt' | 'endAt'>): string {
  // A day is 23 to 25 hours.
  const length = Math.round((endAt - startAt) / (bucket === 'hour' ? HOUR_MS : DAY_MS));
  if (length > 1) return `in ${length} ${bucket}s`;
  return bucket === 'hour' ? 'in an hour' : 'in a day';
}
