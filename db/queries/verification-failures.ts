import { and, asc, between, eq, inArray } from 'drizzle-orm';
import { collected } from '../../domain/collected.ts';
import { type Day, dayCutter, daysBetween, HOUR_MS, hourOf } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { VerificationMethod } from '../../domain/reset-vocabulary.ts';
import type { Store } from '../store-types.ts';
import type { PeriodInput } from './reset-days.ts';
import { workedOut } from './worked-out.ts';

interface Input extends PeriodInput {
  bucket: 'hour' | 'day';
  /** One series per method that failed in the period, instead of the total. */
  by?: 'method' | undefined;
}

/** What the product does not learn yet. */
const NO_BAND = { expected: null, upper: null, level: null };

/**
 * Failed verifications by day or by real hour, oldest first, none left out; null
 * where the day or hour was not collected. They are inferred from steps not
 * passed: Graph logs no wrong code. Reads one row per bucket that had any.
 */
export async function verificationFailures(store: Store, input: Input) {
  const { tenantId, timeZone } = input;
  const rows = await stored(store, input);
  const { asOf, windows } = await workedOut(store, tenantId);
  const byBucket = new Map(rows.map((row) => [`${row.method} ${row.day} ${row.startAt}`, row]));
  const series = input.by ? [...new Set(rows.map(({ method }) => method))].sort() : [''];
  const buckets = bucketsOf(input);
  const points = series.flatMap((method) =>
    buckets.map(({ day, startAt, start, span }) => {
      const state = collected(windows, span);
      const row = byBucket.get(`${method} ${day} ${startAt}`);
      const { failed = 0, people = 0, addresses = 0 } = row ?? {};
      const counts = state ? { failed, people, addresses } : NOT_COLLECTED;
      const value = input.by ? { value: method } : {};
      return { start, ...value, ...counts, partial: state === 'partial', ...NO_BAND };
    }),
  );
  return { asOf: isoTextOrNull(asOf), timeZone, points };
}

const NOT_COLLECTED = { failed: null, people: null, addresses: null };

// Named one by one, the index leads to the period of each; "all but ''" would read their whole history.
const EACH_METHOD = Object.keys({
  email: 0,
  'mobile SMS': 0,
  'mobile voice call': 0,
  'office voice call': 0,
  'security questions': 0,
  'mobile app notification': 0,
  'mobile app code': 0,
  unknown: 0,
} satisfies Record<VerificationMethod | 'unknown', 0>);

function stored({ t: { verificationCount: count }, read }: Store, input: Input) {
  return read
    .select()
    .from(count)
    .where(
      and(
        eq(count.tenantId, input.tenantId),
        eq(count.bucket, input.bucket),
        inArray(count.method, input.by ? EACH_METHOD : ['']),
        between(count.day, input.first, input.last),
      ),
    )
    .orderBy(asc(count.method), asc(count.day), asc(count.startAt));
}

interface BucketSpan {
  day: Day;
  /** As stored: 0 for a day. */
  startAt: number;
  start: string;
  span: { start: number; end: number };
}

function bucketsOf({ timeZone, first, last, bucket }: Input): BucketSpan[] {
  const cutter = dayCutter(timeZone);
  return daysBetween(first, last).flatMap((day): BucketSpan[] => {
    const span = { start: cutter.startOf(day), end: cutter.endOf(day) };
    if (bucket === 'day') return [{ day, startAt: 0, start: day, span }];
    const hours: BucketSpan[] = [];
    // An hour belongs to the day on which it begins; zones with half hours begin days within one.
    const from = hourOf(span.start + HOUR_MS - 1);
    for (let startAt = from; startAt < span.end; startAt += HOUR_MS) {
      const hour = { start: startAt, end: startAt + HOUR_MS };
      hours.push({ day, startAt, start: isoText(startAt), span: hour });
    }
    return hours;
  });
}
