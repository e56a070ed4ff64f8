import { expect, test } from 'vitest';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { levelSeries } from '../../db/rollups/watched-levels.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { sampleTenant } from '../../demo/sample/tenant.ts';
import { addDays, DAY_MS, type Day, dayCutter } from '../../domain/day.ts';
import { parseDirectoryAudit, RESET_SERVICE } from '../../jobs/graph/directory-audits.ts';
import { sqliteStore } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const END = Date.parse('2026-11-22T13:00:00Z');
const timeZone = 'UTC';
const sample = sampleTenant({ end: END });

function turn(title: RegExp): Day {
  const day = sample.story.find((marker) => title.test(marker.title))?.day;
  if (!day) throw new Error(`No turn of the story is called ${title}.`);
  return day;
}

test('the learned band tells the attack night and the failed SMS provider, and leaves usual days alone', async () => {
  const [attack, outage] = [turn(/Attack night/), turn(/SMS provider/)];
  const lease = await tenantOn(await sqliteStore(), { clock: () => END });
  const { store, tenantId } = lease;
  const cutter = dayCutter(timeZone);
  const first = addDays(outage, -63);
  const since = cutter.startOf(first);
  const records = sample
    .auditRecords(since, END)
    .map(parseDirectoryAudit)
    .flatMap((parsed) => (parsed.ok && parsed.row.service === RESET_SERVICE ? [parsed.row] : []));
  for (let from = since; from < END; from += DAY_MS) {
    const until = Math.min(from + DAY_MS, END);
    const own = records.filter(({ occurredAt: at }) => at >= from && at < until);
    await lease.tx(async (db) => {
      await storeAuditRecords(lease, db, { feed: 'resets', records: own, cutter });
      await recordWindow(store, db, { tenantId, feed: 'resets', since: from, until });
    });
  }
  await rollUp(lease, { timeZone, incidentGapHours: 24, automationAccounts: [] });

  await levelSeries(lease, { timeZone });

  const period = { tenantId, timeZone, first: addDays(outage, -35), last: cutter.dayOf(END) };
  const { points } = await verificationFailures(store, { ...period, bucket: 'day' });
  const levels = new Map(points.map(({ start, level }) => [start, level]));
  expect([levels.get(attack), levels.get(outage)]).toEqual(['critical', 'critical']);
  expect(points.filter(({ level }) => level !== null).length).toBeLessThan(points.length / 5);
  const night = { ...period, first: attack, last: attack, bucket: 'hour' as const };
  const hours = (await verificationFailures(store, night)).points;
  expect(hours.filter(({ level }) => level === 'critical').map(({ start }) => start)).toEqual(
    ['01', '02', '03', '04'].map((hour) => `${attack}T${hour}:00:00.000Z`),
  );
}, 120_000);
