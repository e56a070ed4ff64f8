import { describe, expect, test } from 'vitest';
import { addAnnotation } from '../../db/store/annotations.ts';
import { addAssumptions } from '../../db/store/assumptions.ts';
import { parseDay } from '../../domain/day.ts';
import { DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const usable = (share: number) => ({
  ...DEFAULT_SET,
  money: { ...DEFAULT_SET.money, usableShare: share },
});

describe.each(ENGINES)('what several people do at once on %s', (_, emptyStore) => {
  test('makes one version of the assumptions each, none lost and none refused', async () => {
    const { store, tenantId } = await tenantOn(await emptyStore());

    const made = await Promise.all(
      [0.1, 0.2, 0.3, 0.4].map((share) =>
        addAssumptions(store, tenantId, { author: 'A', note: null, set: usable(share) }, 1000),
      ),
    );

    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });

  test('numbers every note', async () => {
    const { store, tenantId } = await tenantOn(await emptyStore());
    const day = parseDay('2026-03-02');
    const note = { kind: 'note' as const, day, lastDay: null, text: 'Moved', author: 'A' };

    await Promise.all([1, 2, 3, 4].map((at) => addAnnotation(store, tenantId, note, at)));

    const { annotation } = store.t;
    const rows = await store.read.select({ id: annotation.id }).from(annotation);
    expect(rows.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4]);
  });
});
