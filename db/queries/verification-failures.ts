import { and, asc, between, eq, inArray } from 'drizzle-orm';
import { collected } from '../../domain/collected.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { VerificationMethod } from '../../domain/reset-vocabulary.ts';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import type { Store } from '../store-types.ts';
import type { PeriodInput } from './reset-days.ts';
import { verificationBuckets } from './verification-buckets.ts';
import { workedOut } from './worked-out.ts';

interface Input extends PeriodInput {
  bucket: 'hour' | 'day';
  /** One series per method that failed in the period, instead of the total. */
  by?: 'method' | undefined;
}

/** Of a bucket with too little history before it, and of single methods. */
const NO_BAND = { expected: null, upper: null, level: null };

/**
 * Failed verifications by day or by real hour, oldest first, none left out; null
 * where the day or hour was not collected. They are inferred from steps not
 * passed: Graph logs no wrong code. Totals have the band that was learned for
 * them. Reads one row per bucket that had any, and one per judged bucket.
 */
export async function verificationFailures(store: Store, input: Input) {
  const { tenantId, timeZone } = input;
  const rows = await stored(store, input);
  const { asOf, windows } = await workedOut(store, tenantId);
  const byBucket = new Map(rows.map((row) => [`${row.method} ${row.day} ${row.startAt}`, row]));
  const series = input.by ? [...new Set(rows.map(({ method }) => method))].sort() : [''];
  const buckets = verificationBuckets(input);
  const bands = input.by ? new Map<string, Band>() : await storedBands(store, input);
  const points = series.flatMap((method) =>
    buckets.map(({ day, startAt, start, span }) => {
      const state = collected(windows, span);
      const row = byBucket.get(`${method} ${day} ${startAt}`);
      const { failed = 0, people = 0, addresses = 0 } = row ?? {};
      const counts = state ? { failed, people, addresses } : NOT_COLLECTED;
      const value = input.by ? { value: method } : {};
      const band = (state && bands.get(`${day} ${startAt}`)) ?? NO_BAND;
      return { start, ...value, ...counts, partial: state === 'partial', ...band };
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

interface Band {
  expected: number | null;
  upper: number | null;
  level: AlertLevel | null;
}

/** What levelFailures last judged, by day and start. */
async function storedBands(
  { t: { verificationLevel: told }, read }: Store,
  { tenantId, bucket, first, last }: Input,
): Promise<Map<string, Band>> {
  const { day, startAt, expected, upper, level } = told;
  const rows = await read
    .select({ day, startAt, expected, upper, level })
    .from(told)
    .where(and(eq(told.tenantId, tenantId), eq(told.bucket, bucket), between(day, first, last)));
  return new Map(rows.map(({ day: on, startAt: at, ...band }) => [`${on} ${at}`, band]));
}
