import { and, eq } from 'drizzle-orm';
import cron from 'node-cron';
import { isDay, isTimeZone } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { holidayComplaints } from './holiday-complaints.ts';
import { listEntries } from './list-entries.ts';
import { officeComplaints } from './office-complaints.ts';
import { SETTINGS, type Setting } from './setting-list.ts';

export { listEntries, SETTINGS };

/** Values by name, as text; every setting of SETTINGS has one. */
export type Settings = Record<string, string>;

/** Every complaint about a change of settings, in one message. */
export class BadSetting extends Error {
  override name = 'BadSetting';
}

/** Defaults, with those that the environment chooses (`time_zone`). */
export function settingDefaults(chosen: { timeZone: string }): Settings {
  const defaults = Object.fromEntries(SETTINGS.map((setting) => [setting.name, setting.default]));
  return { ...defaults, time_zone: chosen.timeZone };
}

/** The settings in force: what the database holds, else `defaults`. */
export async function readSettings(
  store: Store,
  tenantId: number,
  defaults: Settings,
): Promise<Settings> {
  const { setting } = store.t;
  const rows = await store.read.select().from(setting).where(eq(setting.tenantId, tenantId));
  const stored = rows.filter(({ name }) => name in defaults);
  return { ...defaults, ...Object.fromEntries(stored.map(({ name, value }) => [name, value])) };
}

/** Names of the settings that somebody has typed in, be it the default. */
export async function typedSettings(store: Store, tenantId: number): Promise<Set<string>> {
  const { setting } = store.t;
  const rows = await store.read
    .select({ name: setting.name })
    .from(setting)
    .where(eq(setting.tenantId, tenantId));
  return new Set(rows.map(({ name }) => name));
}

/**
 * Changes settings by name; an empty text puts the default back. All of them or,
 * when one does not fit, none: BadSetting then holds every complaint.
 */
export async function changeSettings(
  store: Store,
  tenantId: number,
  changes: Settings,
  now: number,
): Promise<void> {
  const { setting } = store.t;
  const complaints = Object.entries(changes).flatMap(([name, value]) => complaint(name, value));
  complaints.push(...(await holidayComplaints(changes)));
  complaints.push(...(await officeComplaints(store, tenantId, changes)));
  if (complaints.length > 0) throw new BadSetting(complaints.join(' '));
  await store.tx(async (db) => {
    for (const [name, text] of Object.entries(changes)) {
      if (text.trim() === '') {
        await db.delete(setting).where(and(eq(setting.tenantId, tenantId), eq(setting.name, name)));
        continue;
      }
      const row = { tenantId, name, value: normalised(name, text), changedAt: now };
      await db
        .insert(setting)
        .values(row)
        .onConflictDoUpdate({ target: [setting.tenantId, setting.name], set: row });
    }
  });
}

function normalised(name: string, text: string): string {
  const setting = SETTINGS.find((one) => one.name === name);
  if (setting?.kind === 'list') return listEntries(text).join('\n');
  return text.trim();
}

function complaint(name: string, text: string): string[] {
  const setting = SETTINGS.find((one) => one.name === name);
  if (!setting) return [`There is no setting ${name}.`];
  if (text.trim() === '' || fits(setting, text.trim())) return [];
  return [`${setting.title}: ${EXPECTED[setting.kind](setting)}.`];
}

function fits({ kind, min = 0, max = Number.MAX_SAFE_INTEGER }: Setting, text: string): boolean {
  switch (kind) {
    case 'time_zone':
      return isTimeZone(text);
    case 'integer':
      return /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'date':
      return isDay(text);
    case 'schedule':
      return text.split(/\s+/).length === 5 && cron.validate(text);
    case 'list':
      return true;
  }
}

const EXPECTED: Record<Setting['kind'], (setting: Setting) => string> = {
  time_zone: () => 'must be an IANA time zone such as Europe/Vienna',
  integer: ({ min, max }) => `must be a whole number from ${min} to ${max}`,
  boolean: () => 'must be true or false',
  date: () => 'must be a calendar day, YYYY-MM-DD',
  schedule: () => 'must be five cron fields, such as 10 4 * * *',
  list: () => 'must be one entry a line',
};
