import { and, eq, gte, lt } from 'drizzle-orm';
import { type Day, type DayCutter, HOUR_MS } from '../../domain/day.ts';
import { byHour, verificationCounts } from '../../domain/verification-count.ts';
import type { HeldLease } from '../store/lease.ts';

/** The rows of a day that count its failed verifications, and those of each hour that begins on it. */
export async function verificationRows(
  { store, tenantId }: HeldLease,
  day: Day,
  cutter: DayCutter,
) {
  const { failedVerification: failed } = store.t;
  const since = cutter.startOf(day);
  const until = cutter.endOf(day);
  // The last hour that begins on this day may reach into the next one.
  const rows = await store.read
    .select()
    .from(failed)
    .where(
      and(
        eq(failed.tenantId, tenantId),
        gte(failed.failedAt, since),
        lt(failed.failedAt, until + HOUR_MS),
      ),
    );
  const hours = [...byHour(rows, { since, until })].flatMap(([startAt, group]) =>
    verificationCounts(group).map((count) => ({ bucket: 'hour', startAt, ...count })),
  );
  const wholeDay = verificationCounts(rows.filter((row) => row.day === day)).map((count) => ({
    bucket: 'day',
    startAt: 0,
    ...count,
  }));
  return [...wholeDay, ...hours].map((count) => ({ tenantId, day, ...count }));
}
