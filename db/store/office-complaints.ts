import { and, eq, inArray } from 'drizzle-orm';
import { readWeekday } from '../../domain/office-hours.ts';
import type { Store } from '../store-types.ts';
import { listEntries } from './list-entries.ts';
import { SETTINGS } from './setting-list.ts';

const HOURS = ['office_from', 'office_until'] as const;

/** What is wrong with a change of the office hours beyond each number by itself, one sentence each. */
export async function officeComplaints(
  store: Store,
  tenantId: number,
  changes: Record<string, string>,
): Promise<string[]> {
  const complaints: string[] = [];
  const wrong = listEntries(changes.office_weekdays ?? '').find(
    (entry) => readWeekday(entry) === null,
  );
  if (wrong !== undefined)
    complaints.push(
      `Days with office hours: must be weekdays, Monday to Sunday; “${wrong.slice(0, 40)}” is none.`,
    );
  if (HOURS.some((name) => name in changes)) {
    const stored = await storedHours(store, tenantId);
    const [from = 0, until = 24] = HOURS.map((name) => hourAfter(name, changes, stored));
    if (from >= until)
      complaints.push(
        `Office hours end at: must come after the beginning, which is ${from} o’clock.`,
      );
  }
  return complaints;
}

/** The value that holds after the change: an empty text puts the default back. */
function hourAfter(
  name: (typeof HOURS)[number],
  changes: Record<string, string>,
  stored: ReadonlyMap<string, string>,
): number {
  const usual = SETTINGS.find((setting) => setting.name === name)?.default ?? '';
  return Number((changes[name] ?? stored.get(name) ?? '').trim() || usual);
}

async function storedHours({ t: { setting }, read }: Store, tenantId: number) {
  const rows = await read
    .select({ name: setting.name, value: setting.value })
    .from(setting)
    .where(and(eq(setting.tenantId, tenantId), inArray(setting.name, [...HOURS])));
  return new Map(rows.map(({ name, value }) => [name, value]));
}
