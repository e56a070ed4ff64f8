import { type OfficeHours, readWeekday } from '../../domain/office-hours.ts';
import { listEntries } from '../store/list-entries.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';

/** The office hours of the settings. */
export async function officeHours(
  store: Store,
  tenantId: number,
  defaults: Settings,
): Promise<OfficeHours> {
  const settings = await readSettings(store, tenantId, defaults);
  const entries = listEntries(settings.office_weekdays ?? '');
  return {
    weekdays: [...new Set(entries.flatMap((entry) => readWeekday(entry) ?? []))].sort(),
    from: Number(settings.office_from),
    until: Number(settings.office_until),
  };
}
