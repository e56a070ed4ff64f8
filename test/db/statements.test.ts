import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { statementMonth, statementMonths } from '../../db/queries/statement-months.ts';
import { type StatementRow, statements } from '../../db/queries/statements.ts';
import { addAssumptions } from '../../db/store/assumptions.ts';
import { frozenBody, hashOf } from '../../db/store/statements.ts';
import type { Store } from '../../db/store-types.ts';
import { type Day, dayCutter, HOUR_MS } from '../../domain/day.ts';
import { isReproduced } from '../../domain/statement/body.ts';
import { canonicalJson } from '../../domain/statement/canonical.ts';
import {
  AS_OF,
  collectedYear,
  forgetAll,
  freeze,
  MONTHS,
  OWN_SET,
  put,
  tryAt,
  work,
  YEAR,
} from '../build/frozen-year.ts';
import { ENGINES } from '../build/stores.ts';

const ASKED = { tenantId: 1, timeZone: YEAR.timeZone };

function bodyOf(row: StatementRow) {
  const body = frozenBody(row.body);
  if (!body) throw new Error('no JSON');
  return body;
}

async function assume(store: Store, monthlyCost: number): Promise<void> {
  const set = { ...OWN_SET, money: { ...OWN_SET.money, monthlyCost } };
  await addAssumptions(store, 1, { author: 'Bob', note: 'dearer', set }, AS_OF);
}

/** The frozen texts of the year by engine: the same on all of them. */
const texts = new Map<string, string[]>();

