import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AdminReset,
  type AdminResetInput,
  adminResetKinds,
  isAdminReset,
} from '../../domain/admin-reset.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { anAdminReset, NINE, RESET, shuffled } from './records.ts';

const INPUT: AdminResetInput = { createdAt: () => null, population: null, automationAccounts: [] };

function kindOf(over: Partial<AuditRecord>, input: Partial<AdminResetInput> = {}) {
  return adminResetKinds([anAdminReset(0, over)], { ...INPUT, ...input })[0]?.kind;
}

describe('a reset by an admin', () => {
  test.each([
    [{}, true],
    [{ activity: ' reset password (By Admin). ' }, true],
    [{ result: 'failure' }, false],
    [{ activity: RESET }, false],
    [{ activity: 'Reset user password' }, false],
    [{ activity: 'Change password (self-service)' }, false],
  ])('%o: %s', (over, expected) => {
    expect(isAdminReset(anAdminReset(0, over))).toBe(expected);
  });

  test('is told of once, by instant, then id, with its target, its operator and its agent', () => {
    const records = [
      anAdminReset(2, { id: 'c', onPremisesAgent: 'None' }),
      anAdminReset(1, { id: 'b' }),
      anAdminReset(1, { id: 'a', targetId: null }),
      anAdminReset(1, { id: 'b' }),
      anAdminReset(0, { result: 'failure' }),
    ];

    const by = { kind: 'counted', operatorId: 'grace', agent: null };
    expect(adminResetKinds(records, INPUT)).toEqual([
      { id: 'a', at: NINE + HOUR_MS, personId: null, ...by },
      { id: 'b', at: NINE + HOUR_MS, personId: 'ada', ...by },
      { id: 'c', at: NINE + 2 * HOUR_MS, personId: 'ada', ...by, agent: 'None' },
    ]);
  });
});

describe('who did it', () => {
  test.each([
    ['a person for somebody else', {}, 'counted'],
    ['a person for an unknown target', { targetId: null }, 'counted'],
    ['nobody the record names', { initiatorId: null, initiatorName: null }, 'unknown_initiator'],
    ['the person itself', { initiatorId: 'ada' }, 'self'],
    ['an app', { initiatorIsApp: true, initiatorId: null }, 'automation'],
    ['an app beside a person', { initiatorIsApp: true }, 'automation'],
    ['Entra Connect', { initiatorName: 'SYNC_server_1@contoso.example' }, 'automation'],
    ['Cloud Sync', { initiatorName: 'ADToAADSyncServiceAccount@contoso.example' }, 'automation'],
    ['Identity Manager', { initiatorName: 'fim_password_service@x.example' }, 'automation'],
    ['a person whose name only holds it', { initiatorName: 'resync_@contoso.example' }, 'counted'],
    ['a person without a name', { initiatorName: null }, 'counted'],
  ])('%s', (_, over, kind) => {
    expect(kindOf(over)).toBe(kind);
  });

  test('an account in the setting is automation, by name or by object id, in any case', () => {
    expect(kindOf({}, { automationAccounts: ['GRACE@contoso.example'] })).toBe('automation');
    expect(kindOf({}, { automationAccounts: [' Grace '] })).toBe('automation');
    expect(kindOf({}, { automationAccounts: ['grac', ''] })).toBe('counted');
    expect(kindOf({ initiatorName: null }, { automationAccounts: [''] })).toBe('counted');
  });
});

describe('a first password', () => {
  test.each([
    [0, 'first_password'],
    [DAY_MS, 'first_password'],
    [DAY_MS + 1, 'counted'],
    [-1, 'counted'],
  ])('set %d ms after the account was made: %s', (ageMs, kind) => {
    expect(kindOf({}, { createdAt: () => NINE - ageMs })).toBe(kind);
  });

  test('needs a date of creation and a target', () => {
    expect(kindOf({}, { createdAt: () => null })).toBe('counted');
    expect(kindOf({ targetId: null }, { createdAt: () => NINE })).toBe('counted');
  });
});

/** Resets of `count` people, one after the other, all `hours` after nine. */
function resetsOf(count: number, hours: number, prefix = 'p'): AuditRecord[] {
  return Array.from({ length: count }, (_, n) =>
    anAdminReset(hours, { id: `${prefix}-${hours}-${n}`, targetId: `${prefix}-${n}` }),
  );
}

