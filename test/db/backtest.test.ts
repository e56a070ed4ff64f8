import { describe, expect, test } from 'vitest';
import { backtest } from '../../db/queries/backtest.ts';
import { watchedBands } from '../../db/queries/watched-bands.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import { AlertWorld, at, dayAt, spray, unusualHour } from '../build/alert-world.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const SETTINGS = SURVEILLANCE_DEFAULTS;
const INPUT = { tenantId: 1, timeZone: 'UTC', settings: SETTINGS };

describe.each(ENGINES)('a backtest on %s', (_, emptyStore) => {
  test('lets others have their turn between its steps', async () => {
    const world = new AlertWorld(await tenantOn(await emptyStore()));
    await world.failed(spray(29, 20));
    await world.judged([unusualHour({ day: 29, hour: 20 })]);
    await world.readUntil(at(29, 22));
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);

    const told = await backtest(world.lease.store, INPUT);
    isDone = true;

    expect(told.kept).toMatchObject([{ rule: 'failed_verifications', level: 'critical' }]);
    expect(turns).toBeGreaterThan(5);
  });

  test('tells what a rule measured below its floor where a lower threshold is typed in', async () => {
    const world = new AlertWorld(await tenantOn(await emptyStore()));
    const rule = 'one_address_many_people' as const;
    await world.measured([
      { rule, day: 20, subject: '203.0.113.9', value: 3 },
      { rule, day: 25, subject: '203.0.113.9', value: 2 },
    ]);
    await world.readUntil(at(29, 22));
    const typed = { ...SETTINGS.rules[rule], threshold: 3 };
    const settings = { ...SETTINGS, rules: { ...SETTINGS.rules, [rule]: typed } };

    const told = await backtest(world.lease.store, { ...INPUT, settings });

    expect(told).toMatchObject({ added: [{ rule, observed: 3 }], gone: [], kept: [] });
  });
});

describe.each(ENGINES)('series that are not totals on %s', (_, emptyStore) => {
  /** One method as unusual as 1 in 100, beside 40 that were judged, or had too little history for it. */
  async function beside(others: { judged: boolean }) {
    const { lease } = new AlertWorld(await tenantOn(await emptyStore()));
    const world = new AlertWorld(lease);
    const day = (series: SeriesName, p: number | null) => ({
      ...unusualHour({ day: 20, hour: 0, series, observed: 12 }),
      ...{ bucket: 'day' as const, startAt: 0, p, expected: p === null ? null : 2 },
    });
    const usual = Array.from({ length: 40 }, (_, n) =>
      day(`stop:CODE_${n}` as SeriesName, others.judged ? 0.9 : null),
    );
    await world.judged([day('method:mobile SMS', 0.01), ...usual]);
    await world.readUntil(at(29, 22));
    const asked = { bucket: 'day' as const, series: ['method:mobile SMS'] as SeriesName[] };
    const period = { tenantId: 1, timeZone: 'UTC', first: dayAt(0), last: dayAt(29) };
    const bands = await watchedBands(lease.store, { ...period, ...asked });
    const levels = [...(bands.get('method:mobile SMS')?.values() ?? [])].map(({ level }) => level);
    const { kept } = await backtest(lease.store, INPUT);
    return { page: levels, alerts: kept.map(({ level }) => level) };
  }

  test('have one level on the page and in alerts: among those of the day that were judged', async () => {
    expect(await beside({ judged: true })).toEqual({ page: [null], alerts: [] });
    expect(await beside({ judged: false })).toEqual({ page: ['watch'], alerts: ['watch'] });
  });
});
