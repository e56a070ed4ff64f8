import { and, eq } from 'drizzle-orm';
import type { Day, DayCutter } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';
import { capabilityLostRows } from './capability-lost.ts';
import { flowGroups, incidentGroups } from './day-groups.ts';
import { dayDone, nextDays } from './dirty.ts';
import { resetDailyRow } from './reset-daily.ts';
import { hourRows, stageRows, switchRows } from './reset-details.ts';
import { ruleRows } from './rule-values.ts';
import { verificationRows } from './verification-rows.ts';
import { beyondRows, watchedCounts } from './watched-counts.ts';

/**
 * Rebuilds the daily and hourly counts of every noted day, one transaction a day. A busy day takes long to count, so
 * it is counted before: nobody but the holder of the lease changes what is counted.
 */
export async function rollUpDays(
  lease: HeldLease,
  { cutter, onProgress }: { cutter: DayCutter; onProgress: (done: number) => void },
): Promise<void> {
  let done = 0;
  for (;;) {
    const days = await nextDays(lease, 200);
    if (days.length === 0) return;
    for (const day of days) {
      const rows = await dayRows(lease, day, cutter);
      await lease.tx(async (db) => {
        await dayDone(lease, db, day);
        const lost = await capabilityLostRows(lease, db, day);
        await replaceDay(lease, db, day, { ...rows, rules: [...rows.rules, ...lost] });
      });
      onProgress(++done);
    }
  }
}

type DayRows = Awaited<ReturnType<typeof dayRows>>;

async function dayRows(lease: HeldLease, day: Day, cutter: DayCutter) {
  const flows = await flowGroups(lease, day);
  const incidents = await incidentGroups(lease, day);
  const verifications = await verificationRows(lease, day, cutter);
  return {
    daily: await resetDailyRow(lease, { day, flows, incidents }),
    stages: await stageRows(lease, day, flows),
    switches: await switchRows(lease, day),
    hours: hourRows(lease, { day, flows, incidents }),
    verifications,
    watched: [...(await watchedCounts(lease, day, cutter)), ...beyondRows(verifications)],
    rules: await ruleRows(lease, day),
  };
}

/** A day from which everything has moved away keeps no row, as if nothing had ever been there. */
async function replaceDay(lease: HeldLease, db: Db, day: Day, rows: DayRows): Promise<void> {
  const { store, tenantId } = lease;
  const { resetDaily, resetStage, methodSwitch, resetHour } = store.t;
  const { verificationCount, watchedCount, ruleValue } = store.t;
  const resets = [resetDaily, resetStage, methodSwitch, resetHour];
  for (const table of [...resets, verificationCount, watchedCount, ruleValue])
    await db.delete(table).where(and(eq(table.tenantId, tenantId), eq(table.day, day)));
  if (rows.daily) await db.insert(resetDaily).values(rows.daily);
  await bulkInsert(store, db, resetStage, rows.stages);
  await bulkInsert(store, db, methodSwitch, rows.switches);
  await bulkInsert(store, db, resetHour, rows.hours);
  await bulkInsert(store, db, verificationCount, rows.verifications);
  await bulkInsert(store, db, watchedCount, rows.watched);
  await bulkInsert(store, db, ruleValue, rows.rules);
}