describe.each(ENGINES)('statements on %s', (engine, emptyStore) => {
  test('of a year stay as they are, to the byte, when logs are gone and assumptions change', async () => {
    const store = await emptyStore();
    await collectedYear(store);
    const made: StatementRow[] = [];
    for (const month of MONTHS) made.push(await freeze(store, month));

    await assume(store, 900);
    await forgetAll(store);

    const found = await statements(store, 1);
    expect(found).toEqual(made.toReversed());
    for (const row of found) {
      const body = bodyOf(row);
      expect([row.month, hashOf(row.body), canonicalJson(body)]).toEqual([
        ...[row.month, row.hash, row.body],
      ]);
      expect([row.month, isReproduced(body)]).toEqual([row.month, true]);
      expect(body.assumptions).toMatchObject({ version: 1, author: 'Ada', set: OWN_SET });
    }
    texts.set(
      engine,
      made.map(({ body }) => body),
    );
  });

  test('hold the figures of the month, its gaps, its tickets and the year before; of months that were read and settled', async () => {
    const store = await emptyStore();
    expect(await statementMonths(store, ASKED)).toEqual([]);
    await collectedYear(store);

    const july = bodyOf(await freeze(store, '2025-07'));
    const march = bodyOf(await freeze(store, '2026-03'));

    expect(july).toMatchObject({
      ...{ format: 1, program: '1.2.3', tenant: 'Contoso', timeZone: 'Europe/Vienna' },
      ...{ asOf: new Date(AS_OF).toISOString(), daysCollected: 28, days: 31, hybrid: null },
      gaps: [{ first: '2025-07-04', last: '2025-07-06' }],
      imports: [{ id: '1', label: 'tickets of the year.csv', hash: 'ab'.repeat(32) }],
    });
    expect(march.gaps).toEqual([]);
    expect(march.trend.map(({ month }) => month)).toEqual(MONTHS);
    expect(march.trend.map(({ tickets }) => tickets)).toEqual(MONTHS.map((_, n) => 100 - 5 * n));
    expect(march.figures).toMatchObject({ evidence: 'tickets', counts: { tickets: 40 } });
    expect(march.figures.served).toEqual(march.trend.at(-1)?.served);
    expect(july.trend[0]).toMatchObject({ month: '2024-07', daysCollected: 0, avoided: null });
    const since = march.assumptions.stated.find(({ path }) => path === 'money.monthlyCost');
    expect(since).toEqual({
      ...{ path: 'money.monthlyCost', title: 'Running cost', value: '100 EUR per month' },
      ...{ isDefault: false, source: 'Typed in.' },
    });

    await assume(store, 200);
    const newest = await freeze(store, '2026-03');

    const months = await statementMonths(store, ASKED);

    expect(months.map(({ month }) => month)).toEqual(['2026-04', ...MONTHS.toReversed()]);
    expect(months.map(({ freezable }) => freezable)).toEqual([false, ...MONTHS.map(() => true)]);
    expect(months[0]).toMatchObject({
      ...{ daysCollected: 6, days: 30, freezableFrom: '2026-05-04T22:00:00.000Z' },
      why: expect.stringContaining('up to 5 May 2026, 00:00 (Europe/Vienna)'),
    });
    expect(months.find(({ month }) => month === '2025-07')).toMatchObject({ daysCollected: 28 });
    expect(months.flatMap(({ statement }) => statement ?? [])).toEqual([String(newest.id), '1']);
    expect(await statementMonth(store, { ...ASKED, month: '2024-12' })).toMatchObject({
      ...{ daysCollected: 0, freezable: false, why: expect.stringContaining('No day of December') },
    });
  });

  test('are refused without a difference, and become a new revision with one or when tampered with', async () => {
    const store = await emptyStore();
    await collectedYear(store);
    const first = await freeze(store, '2026-02');

    await expect(freeze(store, '2026-02')).rejects.toThrow(
      'Nothing has changed since statement 1 (revision 1) was frozen',
    );
    await assume(store, 200);
    const second = await freeze(store, '2026-02');
    const other = await freeze(store, '2026-01');

    expect([first, second, other].map(({ id, revision }) => [id, revision])).toEqual([
      ...[
        [1, 1],
        [2, 2],
        [3, 1],
      ],
    ]);
    expect([first.assumptionsVersion, second.assumptionsVersion]).toEqual([1, 2]);
    const kept = await statements(store, 1);
    expect(kept.map(({ id }) => id)).toEqual([2, 1, 3]);
    expect(kept[1]).toEqual(first);

    const { statement } = store.t;
    const body = bodyOf(second);
    const better = canonicalJson({ ...body, figures: { ...body.figures, evidence: 'logs' } });
    await store.tx((db) => db.update(statement).set({ body: better }).where(eq(statement.id, 2)));

    const [row] = await statements(store, 1);
    if (!row) throw new Error('gone');
    expect(hashOf(row.body)).not.toBe(row.hash);
    expect(isReproduced(bodyOf(row))).toBe(false);
    expect((await freeze(store, '2026-02')).revision).toBe(3);
  });

  test('stay when late records come or the time zone changes, which a new revision tells', async () => {
    const store = await emptyStore();
    const lease = await collectedYear(store);
    const first = await freeze(store, '2026-02');
    const late = dayCutter(YEAR.timeZone).startOf('2026-02-14' as Day) + 12 * HOUR_MS;

    await put(lease, tryAt(late, 987_654));
    await work(lease);
    const second = await freeze(store, '2026-02');
    const { tenant } = store.t;
    await store.tx((db) => db.update(tenant).set({ timeZone: 'Pacific/Auckland' }));
    await work(lease, 'Pacific/Auckland');
    const third = await freeze(store, '2026-02', 'Pacific/Auckland');

    expect((await statements(store, 1)).map(({ revision }) => revision)).toEqual([3, 2, 1]);
    expect((await statements(store, 1)).at(-1)).toEqual(first);
    const served = [first, second, third].map((row) => bodyOf(row).figures.counts.selfServed);
    expect(served[1]).toBe((served[0] ?? 0) + 1);
    expect(bodyOf(third).timeZone).toBe('Pacific/Auckland');
    for (const row of [first, second, third]) expect(isReproduced(bodyOf(row))).toBe(true);
  });
});

test('statements are the same text on every engine', () => {
  const [first, ...others] = texts.values();

  expect(first).toHaveLength(MONTHS.length);
  for (const other of others) expect(other).toEqual(first);
});
