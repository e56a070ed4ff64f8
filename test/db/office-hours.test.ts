import { describe, expect, test } from 'vitest';
import { incidents } from '../../db/queries/incidents.ts';
import { officeHours } from '../../db/queries/office-hours.ts';
import { resetsHours } from '../../db/queries/resets-hours.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { changeSettings, settingDefaults } from '../../db/store/settings.ts';
import { DAY_MS, HOUR_MS, parseDay } from '../../domain/day.ts';
import { store as put, stored } from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';
import { NINE, REASONS, step } from '../domain/records.ts';

const ZONE = 'UTC';
const defaults = settingDefaults({ timeZone: ZONE });

/** A success `hours` after nine on Monday, of somebody. */
const success = (hours: number, who: string) =>
  stored(
    step(REASONS.reset, 0, {
      id: `r${hours}${who}`,
      correlationId: `f${hours}${who}`,
      occurredAt: NINE + hours * HOUR_MS,
      occurredText: new Date(NINE + hours * HOUR_MS).toISOString(),
      targetId: who,
      initiatorId: who,
    }),
  );

describe.each(ENGINES)('office hours on %s', (_, emptyStore) => {
  test('are 8 to 18 from Monday to Friday until the settings say otherwise', async () => {
    const store = await emptyStore();
    const usual = await officeHours(store, 1, defaults);

    const change = { office_from: '6', office_until: '24', office_weekdays: 'sat\nMONDAY\n1' };
    await changeSettings(store, 1, change, 1000);

    expect(usual).toEqual({ weekdays: [1, 2, 3, 4, 5], from: 8, until: 18 });
    expect(await officeHours(store, 1, defaults)).toEqual({ weekdays: [1, 6], from: 6, until: 24 });
  });

  test('that end before they begin, or are on no weekday, are refused in words', async () => {
    const store = await emptyStore();
    await changeSettings(store, 1, { office_from: '10' }, 1000);

    const refused: [Record<string, string>, RegExp][] = [
      [{ office_until: '10' }, /^Office hours end at: must come after .* 10 o’clock\.$/],
      [{ office_from: '18' }, /^Office hours end at: must come after the beginning/],
      [{ office_from: '24' }, /^Office hours begin at: must be a whole number from 0 to 23\./],
      [{ office_weekdays: 'Monday\nFunday' }, /“Funday” is none\.$/],
    ];
    for (const [change, sentence] of refused)
      await expect(changeSettings(store, 1, change, 1000)).rejects.toThrow(sentence);
    // Together they fit, and an empty text is the default.
    await changeSettings(store, 1, { office_from: '', office_until: '10' }, 1000);

    expect(await officeHours(store, 1, defaults)).toMatchObject({ from: 8, until: 10 });
  });

  test('leave out evenings, weekends and holidays, in shares and in lists', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store, { timeZone: ZONE });
    const { tenantId } = lease;
    // Monday 9:00 and 17:00 in office time; Monday 18:00, Saturday 9:00 and the holiday of Tuesday 9:00 not.
    const records = [0, 8, 9, 5 * 24, 24].map((hours, n) => success(hours, `p${n}`));
    await put(lease, records, { until: NINE + 30 * DAY_MS });
    await rollUp(lease, { timeZone: ZONE, incidentGapHours: 24, automationAccounts: [] });
    const holiday = { tenantId, day: parseDay('2026-03-03'), name: 'Founding day' };
    await store.tx(async (db) => {
      await db.insert(store.t.holiday).values(holiday);
    });
    const period = {
      tenantId,
      timeZone: ZONE,
      first: parseDay('2026-03-02'),
      last: parseDay('2026-03-08'),
      defaults,
    };

    const { outside, cells, holidays } = await resetsHours(store, period);
    const list = await incidents(store, { ...period, outsideOffice: true, limit: 50 });

    expect(holidays).toBe(1);
    expect(outside).toEqual({
      flows: { part: 3, whole: 5 },
      incidents: { part: 3, whole: 5 },
      selfServed: { part: 3, whole: 5 },
    });
    expect(cells?.map(({ weekday, hour }) => [weekday, hour])).toEqual([
      [1, 9],
      [1, 17],
      [1, 18],
      [2, 9],
      [6, 9],
    ]);
    expect(list.incidents.map(({ person }) => person?.id)).toEqual(['p3', 'p4', 'p2']);
  });
});
