import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { BadCursor } from '../../db/queries/people-cursor.ts';
import { registrationChanges } from '../../db/queries/registration-changes.ts';
import { registrationMoves } from '../../db/queries/registration-moves.ts';
import { changeIntervals } from '../../db/store/exclusion-intervals.ts';
import { type Bucket, bucketStart, type Day, daysBetween, nextDay } from '../../domain/day.ts';
import { reasonOf } from '../../domain/registration.ts';
import { type CollectedHistory, collectedHistory } from '../build/collected-history.ts';
import { type ModelMove, PopulationModel } from '../build/population-model.ts';
import type { CopiedDay } from '../build/registration-days.ts';
import { ENGINES } from '../build/stores.ts';

const MOVES: ModelMove[] = ['gained', 'lost', 'arrived', 'departed'];
const BUCKETS: Bucket[] = ['day', 'week', 'month'];

/** Every list that the answer gives, page by page. */
async function allChanges(
  { store }: CollectedHistory,
  period: Pick<CollectedHistory, 'first' | 'last'> & { move: ModelMove },
  limit: number,
) {
  const found = [];
  for (let cursor: string | undefined; ; ) {
    const page = await registrationChanges(store, { tenantId: 1, ...period, limit, cursor });
    expect(page.changes.length).toBeLessThanOrEqual(limit);
    found.push(...page.changes);
    if (page.nextCursor === null) return { total: page.total, changes: found };
    expect(page.changes).toHaveLength(limit);
    cursor = page.nextCursor;
  }
}

/** What the model says was seen of somebody. */
function seen(copy: CopiedDay | undefined, id: string) {
  const state = copy?.people.get(id)?.row.state;
  if (!state) return null;
  const { admin, enabled, registered, capable, methods } = state;
  const sorted = methods && [...methods].sort();
  return { admin, enabled, registered, capable, methods: sorted, reason: reasonOf(state) };
}

/** Holds the bars of every bucket, and the people behind them, to full copies; answers how many people moved. */
async function expectAsCopied(history: CollectedHistory): Promise<number> {
  const { store, model, first, last, numberOf } = history;
  const days = daysBetween(first, last);
  let people = 0;
  for (const bucket of BUCKETS) {
    const { buckets } = await registrationMoves(store, { tenantId: 1, first, last, bucket });
    const groups = Map.groupBy(days, (day) => bucketStart(day, bucket));
    expect(buckets.map(({ start }) => start)).toEqual([...groups.values()].map((all) => all[0]));
    for (const [i, own] of [...groups.values()].entries()) {
      const snapshots = model.copies.flatMap(({ day }, n) => (own.includes(day) ? [n] : []));
      const compared = snapshots.filter((n) => n > 0);
      const bar = buckets[i];
      const sum = (move: ModelMove) =>
        compared.length === 0
          ? null
          : compared.reduce((all, n) => all + model.moved(n, move).length, 0);
      expect(bar).toEqual({
        start: own[0],
        ...Object.fromEntries(MOVES.map((move) => [move, sum(move)])),
        daysCollected: new Set(snapshots.map((n) => model.copies[n]?.day)).size,
      });
      if (bucket === 'week') continue; // the days and months say it
      const period = { first: own[0] ?? first, last: own.at(-1) ?? last };
      for (const move of MOVES) {
        const { total, changes } = await allChanges(history, { ...period, move }, 200);
        expect([total, changes.length]).toEqual([sum(move) ?? 0, sum(move) ?? 0]);
      }
    }
  }

  for (const move of MOVES) {
    const expected = model.copies
      .flatMap((copy, n) =>
        model
          .moved(n, move)
          .sort((a, b) => Number(numberOf.get(a)) - Number(numberOf.get(b)))
          .map((id) => ({
            n,
            day: copy.day,
            id,
            before: seen(model.copies[n - 1], id),
            after: seen(copy, id),
          })),
      )
      .sort((a, b) => b.n - a.n)
      .map(({ n: _, ...change }) => change);
    const { changes } = await allChanges(history, { first, last, move }, 3);
    expect(changes.map(({ person, ...change }) => ({ ...change, id: person.id }))).toEqual(
      expected,
    );
    people += expected.length;
  }
  return people;
}

describe.each(ENGINES)('who gained and lost capability, on %s', (_, emptyStore) => {
  test.each([1, 2])(
    'the bars and the people behind them are those of full copies (seed %i)',
    async (seed) => {
      const history = await collectedHistory(await emptyStore(), { seed });

      expect(await expectAsCopied(history)).toBeGreaterThan(15);
    },
  );

  test('people who are left out after the snapshot of the day departed on it, and come back', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 3, snapshots: 9 });
    const { store, lease, last, model, numberOf } = history;
    const copy = model.copies.at(-1);
    const some = copy ? model.population(copy).slice(0, 6) : [];
    const ids = some.map(({ row }) => row.id);
    const personIds = ids.map((id) => Number(numberOf.get(id)));
    const day = { personIds, day: last, today: last };
    const interval = { tenantId: 1, exclusionId: 999, firstDay: last, endDay: null };
    const { personExclusion } = store.t;

    await lease.tx((db) =>
      changeIntervals(lease, db, day, async () => {
        await db
          .insert(personExclusion)
          .values(personIds.map((personId) => ({ ...interval, personId })));
      }).then(() => undefined),
    );

    const leftOut = ids.map((id) => ({ id, firstDay: last, endDay: null }));
    const after = new PopulationModel(model.copies, [...model.leftOut, ...leftOut]);
    await expectAsCopied({ ...history, model: after });

    await lease.tx((db) =>
      changeIntervals(lease, db, day, async () => {
        await db.delete(personExclusion).where(eq(personExclusion.exclusionId, 999));
      }).then(() => undefined),
    );
    await expectAsCopied(history);
  });

  test('where nothing can be compared a bar is null, and nobody is behind it', async () => {
    const { store, first } = await collectedHistory(await emptyStore(), { seed: 4, snapshots: 1 });
    const last = nextDay(first);
    const none = { gained: null, lost: null, arrived: null, departed: null };

    const bars = await registrationMoves(store, { tenantId: 1, first, last, bucket: 'day' });

    expect(bars.buckets).toEqual([
      { start: first, ...none, daysCollected: 1 },
      { start: last, ...none, daysCollected: 0 },
    ]);
    for (const move of MOVES)
      expect(
        await registrationChanges(store, { tenantId: 1, first, last, move, limit: 5 }),
      ).toEqual({ changes: [], nextCursor: null, total: 0 });
  });

  test.each(['', 'x', 'W10', Buffer.from('[1,-1]').toString('base64url')])(
    'a cursor that this list has not given is refused: %j',
    async (cursor) => {
      const store = await emptyStore();
      const period = { first: '2026-01-01' as Day, last: '2026-01-02' as Day };
      const question = { tenantId: 1, ...period, move: 'lost' as const, limit: 5, cursor };
      await expect(registrationChanges(store, question)).rejects.toThrow(BadCursor);
    },
  );
});
