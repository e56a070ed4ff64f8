import { describe, expect, test } from 'vitest';
import { registrationForecast } from '../../db/queries/registration-forecast.ts';
import { forecastCoverage } from '../../db/rollups/coverage-forecast.ts';
import { addAnnotation } from '../../db/store/annotations.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { changeSettings, settingDefaults } from '../../db/store/settings.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { ForecastResponse } from '../../server/contract/registration.ts';
import { FIRST_PUBLISHED, growingDays, publishDays } from '../build/published-days.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const asked = ({ store, tenantId }: HeldLease) =>
  registrationForecast(store, { tenantId, defaults: settingDefaults({ timeZone: 'UTC' }) });

const made = async (lease: HeldLease) => {
  const { forecast } = await asked(lease);
  if (!forecast) throw new Error('There should be a forecast');
  return forecast;
};

describe.each(ENGINES)('the forecast of coverage on %s', (_, emptyStore) => {
  test('is not made of too few days, and says so', async () => {
    const lease = await tenantOn(await emptyStore());
    const before = await asked(lease);
    const ofNothing = await forecastCoverage(lease, { now: 1000 });
    await publishDays(lease, growingDays(9));

    const ofNine = await forecastCoverage(lease, { now: 1000 });

    expect(before).toEqual({
      target: null,
      forecast: null,
      reason: 'No forecast has been made yet.',
    });
    expect([ofNothing, ofNine]).toEqual([false, true]);
    expect(await asked(lease)).toMatchObject({
      forecast: null,
      reason: expect.stringMatching(/takes \d+ collected days; there are 9 so far/),
    });
  });

  test('starts from the last day, goes on for a year, and fits its contract', async () => {
    const lease = await tenantOn(await emptyStore());
    await publishDays(lease, growingDays(120));

    await forecastCoverage(lease, { now: Date.parse('2026-07-01T00:00:00Z') });

    const answer = await asked(lease);
    expect(ForecastResponse.safeParse(answer).error).toBeUndefined();
    expect(answer.forecast).toMatchObject({
      day: '2026-06-28',
      madeAt: '2026-07-01T00:00:00.000Z',
      now: { part: growingDays(120).at(-1), whole: 1000 },
      arrival: null,
    });
    const days = answer.forecast?.days ?? [];
    expect(days).toHaveLength(365);
    expect(days[0]?.day).toBe('2026-06-29');
    for (const one of days)
      expect([one.p2_5, one.p10, one.p25, one.p50, one.p75, one.p90, one.p97_5]).toEqual(
        [one.p2_5, one.p10, one.p25, one.p50, one.p75, one.p90, one.p97_5].toSorted(),
      );
    expect(answer.forecast?.model.length).toBeGreaterThan(3);
  });

  test('is made again only when a day or a campaign has changed, the same from the same', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    await publishDays(lease, growingDays(60));

    const first = await forecastCoverage(lease, { now: 1000 });
    const ofFirst = await made(lease);
    const again = await forecastCoverage(lease, { now: 2000 });
    await addAnnotation(store, tenantId, campaignOn(addDays(FIRST_PUBLISHED, 70)), 3000);
    const withCampaign = await forecastCoverage(lease, { now: 4000 });
    const ofCampaign = await made(lease);
    await publishDays(lease, [900], 60);
    const nextDay = await forecastCoverage(lease, { now: 5000 });

    expect([first, again, withCampaign, nextDay]).toEqual([true, false, true, true]);
    expect(ofCampaign.madeAt).toBe('1970-01-01T00:00:04.000Z');
    expect(ofCampaign.days).not.toEqual(ofFirst.days);
    expect((await made(lease)).day).toBe(addDays(FIRST_PUBLISHED, 60));

    const other = await tenantOn(await emptyStore());
    await publishDays(other, growingDays(60));
    await forecastCoverage(other, { now: 9000 });
    expect((await made(other)).days).toEqual(ofFirst.days);
  });

  test('tells the arrival at whatever target the settings have, without being made again', async () => {
    const lease = await tenantOn(await emptyStore());
    await publishDays(lease, growingDays(120));
    await forecastCoverage(lease, { now: 1000 });
    const target = async (target_coverage: string, target_day: string) => {
      await changeSettings(lease.store, lease.tenantId, { target_coverage, target_day }, 2000);
      return { target: (await asked(lease)).target, ...(await made(lease)) };
    };

    const near = await target('76', '2026-12-31');
    const reached = await target('50', '2026-06-28');
    const never = await target('100', '');
    const beyond = await target('76', '2030-01-01');
    const before = await target('76', '2026-01-01');
    const none = await target('', '');

    expect(near.target).toEqual({ percent: 76, day: '2026-12-31' });
    const { p10, p50, p90 } = near.arrival ?? {};
    expect([p10, p50, p90]).toEqual([p10, p50, p90].toSorted());
    expect(p50 && p50 > '2026-06-28').toBe(true);
    expect(near.arrival?.onTime?.part).toBeGreaterThan((near.arrival?.onTime?.whole ?? 0) / 2);
    const [there, whole] = ['2026-06-28', reached.arrival?.notReached.whole];
    expect(reached.arrival).toEqual({
      ...{ reached: true, p10: there, p50: there, p90: there },
      ...{ notReached: { part: 0, whole }, onTime: { part: whole, whole } },
    });
    expect(never.arrival).toMatchObject({ reached: false, p50: null, onTime: null });
    expect(never.arrival?.notReached.part).toBeGreaterThan(0);
    expect(beyond.arrival?.onTime).toBeNull();
    expect(before.arrival?.onTime).toBeNull();
    expect([none.target, none.arrival]).toEqual([null, null]);
    expect(none.madeAt).toBe(near.madeAt);
  });
});

const campaignOn = (day: Day) => ({
  kind: 'campaign' as const,
  ...{ day, lastDay: null, text: 'ask everybody', author: 'The identity team' },
});
