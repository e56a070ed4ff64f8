import { createHash } from 'node:crypto';
import { and, between, eq } from 'drizzle-orm';
import { collected, type ReadWindow } from '../../domain/collected.ts';
import type { Day } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { VerificationBucket } from '../queries/verification-buckets.ts';
import { verificationBuckets } from '../queries/verification-buckets.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db, Store } from '../store-types.ts';

/** Raise it when a detector changes: everything is then judged anew. */
const DETECTORS = 1;

export interface SeriesInput {
  timeZone: string;
  /** Up to where the counts stand, UTC milliseconds. */
  asOf: number;
  windows: readonly ReadWindow[];
  holidays: ReadonlySet<Day>;
  first: Day;
  last: Day;
}

export interface CountedBucket extends VerificationBucket {
  /** Failed verifications of all methods, so far where it is in progress. Null: not collected. */
  count: number | null;
  holiday: boolean;
}

/** The totals of all days or hours from `first` to `last` that have begun, oldest first, none left out. */
export async function countedBuckets(
  { store, tenantId }: HeldLease,
  bucket: 'day' | 'hour',
  { timeZone, asOf, windows, holidays, first, last }: SeriesInput,
): Promise<CountedBucket[]> {
  const { verificationCount: counts } = store.t;
  const rows = await store.read
    .select({ day: counts.day, startAt: counts.startAt, failed: counts.failed })
    .from(counts)
    .where(
      and(
        ...[eq(counts.tenantId, tenantId), eq(counts.bucket, bucket), eq(counts.method, '')],
        between(counts.day, first, last),
      ),
    );
  const failed = new Map(rows.map((row) => [`${row.day} ${row.startAt}`, row.failed]));
  return verificationBuckets({ timeZone, first, last, bucket })
    .filter(({ span }) => span.start <= asOf)
    .map((one) => ({
      ...one,
      count: collected(windows, one.span) ? (failed.get(`${one.day} ${one.startAt}`) ?? 0) : null,
      holiday: holidays.has(one.day),
    }));
}

/** A short text that is another one when anything of `what`, or a detector, is. */
export function madeWithOf(...what: readonly string[]): string {
  return createHash('sha256')
    .update([DETECTORS, ...what].join('\n'))
    .digest('base64url')
    .slice(0, 16);
}

export type LevelRow = Store['t']['verificationLevel']['$inferInsert'];

/** Puts `rows` in the place of all levels from `first` to `last`. */
export async function replaceLevels(
  { store, tenantId }: HeldLease,
  db: Db,
  {
    bucket,
    first,
    last,
    rows,
  }: { bucket: 'day' | 'hour'; first: Day; last: Day; rows: LevelRow[] },
): Promise<void> {
  const { verificationLevel: told } = store.t;
  await db
    .delete(told)
    .where(
      and(
        ...[eq(told.tenantId, tenantId), eq(told.bucket, bucket)],
        between(told.day, first, last),
      ),
    );
  await bulkInsert(store, db, told, rows);
}
