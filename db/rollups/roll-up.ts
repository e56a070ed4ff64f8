import { eq } from 'drizzle-orm';
import { dayCutter, HOUR_MS } from '../../domain/day.ts';
import type { HeldLease } from '../store/lease.ts';
import { refillPasswordChanges } from '../store/password-changes.ts';
import { readWindows } from '../store/windows.ts';
import { rollUpAdminResets } from './admin-resets.ts';
import { rollUpDays } from './days.ts';
import { rollUpFlows } from './flows.ts';
import { rollUpIncidents } from './incidents.ts';
import { noteEverything, recut } from './recut.ts';

/** Raise it when a definition changes: everything is then worked out again from the records. */
const DEFINITIONS = 3;

export interface RollUpSettings {
  timeZone: string;
  incidentGapHours: number;
  automationAccounts: string[];
}

/**
 * Brings every derived figure up to date with the stored records, as of the end of
 * what `resets` has read. Only what changed is worked out again; after a change of
 * zone, of the incident gap or of a definition, all of it. Can be run at any time,
 * and again.
 */
export async function rollUp(
  lease: HeldLease,
  settings: RollUpSettings,
  onProgress: (doing: string) => void = () => undefined,
): Promise<{ asOf: number | null }> {
  const { store, tenantId } = lease;
  const { tenant, rollupState } = store.t;
  const cutter = dayCutter(settings.timeZone);
  const [own] = await store.read.select().from(tenant).where(eq(tenant.id, tenantId));
  const [before] = await store.read
    .select()
    .from(rollupState)
    .where(eq(rollupState.tenantId, tenantId));
  const { timeZone, incidentGapHours } = settings;
  const madeWith = JSON.stringify({ definitions: DEFINITIONS, timeZone, incidentGapHours });
  if (own && own.timeZone !== timeZone) {
    onProgress('cutting days anew');
    await recut(lease, cutter);
  } else if (before && before.madeWith !== madeWith) await noteEverything(lease);
  if (before?.madeWith !== madeWith) await refillPasswordChanges(lease);

  const windows = await readWindows(store, store.read, { tenantId, feed: 'resets' });
  const asOf = windows.at(-1)?.until ?? null;
  // Without a window nothing was read; with 0 every flow in progress stays so.
  const input = { asOf: asOf ?? 0, cutter, gapMs: incidentGapHours * HOUR_MS };
  const counted = (what: string) => (done: number) => onProgress(`working out ${what} (${done})`);
  await rollUpFlows(lease, { ...input, onProgress: counted('flows') });
  await rollUpAdminResets(lease, { automationAccounts: settings.automationAccounts, cutter });
  await rollUpIncidents(lease, { ...input, onProgress: counted('incidents') });
  await rollUpDays(lease, { cutter, onProgress: counted('days') });
  const row = { tenantId, asOf, madeWith };
  await lease.tx(async (db) => {
    await db
      .insert(rollupState)
      .values(row)
      .onConflictDoUpdate({ target: rollupState.tenantId, set: row });
  });
  return { asOf };
}
