import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acquireLease } from '../../db/store/lease.ts';
import { TicketsBusy } from '../../db/store/ticket-lease.ts';
import type { Db, Store } from '../../db/store-types.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { ENGINES } from '../build/stores.ts';
import { rowsOf } from '../build/tables.ts';
import { Killed } from '../build/tenants.ts';
import { desk, fileOf, incident, NOW, SERVICENOW } from '../build/ticket-files.ts';

/** A store whose process is killed before its `n`-th transaction. */
function killedAt(store: Store, n: number): Store {
  let left = n;
  return Object.assign(Object.create(store) as Store, {
    tx: async <T>(work: (db: Db) => Promise<T>) => {
      left -= 1;
      if (left <= 0) throw new Killed(`before transaction ${n}`);
      return store.tx(work);
    },
  });
}

const TABLES = ['ticketImport', 'ticketCount', 'ticket'] as const;

const MARCH = fileOf(
  SERVICENOW,
  incident(1, '2026-03-02'),
  incident(2, '2026-03-15', 'Screen is dark'),
  incident(3, '2026-03-31'),
);
const MARCH_AND_APRIL = fileOf(
  SERVICENOW,
  incident(3, '2026-03-31'),
  incident(4, '2026-04-10'),
  incident(5, '2026-04-29', 'Screen is dark'),
);

