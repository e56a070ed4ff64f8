import { describe, expect, test } from 'vitest';
import { resetForecast } from '../../db/queries/reset-forecast.ts';
import { forecastResets } from '../../db/rollups/reset-forecast.ts';
import { addAssumptions } from '../../db/store/assumptions.ts';
import { refreshHolidays } from '../../db/store/holidays.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { addDays, DAY_MS, type Day, dayCount, parseDay } from '../../domain/day.ts';
import { DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { ResetForecastResponse } from '../../server/contract/resets.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const FIRST = parseDay('2026-03-02'); // a Monday
const UTC = 'UTC';
const at = (day: Day) => Date.parse(`${day}T00:00:00Z`);

const NONE = {
  ...{ started: 0, completed: 0, unlocked: 0, contactedAdmin: 0, blocked: 0, notEntitled: 0 },
  ...{ failed: 0, cancelled: 0, abandoned: 0, inProgress: 0, selfServedRetry: 0 },
  ...{ incidentsAbandoned: 0, settling: 0, adminResets: 0, settlingBypasses: 0, resetMs: [] },
};

/** Days worked out: 30 incidents, 3 of which fall back, and 10 bypasses on working days; nothing at weekends. */
async function workedOutDays(lease: HeldLease, length: number, from = FIRST): Promise<void> {
  const { store, tenantId } = lease;
  const last = addDays(from, length - 1);
  await store.tx(async (db) => {
    const window = { tenantId, feed: 'resets', since: at(from), until: at(last) + DAY_MS };
    await recordWindow(store, db, window);
    const state = { tenantId, asOf: window.until, madeWith: '' };
    await db
      .insert(store.t.rollupState)
      .values(state)
      .onConflictDoUpdate({ target: store.t.rollupState.tenantId, set: state });
    for (let index = 0; index < length; index++) {
      const day = addDays(from, index);
      if ((dayCount(FIRST, day) - 1) % 7 > 4) continue;
      const counts = { selfServedFirst: 27, fellBack: 3, bypasses: 10 };
      await db
        .insert(store.t.resetDaily)
        .values({ tenantId, day, ...NONE, ...counts, servedReset: 27 });
    }
  });
}

const asked = ({ store, tenantId }: HeldLease) => resetForecast(store, { tenantId, timeZone: UTC });

const made = async (lease: HeldLease) => {
  const { forecast } = await asked(lease);
  if (!forecast) throw new Error('There should be a forecast');
  return forecast;
};

describe.each(ENGINES)('the forecast of resets on %s', (_, emptyStore) => {
  test('is not made of too few days, and says so', async () => {
    const lease = await tenantOn(await emptyStore());
    const before = await asked(lease);
    const ofNothing = await forecastResets(lease, { now: 1000, timeZone: UTC });
    await workedOutDays(lease, 20);

    const ofTwenty = await forecastResets(lease, { now: 1000, timeZone: UTC });

    expect(before).toEqual({ forecast: null, reason: 'No forecast has been made yet.' });
    expect([ofNothing, ofTwenty]).toEqual([false, true]);
    expect((await asked(lease)).reason).toMatch(/takes 28 collected days.*there are 20/);
  });

  test('tells eight weeks from the last whole day on, with the weeks before', async () => {
    const lease = await tenantOn(await emptyStore());
    await workedOutDays(lease, 140);
    const settings = { ...settingDefaults({ timeZone: UTC }), holidays_added: '2026-07-22 Off' };
    await refreshHolidays(lease, { settings, now: at(addDays(FIRST, 140)) });

    await forecastResets(lease, { now: at(addDays(FIRST, 140)), timeZone: UTC });

    expect(ResetForecastResponse.safeParse(await asked(lease)).error).toBeUndefined();
    const { weeks, past, day, historyDays } = await made(lease);
    expect({ day, historyDays, weeks: weeks.length }).toEqual({
      day: '2026-07-19',
      historyDays: 140,
      weeks: 8,
    });
    expect(weeks[0]).toMatchObject({
      first: '2026-07-20',
      last: '2026-07-26',
      holidays: [{ day: '2026-07-22', name: 'Off' }],
      expiring: null,
      deskWithoutFurtherCoverage: null,
    });
    // A week of 200 needs, 150 of them tried in self-service; the first has a day off.
    expect(weeks[1]?.needs.likely).toBeGreaterThan(185);
    expect(weeks[1]?.needs.likely).toBeLessThan(215);
    expect(weeks[0]?.needs.likely).toBeLessThan(180);
    expect(past).toHaveLength(26);
    expect(past.at(-1)).toEqual({
      ...{ first: '2026-07-13', last: '2026-07-19' },
      ...{ incidents: 150, desk: 65 },
    });
    expect(past[0]).toMatchObject({ incidents: null, desk: null });
  });

  test('is made anew for another handle time or a new day, else not', async () => {
    const lease = await tenantOn(await emptyStore());
    await workedOutDays(lease, 60);
    await forecastResets(lease, { now: 1000, timeZone: UTC });
    const before = await made(lease);

    const again = await forecastResets(lease, { now: 2000, timeZone: UTC });
    const set = structuredClone(DEFAULT_SET);
    set.money.handleMinutes = { low: 30, likely: 30, high: 30 };
    const version = { author: 'A. Admin', note: null, set };
    await addAssumptions(lease.store, lease.tenantId, version, 2500);
    const slower = await forecastResets(lease, { now: 3000, timeZone: UTC });
    const after = await made(lease);
    await workedOutDays(lease, 1, addDays(FIRST, 60));
    const later = await forecastResets(lease, { now: 4000, timeZone: UTC });

    expect([again, slower, later]).toEqual([false, true, true]);
    expect(after.weeks[0]?.desk).toEqual(before.weeks[0]?.desk);
    expect(after.weeks[0]?.deskHours.likely).toBe((after.weeks[0]?.desk.likely ?? 0) / 2);
  });
});
