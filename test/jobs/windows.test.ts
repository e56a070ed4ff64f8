import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWindows, recordWindow } from '../../db/store/windows.ts';
import type { Store } from '../../db/store-types.ts';
import type { ReadWindow } from '../../domain/collected.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { allOf, halves, likelyFloor, stretch } from '../../jobs/feeds/audit-windows.ts';
import { ENGINES } from '../build/stores.ts';
import { shuffled } from '../domain/records.ts';

const someWindows = fc.array(
  fc.tuple(fc.nat(30), fc.nat(8)).map(([since, length]) => ({ since, until: since + length })),
  { maxLength: 8 },
);

/** Which of the instants 0 to 40, and the moments between them, some windows hold. */
function held(windows: ReadWindow[]): number[] {
  const halfs = Array.from({ length: 81 }, (_, i) => i / 2);
  return halfs.filter((at) => windows.some(({ since, until }) => since <= at && at <= until));
}

async function recorded(store: Store, tenantId: number, windows: ReadWindow[]) {
  for (const window of windows)
    await store.tx((db) => recordWindow(store, db, { tenantId, feed: 'resets', ...window }));
  return readWindows(store, store.read, { tenantId, feed: 'resets' });
}

describe.each(ENGINES)('windows that were read, on %s', (_, emptyStore) => {
  test('are the same set in any order and however often: no gap lost, none invented (P4, P9)', async () => {
    const store = await emptyStore();
    let tenantId = 0;
    const ordersOf = someWindows.chain((windows) =>
      fc.tuple(fc.constant(windows), shuffled(windows)),
    );
    await fc.assert(
      fc.asyncProperty(ordersOf, async ([windows, again]) => {
        const first = await recorded(store, ++tenantId, windows);
        const second = await recorded(store, ++tenantId, again);

        expect(second).toEqual(first);
        expect(held(first)).toEqual(held(windows));
        for (const [i, { since }] of first.entries())
          expect(first[i - 1]?.until ?? -1).toBeLessThan(since);
      }),
      { numRuns: 15 },
    );
  });

  test('of another feed or tenant are not touched', async () => {
    const store = await emptyStore();
    await recorded(store, 1, [{ since: 0, until: 10 }]);
    await recorded(store, 2, [{ since: 5, until: 15 }]);
    await store.tx((db) =>
      recordWindow(store, db, { tenantId: 1, feed: 'security-info', since: 8, until: 20 }),
    );

    const read = (tenantId: number, feed: string) =>
      readWindows(store, store.read, { tenantId, feed });
    expect(await read(1, 'resets')).toEqual([{ since: 0, until: 10 }]);
    expect(await read(2, 'resets')).toEqual([{ since: 5, until: 15 }]);
    expect(await read(1, 'security-info')).toEqual([{ since: 8, until: 20 }]);
  });
});

describe('windows to ask for', () => {
  const now = Date.UTC(2026, 2, 30, 4, 10);

  test('leave no gap between them, however long the stretch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * DAY_MS }), (length) => {
        const windows = stretch(now - length, now);
        expect(windows[0]?.since).toBe(now - length);
        expect(windows.at(-1)?.until).toBe(now);
        for (const [i, { since }] of windows.entries())
          if (i > 0) expect(since).toBe(windows[i - 1]?.until);
      }),
    );
  });

  test('of all that Graph keeps begin with what is older than it says it keeps', () => {
    const [deep, ...rest] = allOf(now);

    expect(deep).toMatchObject({ until: now - 30 * DAY_MS, deep: true });
    expect(rest[0]?.since).toBe(deep?.until);
    expect(rest.at(-1)?.until).toBe(now);
  });

  test('too much at once are halved without a gap, down to an hour', () => {
    const window = { since: now - DAY_MS, until: now, deep: false };
    const [early, late] = halves(window) ?? [];

    expect(early).toMatchObject({ since: window.since, until: late?.since });
    expect(late?.until).toBe(now);
    expect(halves({ ...window, since: now - 2 * HOUR_MS + 1 })).toBeNull();
  });

  test('a refused instant is never asked for again', () => {
    expect(likelyFloor(now - 400 * DAY_MS, now)).toBeGreaterThan(now - 30 * DAY_MS);
    expect(likelyFloor(now - 29 * DAY_MS, now)).toBeGreaterThan(now - 7 * DAY_MS);
  });
});