describe.each(ENGINES)('imported tickets on %s', (_, emptyStore) => {
  test('count by month, from one file of single tickets', async () => {
    const it = desk(await emptyStore());

    const { outcome, id, report } = await it.import(MARCH);

    expect([outcome, id]).toEqual(['imported', 1]);
    expect(report).toMatchObject({
      ...{ kind: 'tickets', source: 'servicenow', rows: 3, known: 0, refused: 0 },
      ...{ first: '2026-03-01', last: '2026-03-31', passwordTickets: 2, otherTickets: 1 },
      months: [{ month: '2026-03', password: 2, other: 1, whole: true }],
    });
    expect(await it.months()).toEqual([{ month: '2026-03', tickets: 2, otherTickets: 1 }]);
    expect(await it.ask('2026-02-10', '2026-04-01')).toEqual([
      { month: '2026-02', tickets: null, otherTickets: null },
      { month: '2026-03', tickets: 2, otherTickets: 1 },
      { month: '2026-04', tickets: null, otherTickets: null },
    ]);
  });

  test('of the same file twice change nothing', async () => {
    const store = await emptyStore();
    const it = desk(store);
    const first = await it.import(MARCH);
    const before = await rowsOf(store, 1, [...TABLES]);

    const again = await it.import(MARCH, { label: 'another name.csv' });

    expect([again.outcome, again.id, again.report.known]).toEqual(['unchanged', first.id, 3]);
    expect(await rowsOf(store, 1, [...TABLES])).toEqual(before);
  });

  test('of two files that overlap count once', async () => {
    const it = desk(await emptyStore());
    await it.import(MARCH);

    const { report } = await it.import(MARCH_AND_APRIL, { first: '2026-03-31' as Day });

    expect(report).toMatchObject({ rows: 3, known: 1, passwordTickets: 1, otherTickets: 1 });
    expect(await it.months()).toEqual([
      { month: '2026-03', tickets: 2, otherTickets: 1 },
      { month: '2026-04', tickets: 1, otherTickets: 1 },
    ]);
  });

  test('undone are as they were before, and the entry stays', async () => {
    const store = await emptyStore();
    const it = desk(store);
    await it.import(MARCH);
    const before = await rowsOf(store, 1, ['ticket', 'ticketCount']);
    const months = await it.months();
    const { id } = await it.import(MARCH_AND_APRIL);

    expect(await it.undo(1)).toEqual({ relied: 2 });
    expect(await it.undo(id)).toBeNull();

    expect(await it.months()).toEqual(months);
    expect(await rowsOf(store, 1, ['ticket', 'ticketCount'])).toEqual(before);
    expect(await it.list()).toMatchObject([
      { id: '2', undone: { author: 'Bea', at: new Date(NOW).toISOString() } },
      { id: '1', undone: null, author: 'Ada' },
    ]);
    expect([await it.undo(id), await it.undo(9)]).toEqual(['over', 'unknown']);
    expect(await it.undo(1)).toBeNull();
    expect(await it.months()).toEqual([]);
    expect((await it.import(MARCH)).outcome).toBe('imported');
    expect(await it.months()).toEqual(months);
  });

  test('as counts speak for the days they have, and never for a day twice', async () => {
    const it = desk(await emptyStore());
    await it.import(fileOf('month,password_tickets,all_tickets', '2026-01,30,100', '2026-02,0,90'));

    const { report } = await it.import(
      fileOf(
        'date,password_tickets',
        '2026-02-27,1',
        '2026-02-28,2',
        ...Array.from({ length: 30 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')},2`),
      ),
      { label: 'days.csv' },
    );

    expect(report).toMatchObject({ grain: 'day', refused: 2, passwordTickets: 60 });
    expect(report.refusals[0]).toEqual({
      ...{ row: 2, column: 'date' },
      why: 'is of days that import 1 (“file.csv”) speaks for: 2026-02-27.',
    });
    expect(report.otherTickets).toBeNull();
    expect(await it.months()).toEqual([
      { month: '2026-01', tickets: 30, otherTickets: 70 },
      { month: '2026-02', tickets: 0, otherTickets: 90 },
      { month: '2026-03', tickets: null, otherTickets: null },
    ]);
    const tickets = await it.import(
      fileOf(SERVICENOW, incident(1, '2026-01-05'), incident(2, '2026-03-31')),
    );
    expect(tickets.report).toMatchObject({ refused: 1, passwordTickets: 1 });
    expect(tickets.report.refusals[0]?.why).toMatch(/day that import 1 .* has counts for/);
    expect((await it.months())[2]).toMatchObject({ month: '2026-03', tickets: 61 });
  });

  test('of which none can be read change nothing, and say why', async () => {
    const store = await emptyStore();
    const it = desk(store);

    await expect(it.import(fileOf(SERVICENOW, incident(1, 'soon')))).rejects.toThrow(
      'None of the 1 lines could be read, and nothing was changed. The first one: row 2, “Opened” has no date that can be read: “soon 09:12:00”.',
    );
    expect(await rowsOf(store, 1, [...TABLES])).toEqual(await rowsOf(store, 2, [...TABLES]));
  });

  test('with a month without any between are asked for the days they speak for', async () => {
    const it = desk(await emptyStore());
    const text = fileOf(SERVICENOW, incident(1, '2006-03-02'), incident(2, '2026-03-30'));

    await expect(it.import(text)).rejects.toThrow(/^In 239 months from 2006-04 to 2026-02 .*year/);
    const { report } = await it.import(text, {
      first: '2026-03-01' as Day,
      last: '2026-03-31' as Day,
    });

    expect(report).toMatchObject({ refused: 1, refusals: [{ row: 2, column: 'Opened' }] });
    expect(await it.months()).toMatchObject([{ month: '2026-03', tickets: 1 }]);
  });

  test('killed on the way leave nothing that counts, and the next import clears up', async () => {
    const store = await emptyStore();
    const it = desk(store);
    const lines = Array.from({ length: 1200 }, (_, i) => incident(i, '2026-03-05'));
    const text = fileOf(SERVICENOW, ...lines);
    let n = 2;
    for (; ; n++) {
      const done = await it.import(text, { store: killedAt(store, n), now: NOW + n }).then(
        () => true,
        (error) => {
          if (error instanceof Killed) return false;
          throw error;
        },
      );
      if (done) break;
      const imports = await it.list();
      // Killed when all was done but giving the lease back.
      if (imports.length > 0) break;
      expect(await it.months()).toEqual([]);
      // The lease of the killed one ends by itself; here it is taken back at once.
      await store.tx((db) => db.delete(store.t.lease));
    }

    expect(n).toBeGreaterThan(6);
    expect((await rowsOf(store, 1, ['ticket'])).ticket).toHaveLength(1200);
    expect((await it.months())[0]).toMatchObject({ month: '2026-03', tickets: null });
    expect(await it.list()).toMatchObject([{ passwordTickets: 1200 }]);
  });

  test('of two tenants, or while another import runs, are kept apart', async () => {
    const store = await emptyStore();
    await desk(store, 1).import(MARCH);
    expect(await desk(store, 2).months()).toEqual([]);
    expect((await desk(store, 2).import(MARCH)).outcome).toBe('imported');

    const other = { tenantId: 1, job: 'tickets', holder: 'another', now: NOW };
    await acquireLease(store, other);
    await expect(desk(store, 1).import(MARCH_AND_APRIL)).rejects.toThrow(TicketsBusy);
    await expect(desk(store, 1).undo(1)).rejects.toThrow(/Another import of tickets is running/);
  });

  test('of overlapping files give the same months in any order, as all of them in one file', async () => {
    const store = await emptyStore();
    const ticket = fc.record({ day: fc.nat(80), password: fc.boolean() });
    const given = fc.record({
      all: fc.array(ticket, { minLength: 3, maxLength: 25 }),
      cut: fc.tuple(fc.double({ min: 0.2, max: 0.9, noNaN: true }), fc.boolean()),
    });
    let tenantId = 10;
    await fc.assert(
      fc.asyncProperty(given, async ({ all, cut: [share, swap] }) => {
        const lines = all.map(({ day, password }, i) =>
          incident(i, addDays('2026-03-01' as Day, day), password ? undefined : 'Screen'),
        );
        const until = Math.ceil(lines.length * share);
        const parts = [lines.slice(0, until), lines.slice(Math.floor(until / 2))];
        const span = { first: '2026-03-01' as Day, last: '2026-05-31' as Day };
        const months = async (files: string[][]) => {
          tenantId += 1;
          const it = desk(store, tenantId);
          for (const file of files) await it.import(fileOf(SERVICENOW, ...file), span);
          return (await it.months()).map(({ month, tickets }) => [month, tickets]);
        };

        const whole = await months([lines]);
        expect(await months(parts)).toEqual(whole);
        expect(await months(swap ? parts.toReversed() : [...parts, lines])).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });
});
