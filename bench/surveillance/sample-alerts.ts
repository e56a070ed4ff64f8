import { raiseAlerts } from '../../db/rollups/raise-alerts.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { levelSeries } from '../../db/rollups/watched-levels.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import { refreshHolidays } from '../../db/store/holidays.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { type SampleTenant, sampleTenant } from '../../demo/sample/tenant.ts';
import { addDays, type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import {
  parseDirectoryAudit,
  RESET_SERVICE,
  SECURITY_INFO_SERVICE,
} from '../../jobs/graph/directory-audits.ts';
import type { Parsed } from '../../jobs/graph/parsed.ts';
import { parseRegistrationDetails } from '../../jobs/graph/registration-details.ts';
import { parseUser } from '../../jobs/graph/users.ts';

const FEEDS = { resets: RESET_SERVICE, 'security-info': SECURITY_INFO_SERVICE };
/** Days between two times at which alerts are worked out: well within the weeks whose hours are judged. */
const STEP_DAYS = 28;

export type StoredAlert = Awaited<ReturnType<typeof alertsOf>>[number];

/**
 * The alerts that thirteen months of the sample tenant raise, or the last `days` of them, as they are raised while the
 * months go by. People are read at each step only: all that alerts take of them is their country.
 */
export async function sampleAlerts(
  lease: HeldLease,
  { end, seed, days }: { end: number; seed?: number; days?: number },
): Promise<{ sample: SampleTenant; alerts: StoredAlert[] }> {
  const sample = sampleTenant({ end, ...(seed !== undefined && { seed }) });
  const first = days === undefined ? sample.start : addDays(sample.last, 1 - days);
  const cutter = dayCutter('UTC');
  const settings = {
    ...settingDefaults({ timeZone: 'UTC' }),
    holiday_places: sample.settings.holidayPlaces.join('\n'),
  };
  for (const [done, day] of daysBetween(first, sample.last).entries()) {
    const until = Math.min(cutter.endOf(day), end);
    if (done % STEP_DAYS === 0) await readPeople(lease, sample, day);
    if (!sample.daysNotCollected.includes(day)) {
      await readReport(lease, sample, day);
      await readRecords(lease, sample, { since: cutter.startOf(day), until });
    }
    if (done % STEP_DAYS !== STEP_DAYS - 1 && day !== sample.last) continue;
    await refreshHolidays(lease, { settings, now: until });
    const { automationAccounts } = sample.settings;
    await rollUp(lease, { timeZone: 'UTC', incidentGapHours: 24, automationAccounts });
    await levelSeries(lease, { timeZone: 'UTC' });
    let ids = 0;
    const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
    await raiseAlerts(lease, { timeZone: 'UTC', now: until, newId });
  }
  return { sample, alerts: await alertsOf(lease) };
}

function rowsOf<Row>(records: readonly unknown[], parse: (record: unknown) => Parsed<Row>): Row[] {
  return records.map(parse).flatMap((parsed) => (parsed.ok ? [parsed.row] : []));
}

async function readPeople(lease: HeldLease, sample: SampleTenant, day: Day): Promise<void> {
  const users = rowsOf(sample.usersOn(day), parseUser).map(
    ({ userType: _, lastPasswordChangeAt, ...user }) => {
      return { ...user, passwordChangedAt: lastPasswordChangeAt };
    },
  );
  await storePeople(lease, users);
}

/** The registration report of a day, as it is read early in the morning. */
async function readReport(lease: HeldLease, sample: SampleTenant, day: Day): Promise<void> {
  const takenAt = Date.parse(`${day}T04:10:00Z`);
  const ingest = await SnapshotIngest.begin(lease, { takenAt, day });
  await ingest.page(rowsOf(sample.registrationOn(day), parseRegistrationDetails));
  await ingest.leavers();
  const { id, people } = ingest;
  await publishSnapshot(lease, { id, people, rejected: 0, totals: [] });
}

async function readRecords(
  lease: HeldLease,
  sample: SampleTenant,
  { since, until }: { since: number; until: number },
): Promise<void> {
  const { store, tenantId } = lease;
  const cutter = dayCutter('UTC');
  const records = rowsOf(sample.auditRecords(since, until), parseDirectoryAudit);
  await lease.tx(async (db) => {
    for (const [feed, service] of Object.entries(FEEDS)) {
      const own = records.filter((record) => record.service === service);
      await storeAuditRecords(lease, db, { feed, records: own, cutter });
      await recordWindow(store, db, { tenantId, feed, since, until });
    }
  });
}

function alertsOf({ store }: HeldLease) {
  const { alert } = store.t;
  return store.read.select().from(alert).orderBy(alert.startedAt);
}
