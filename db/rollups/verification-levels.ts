import { and, eq, gt, lt, or } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { addDays, bucketStart, dayCutter } from '../../domain/day.ts';
import { holidays } from '../queries/holidays.ts';
import { workedOut } from '../queries/worked-out.ts';
import type { HeldLease } from '../store/lease.ts';
import { levelDays } from './verification-level-days.ts';
import { levelHours, REACH_DAYS } from './verification-level-hours.ts';

/** Weeks whose hours are judged, the running one included: at least 84 days. */
const WEEKS = 13;

/**
 * Judges the totals of failed verifications by what was usual before them: all collected days, and the hours of the last
 * 13 weeks. Only what is new, or what a late record, a holiday or another zone can have changed, is judged anew, and the
 * rows are always those that judging everything would give. Answers how many days and hours were judged.
 */
export async function levelFailures(
  lease: HeldLease,
  { timeZone }: { timeZone: string },
): Promise<{ days: number; hours: number }> {
  const { store, tenantId } = lease;
  const { asOf, windows } = await workedOut(store, tenantId);
  const since = windows[0]?.since;
  if (asOf === null || since === undefined) return { days: 0, hours: 0 };
  const cutter = dayCutter(timeZone);
  const [first, last] = [cutter.dayOf(since), cutter.dayOf(asOf)];
  const free = await holidays(store, { tenantId, first, last });
  const input = { timeZone, asOf, windows, holidays: new Set(free.map(({ day }) => day)) };
  const firstWeek = addDays(bucketStart(last, 'week'), -7 * (WEEKS - 1));
  await forget(lease, 'day', { first, last });
  await forget(lease, 'hour', { first: firstWeek, last });
  const days = await levelDays(lease, { ...input, first, last });
  const read = addDays(firstWeek, -REACH_DAYS);
  const hours = await levelHours(lease, {
    ...{ ...input, firstWeek, last },
    first: read > first ? read : first,
  });
  return { days, hours };
}

/** Removes what stands outside the days that are judged: all of it at most after a change of zone. */
async function forget(
  lease: HeldLease,
  bucket: 'day' | 'hour',
  { first, last }: { first: Day; last: Day },
): Promise<void> {
  const { store, tenantId } = lease;
  const { verificationLevel: told } = store.t;
  const outside = and(
    ...[eq(told.tenantId, tenantId), eq(told.bucket, bucket)],
    or(lt(told.day, first), gt(told.day, last)),
  );
  const [one] = await store.read.select({ day: told.day }).from(told).where(outside).limit(1);
  if (!one) return;
  await lease.tx(async (db) => {
    await db.delete(told).where(outside);
  });
}