function kinds(records: AuditRecord[], input: Partial<AdminResetInput> = {}) {
  const counts: Record<string, number> = {};
  for (const { kind } of adminResetKinds(records, { ...INPUT, ...input })) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

describe('a mass reset', () => {
  test('has 25 people in 24 hours, ends included', () => {
    const others = resetsOf(24, 0);

    expect(kinds([...others, ...resetsOf(1, 24, 'q')])).toEqual({ mass: 25 });
    expect(kinds([...others, ...resetsOf(1, 24.001, 'q')])).toEqual({ counted: 25 });
    expect(kinds(others)).toEqual({ counted: 24 });
  });

  test('has 5 % of a large population, and that is enough', () => {
    expect(kinds(resetsOf(30, 0), { population: 600 })).toEqual({ mass: 30 });
    expect(kinds(resetsOf(30, 0), { population: 601 })).toEqual({ counted: 30 });
    expect(kinds(resetsOf(24, 0), { population: 10 })).toEqual({ counted: 24 });
  });

  test('counts people, not resets, and no unknown ones', () => {
    const again = resetsOf(24, 0).map((record) => ({ ...record, id: `${record.id}-again` }));
    const unknown = anAdminReset(0, { id: 'unknown', targetId: null });

    expect(kinds([...resetsOf(24, 0), ...again, unknown])).toEqual({ counted: 49 });
    expect(kinds([...resetsOf(25, 0), ...again, unknown])).toEqual({ mass: 50 });
  });

  test('is looked for in what remains: first passwords and scripts make none', () => {
    const firsts = new Set(resetsOf(5, 0).map(({ targetId }) => targetId));
    const createdAt = (id: string) => (firsts.has(id) ? NINE : null);

    expect(kinds(resetsOf(29, 0), { createdAt })).toEqual({ first_password: 5, counted: 24 });
    expect(kinds(resetsOf(30, 0), { createdAt })).toEqual({ first_password: 5, mass: 25 });
  });

  test('leaves the resets outside its 24 hours alone', () => {
    const before = resetsOf(1, -24.5, 'before');
    const after = resetsOf(1, 25.5, 'after');

    expect(kinds([...before, ...resetsOf(25, 0), ...after])).toEqual({ mass: 25, counted: 2 });
  });
});

/** The rule word by word, every window looked at on its own: for comparison only. */
function massWordByWord(counted: AdminReset[], population: number | null): Set<string> {
  const enough = Math.max(25, (population ?? 0) / 20);
  const mass = new Set<string>();
  for (const since of counted.map(({ at }) => at)) {
    const window = counted.filter(({ at }) => at >= since && at <= since + DAY_MS);
    const people = new Set(window.map(({ personId }) => personId).filter((id) => id !== null));
    if (people.size >= enough) for (const { id } of window) mass.add(id);
  }
  return mass;
}

const manyResets = fc
  .array(fc.record({ hours: fc.nat(96), person: fc.nat(60), known: fc.boolean() }), {
    minLength: 60,
    maxLength: 200,
    size: 'max', // fast-check prefers short lists, which hold no mass reset
  })
  .map((resets) =>
    resets.map(({ hours, person, known }, n) =>
      anAdminReset(hours, { id: `r${n}`, targetId: known || person > 5 ? `p${person}` : null }),
    ),
  );

test('the mass resets found in one walk are those found window by window', () => {
  const population = fc.constantFrom(null, 10, 500, 560, 640, 800);
  let some = 0;
  fc.assert(
    fc.property(manyResets, population, (records, people) => {
      const resets = adminResetKinds(records, { ...INPUT, population: people });
      const mass = resets.filter(({ kind }) => kind === 'mass').map(({ id }) => id);
      if (mass.length > 0 && mass.length < resets.length) some++;

      expect(new Set(mass)).toEqual(massWordByWord(resets, people));
    }),
  );
  expect(some).toBeGreaterThan(5);
});

test('any order and any repetition of the records give the same kinds', () => {
  const cases = manyResets.chain((records) => fc.tuple(fc.constant(records), shuffled(records)));
  fc.assert(
    fc.property(cases, ([records, again]) => {
      expect(adminResetKinds(again, INPUT)).toEqual(adminResetKinds(records, INPUT));
    }),
  );
});
