import { campaigns } from '../db/queries/campaigns.ts';
import { lastSnapshotDay } from '../db/queries/last-snapshot-day.ts';
import { rollUp } from '../db/rollups/roll-up.ts';
import { addAnnotation } from '../db/store/annotations.ts';
import { storeAuditRecords } from '../db/store/audit-records.ts';
import type { HeldLease } from '../db/store/lease.ts';
import { storePeople } from '../db/store/people.ts';
import { publishSnapshot } from '../db/store/publish-snapshot.ts';
import { changeSettings, type Settings } from '../db/store/settings.ts';
import { SnapshotIngest } from '../db/store/snapshot.ts';
import { recordWindow } from '../db/store/windows.ts';
import type { SampleTenant } from '../demo/sample/tenant.ts';
import { addDays, DAY_MS, type Day, dayCutter, daysBetween, HOUR_MS } from '../domain/day.ts';
import { rollUpSettings } from './collection-run.ts';
import {
  parseDirectoryAudit,
  RESET_SERVICE,
  SECURITY_INFO_SERVICE,
} from './graph/directory-audits.ts';
import type { Parsed } from './graph/parsed.ts';
import { parseRegistrationDetails } from './graph/registration-details.ts';
import { parseUser } from './graph/users.ts';

/** When the product would have collected: ten past four in the morning, UTC. */
const COLLECTED_AT_MS = 4 * HOUR_MS + 10 * 60_000;
const FEEDS = { resets: RESET_SERVICE, 'security-info': SECURITY_INFO_SERVICE };

interface ReplayDeps {
  lease: HeldLease;
  sample: SampleTenant;
  settings: Settings;
  clock: () => number;
  signal: AbortSignal;
  onProgress: (doing: string, share: number) => void;
}

/**
 * Graph keeps 30 days, so the older months of the sample tenant are told day by
 * day, through the same parsers and store functions as everything else. Goes on
 * after the last day that is stored: also after a kill, and after days off.
 */
export async function replaySample(deps: ReplayDeps): Promise<void> {
  const { lease, sample, settings, clock, signal, onProgress } = deps;
  const { store, tenantId } = lease;
  const stored = await lastSnapshotDay(store, tenantId);
  if (!stored) {
    await fillSettings(deps);
    await noteCampaign(deps);
  }
  const utc = dayCutter('UTC');
  const first = stored ? addDays(stored, 1) : sample.start;
  const days = daysBetween(first, addDays(utc.dayOf(clock()), -1));
  const known = new WeakSet<object>();
  for (const [done, day] of days.entries()) {
    if (signal.aborted) return;
    onProgress(`replaying the sample tenant, ${day}`, done / days.length);
    await replayPeople(deps, day, known);
    if (!sample.daysNotCollected.includes(day)) await replaySnapshot(deps, day);
    await replayRecords(deps, day, dayCutter(settings.time_zone ?? 'UTC'));
    // The page fills month by month.
    if (done % 30 === 29) await rollUp(lease, rollUpSettings(settings));
  }
}

/** What an admin of the tenant would have typed in. */
async function fillSettings({ lease, sample, clock }: ReplayDeps): Promise<void> {
  const { requiredMethods, automationAccounts, targetCoverage, targetDay, holidayPlaces } =
    sample.settings;
  const changes = {
    required_methods: String(requiredMethods),
    automation_accounts: automationAccounts.join('\n'),
    target_coverage: String(targetCoverage),
    target_day: targetDay,
    holiday_places: holidayPlaces.join('\n'),
  };
  await changeSettings(lease.store, lease.tenantId, changes, clock());
}

/** What an admin would have noted: the forecast knows campaigns by it. Once, also after a kill. */
async function noteCampaign({ lease, sample, clock }: ReplayDeps): Promise<void> {
  const { store, tenantId } = lease;
  const noted = await campaigns(store, tenantId);
  for (const { campaign, day, lastDay = null, title } of sample.story) {
    if (!campaign || noted.includes(day)) continue;
    const note = { kind: 'campaign' as const, day, lastDay, text: title, author: 'Sample data' };
    await addAnnotation(store, tenantId, note, clock());
  }
}

function rowsOf<Row>(records: readonly unknown[], parse: (record: unknown) => Parsed<Row>): Row[] {
  return records.map(parse).flatMap((parsed) => (parsed.ok ? [parsed.row] : []));
}

/** Only accounts whose record is a new object: the sample makes one when something changes. */
async function replayPeople({ lease, sample }: ReplayDeps, day: Day, known: WeakSet<object>) {
  const records = sample.usersOn(day).filter((record) => !known.has(record));
  for (const record of records) known.add(record);
  const users = rowsOf(records, parseUser).map(({ userType: _, lastPasswordChangeAt, ...user }) => {
    return { ...user, passwordChangedAt: lastPasswordChangeAt };
  });
  await storePeople(lease, users);
}

async function replaySnapshot({ lease, sample, settings }: ReplayDeps, day: Day): Promise<void> {
  const takenAt = Date.parse(`${day}T00:00:00Z`) + COLLECTED_AT_MS;
  const cutter = dayCutter(settings.time_zone ?? 'UTC');
  const ingest = await SnapshotIngest.begin(lease, { takenAt, day: cutter.dayOf(takenAt) });
  await ingest.page(rowsOf(sample.registrationOn(day), parseRegistrationDetails));
  await ingest.leavers();
  const { id, people } = ingest;
  await publishSnapshot(lease, { id, people, rejected: 0, totals: [] });
}

async function replayRecords(
  { lease, sample, clock }: ReplayDeps,
  day: Day,
  cutter: ReturnType<typeof dayCutter>,
): Promise<void> {
  const { store, tenantId } = lease;
  const since = Date.parse(`${day}T00:00:00Z`);
  // What Graph still keeps is collected from it, as on any day.
  const until = Math.min(since + DAY_MS, clock() - 29 * DAY_MS);
  if (until <= since) return;
  const records = rowsOf(sample.auditRecords(since, until), parseDirectoryAudit);
  await lease.tx(async (db) => {
    for (const [feed, service] of Object.entries(FEEDS)) {
      const own = records.filter((record) => record.service === service);
      await storeAuditRecords(lease, db, { feed, records: own, cutter });
      await recordWindow(store, db, { tenantId, feed, since, until });
    }
  });
}
