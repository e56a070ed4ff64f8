import { describe, expect, test } from 'vitest';
import { holidays } from '../../db/queries/holidays.ts';
import { refreshHolidays } from '../../db/store/holidays.ts';
import { holidaysOf } from '../../db/store/public-holidays.ts';
import { changeSettings, settingDefaults } from '../../db/store/settings.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { parseDay } from '../../domain/day.ts';
import { ENGINES, sqliteStore } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const year = (number: number) => ({
  first: parseDay(`${number}-01-01`),
  last: parseDay(`${number}-12-31`),
});
const set = (changes: Record<string, string>) => ({
  ...settingDefaults({ timeZone: 'Europe/Vienna' }),
  ...changes,
});

describe('holidays of the settings', () => {
  test('are those of the countries and states, each day once', async () => {
    const austria = await holidaysOf(set({ holiday_places: 'AT' }), year(2026));
    const both = await holidaysOf(set({ holiday_places: 'AT\nDE-BY' }), year(2026));

    // The thirteen days of the Austrian Arbeitsruhegesetz.
    expect(austria.map(({ day }) => day)).toEqual([
      '2026-01-01',
      '2026-01-06',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-06-04',
      '2026-08-15',
      '2026-10-26',
      '2026-11-01',
      '2026-12-08',
      '2026-12-25',
      '2026-12-26',
    ]);
    // Bavaria adds Good Friday and the Day of German Unity.
    expect(both).toHaveLength(15);
  });

  test('are added to and taken from by hand', async () => {
    const settings = set({
      holiday_places: 'AT',
      holidays_added: '2026-12-24 Christmas Eve\n2026-12-31',
      holidays_removed: '2026-12-08',
    });

    const days = await holidaysOf(settings, year(2026));

    expect(days).toContainEqual({ day: '2026-12-24', name: 'Christmas Eve' });
    expect(days).toContainEqual({ day: '2026-12-31', name: 'Holiday' });
    expect(days.map(({ day }) => day)).not.toContain('2026-12-08');
  });

  test('that last several days are several days', async () => {
    const days = await holidaysOf(set({ holiday_places: 'TR' }), year(2026));

    // Eid al-Adha: four days from 27 May 2026.
    expect(days.map(({ day }) => day)).toEqual(
      expect.arrayContaining(['2026-05-27', '2026-05-28', '2026-05-29', '2026-05-30']),
    );
  });

  test('of a place no calendar knows are refused, with every complaint at once', async () => {
    const store = await sqliteStore();
    const change = { holiday_places: 'Austria\nDE-XX\nUS-CA', holidays_added: '24.12.2026' };

    const refused = changeSettings(store, 1, change, 1000);

    await expect(refused).rejects.toThrow(/Austria.*DE-XX.*24\.12\.2026/);
    await expect(refused).rejects.not.toThrow(/US-CA;/);
  });
});

describe.each(ENGINES)('the table of holidays on %s', (_, emptyStore) => {
  test('reaches from the first record to a year ahead, and follows the settings', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    const now = Date.parse('2026-11-22T12:00:00Z');
    const [since, until] = [Date.parse('2025-12-01T00:00:00Z'), now];
    await store.tx((db) => recordWindow(store, db, { tenantId, feed: 'resets', since, until }));
    const asked = { tenantId, first: parseDay('2020-01-01'), last: parseDay('2030-01-01') };

    await refreshHolidays(lease, { settings: set({ holiday_places: 'AT' }), now });
    const austrian = await holidays(store, asked);
    await refreshHolidays(lease, { settings: set({ holidays_added: '2026-12-24 Eve' }), now });

    expect(austrian[0]).toEqual({ day: '2025-12-08', name: 'Mariä Empfängnis' });
    expect(austrian.at(-1)?.day).toBe('2027-12-26');
    expect(await holidays(store, asked)).toEqual([{ day: '2026-12-24', name: 'Eve' }]);
  });
});
