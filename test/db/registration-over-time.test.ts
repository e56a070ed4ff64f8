import { describe, expect, test } from 'vitest';
import { registrationJoiners } from '../../db/queries/registration-joiners.ts';
import { registrationMethodsTrend } from '../../db/queries/registration-methods-trend.ts';
import { addDays, bucketStart, dayCutter, daysBetween } from '../../domain/day.ts';
import { families } from '../../domain/method.ts';
import { collectedHistory } from '../build/collected-history.ts';
import type { CopiedPerson } from '../build/registration-days.ts';
import { ENGINES } from '../build/stores.ts';

const familiesOf = ({ row: { state } }: CopiedPerson) => [
  ...families(state.methods ?? [], { admin: state.admin === true }),
];

describe.each(ENGINES)('registration over time on %s', (_, emptyStore) => {
  test('methods, depth and people with one family are those of full copies', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 21 });
    const { store, model } = history;
    const [first, last] = [addDays(history.first, 5), addDays(history.last, 3)];

    const trend = await registrationMethodsTrend(store, { tenantId: 1, first, last });

    const lastOf = model.lastOfDay();
    const inPeriod = daysBetween(first, last).filter((day) => lastOf.has(day));
    const populations = new Map(
      inPeriod.flatMap((day) => {
        const copy = lastOf.get(day);
        return copy ? [[day, model.population(copy)] as const] : [];
      }),
    );
    const everybody = [...populations.values()].flat();
    const methods = new Set(everybody.flatMap(({ row }) => row.state.methods ?? []));
    expect([...trend.methods].sort()).toEqual([...methods].sort());
    expect([...trend.families].sort()).toEqual([...new Set(everybody.flatMap(familiesOf))].sort());
    for (const [i, day] of daysBetween(first, last).entries()) {
      const people = populations.get(day);
      const depths = people?.map((one) => Math.min(3, familiesOf(one).length));
      const with_ = (test: (one: CopiedPerson) => boolean) => people?.filter(test).length;
      expect(trend.days[i]).toEqual({
        day,
        population: people?.length ?? null,
        people:
          people &&
          trend.methods.map((name) =>
            with_(({ row }) => row.state.methods?.includes(name) ?? false),
          ),
        depth: depths && [0, 1, 2, 3].map((n) => depths.filter((depth) => depth === n).length),
        only: people && trend.families.map((name) => with_((one) => `${familiesOf(one)}` === name)),
        ...(people ? {} : { people: null, depth: null, only: null }),
      });
    }
    const latest = trend.days.findLast(({ people }) => people !== null)?.people ?? [];
    expect(latest).toEqual([...latest].sort((a, b) => b - a));
    expect(trend.days.some(({ people }) => people === null)).toBe(true);
  });

  test('one-family people of a snapshot from before they were counted are not known', async () => {
    const { store, lease, first } = await collectedHistory(await emptyStore(), {
      seed: 22,
      snapshots: 1,
    });
    await lease.tx(async (db) => {
      await db.delete(store.t.registrationFamily);
    });

    const { days, families: names } = await registrationMethodsTrend(store, {
      tenantId: 1,
      first,
      last: first,
    });

    expect(names).toEqual([]);
    expect(days).toMatchObject([{ population: expect.any(Number), only: null }]);
  });

  test('joiners are those of full copies, their days cut in the zone of the tenant', async () => {
    const { store, model, first, last, createdAt } = await collectedHistory(await emptyStore(), {
      seed: 23,
      people: 80,
    });
    for (const timeZone of ['UTC', 'Asia/Kathmandu', 'America/Los_Angeles']) {
      const cutter = dayCutter(timeZone);

      const answer = await registrationJoiners(store, { tenantId: 1, timeZone });

      const joiners = [...createdAt].flatMap(([id, created]) => {
        if (created === null) return [];
        const day = cutter.dayOf(created);
        const counted = model.copies.some((copy) => model.isCounted(copy, id));
        if (!counted || day < first || day > last) return [];
        const registered = model.copies.find(
          (copy) => copy.people.get(id)?.row.state.registered === true,
        );
        return [{ day, registered: registered?.day ?? null }];
      });
      const byMonth = Map.groupBy(joiners, ({ day }) => bucketStart(day, 'month'));
      const months = new Set(daysBetween(first, last).map((day) => bucketStart(day, 'month')));
      expect(answer.day).toBe(last);
      expect(answer.months, timeZone).toEqual(
        [...months].map((start) => {
          const own = byMonth.get(start) ?? [];
          const within = (days: number) => {
            const known = own.filter(({ day }) => addDays(day, days) <= last);
            const part = known.filter(
              ({ day, registered }) => registered !== null && registered <= addDays(day, days),
            );
            return { part: part.length, whole: known.length };
          };
          const shares = { within7: within(7), within14: within(14), within30: within(30) };
          return { start, joined: own.length, ...shares };
        }),
      );
      expect(joiners.length).toBeGreaterThan(10);

      const period = { first: addDays(first, 8), last: addDays(first, 12) };
      const some = await registrationJoiners(store, { tenantId: 1, timeZone, ...period });
      const expected = joiners.filter(({ day }) => day >= period.first && day <= period.last);
      expect(some.months.reduce((all, { joined }) => all + joined, 0)).toBe(expected.length);
    }
  });

  test('before the first snapshot there are no months', async () => {
    const question = { tenantId: 1, timeZone: 'UTC' };
    expect(await registrationJoiners(await emptyStore(), question)).toEqual({
      day: null,
      months: [],
    });
  });
});
