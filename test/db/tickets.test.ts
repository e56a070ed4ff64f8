import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acquireLease, LEASE_MS } from '../../db/store/lease.ts';
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

  test('of single tickets leave the month after them to counts', async () => {
    const it = desk(await emptyStore());
    await it.import(MARCH);

    const { report } = await it.import(
      fileOf('month,password_tickets', '2026-04,40', '2026-05,41'),
    );

    expect(report).toMatchObject({ refused: 0, passwordTickets: 81 });
    expect(await it.months()).toMatchObject([
      { month: '2026-03', tickets: 2 },
      { month: '2026-04', tickets: 40 },
      { month: '2026-05', tickets: 41 },
    ]);
  });

  test('of the day on which a file came keep counts of that day out', async () => {
    const it = desk(await emptyStore());
    // A ticket of today is in the file, which speaks until yesterday.
    const lines = [incident(1, '2026-11-02'), incident(2, '2026-11-22')];
    const { report } = await it.import(fileOf(SERVICENOW, ...lines));
    expect(report.last).toBe('2026-11-21');

    const counts = fileOf('date,password_tickets', '2026-11-21,1', '2026-11-22,9', '2026-11-23,3');
    const later = { label: 'days.csv', today: '2026-11-30' as Day };
    const { refused, refusals, passwordTickets } = await it.preview(counts, later);

    expect([refused, passwordTickets]).toEqual([2, 3]);
    expect(refusals[1]?.why).toContain('import 1 (“file.csv”) speaks for: 2026-11-22');
  });

  test('of a file of counts that is there already are not refused because of themselves', async () => {
    const store = await emptyStore();
    const it = desk(store);
    const text = fileOf('month,password_tickets', '2026-04,40', '2026-05,41');
    const { id } = await it.import(text);
    const before = await rowsOf(store, 1, [...TABLES]);

    const preview = await it.preview(text);
    const again = await it.import(text);

    const note = expect.stringMatching(/^This very file is imported already, as import 1\. /);
    const same = { refused: 0, first: '2026-04-01', last: '2026-05-31', passwordTickets: 81 };
    expect(preview).toMatchObject(same);
    expect(preview.notes[0]).toEqual(note);
    expect(again).toMatchObject({ outcome: 'unchanged', id, report: same });
    expect(again.report.notes).toEqual(preview.notes);
    expect(await rowsOf(store, 1, [...TABLES])).toEqual(before);
    expect((await it.preview(text.replace('40', '42'))).refused).toBe(2);
  });

  test('of counts tell nothing of a month between that no line is of', async () => {
    const it = desk(await emptyStore());

    const { months } = await it.preview(
      fileOf('month,password_tickets', '2026-01,3', '2026-02,0', '2026-03,soon', '2026-04,5'),
    );

    expect(months).toEqual([
      { month: '2026-01', password: 3, other: null, whole: true },
      { month: '2026-02', password: 0, other: null, whole: true },
      { month: '2026-04', password: 5, other: null, whole: true },
    ]);
  });

  test('keep no half of a character, wherever headings and cells are cut', async () => {
    const it = desk(await emptyStore());
    const heading = `${'x'.repeat(199)}😀`;
    const text = fileOf(`${heading},day,n`, `a,${'y'.repeat(39)}😀,1`, 'b,2026-03-02,2');
    const mapping = { date: 'day', number: 'n', about: [heading] };

    const { report } = await it.import(text, { mapping });

    expect(report.headings[0]).toBe('x'.repeat(199));
    expect(report.refusals[0]?.why).toBe(`has no date that can be read: “${'y'.repeat(39)}…”.`);
    expect(await it.list()).toMatchObject([{ refusals: report.refusals }]);
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

  test('that another import took over from stop in a sentence, and count nowhere', async () => {
    const store = await emptyStore();
    await desk(store).import(MARCH);
    const taken = () => {
      let left = 2;
      return Object.assign(Object.create(store) as Store, {
        tx: async <T>(work: (db: Db) => Promise<T>) => {
          left -= 1;
          const now = NOW + LEASE_MS + 1;
          if (left === 0)
            await acquireLease(store, { tenantId: 1, job: 'tickets', holder: 'another', now });
          return store.tx(work);
        },
      });
    };

    const importing = desk(store).import(MARCH_AND_APRIL, { store: taken() });
    await expect(importing).rejects.toThrow(TicketsBusy);
    await expect(importing).rejects.toThrow(/another import of tickets has taken over/);
    expect(await desk(store).months()).toHaveLength(1);
    await store.tx((db) => db.delete(store.t.lease));
    await expect(desk(taken()).undo(1)).rejects.toThrow(TicketsBusy);
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
