import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceText, type SeenState, stateDifference } from '../../domain/state-difference.ts';

const state = (over: Partial<SeenState> = {}): SeenState => ({
  admin: false,
  enabled: true,
  registered: true,
  capable: true,
  methods: ['email', 'mobilePhone'],
  reason: 'capable',
  ...over,
});

const words = (before: SeenState | null, after: SeenState | null) =>
  stateDifference(before, after).map(differenceText);

describe('what changed about a person', () => {
  test('who lost a phone and with it capability', () => {
    const after = state({
      registered: false,
      capable: false,
      methods: ['email'],
      reason: 'too_few_methods',
    });

    expect(stateDifference(state(), after)).toEqual([
      { kind: 'flag', flag: 'registered', from: true, to: false },
      { kind: 'flag', flag: 'capable', from: true, to: false },
      { kind: 'method_removed', method: 'mobilePhone' },
      { kind: 'reason', from: 'capable', to: 'too_few_methods' },
    ]);
    expect(words(state(), after)).toEqual([
      'no longer registered',
      'no longer capable',
      'removed: Mobile phone',
      'reason: too_few_methods',
    ]);
  });

  test('a policy took it away: the flags say so, and the methods stay', () => {
    const after = state({ enabled: false, capable: false, reason: 'not_enabled' });

    expect(words(state(), after)).toEqual([
      'no longer enabled',
      'no longer capable',
      'reason: not_enabled',
    ]);
  });

  test('methods swapped, in order of their spelling, known or not', () => {
    const after = state({ methods: ['teleport', 'fido2', 'email'] });

    expect(words(state(), after)).toEqual([
      'removed: Mobile phone',
      'added: Security key (FIDO2)',
      'added: teleport',
    ]);
  });

  test('what Graph did not say is not a no', () => {
    const unknown = state({ capable: null, admin: null, methods: null, reason: 'unknown' });

    expect(words(state(), unknown)).toEqual([
      'not told whether capable',
      'not told whether an admin',
      'methods no longer told',
      'reason: unknown',
    ]);
    expect(words(unknown, state({ admin: true }))).toEqual([
      'now capable',
      'now an admin',
      'methods told again',
      'reason: capable',
    ]);
  });

  test('somebody came, somebody left', () => {
    expect(words(null, state())).toEqual(['new in the report', 'reason: capable']);
    expect(words(state(), null)).toEqual(['no longer in the report']);
    expect(words(null, null)).toEqual([]);
  });

  test('a class of user alone changes nothing that is seen', () => {
    expect(stateDifference(state(), state())).toEqual([]);
  });
});

const flag = fc.constantFrom(true, false, null);
const anyState = fc.record({
  admin: flag,
  enabled: flag,
  registered: flag,
  capable: flag,
  methods: fc.oneof(fc.constant(null), fc.subarray(['a', 'b', 'c', 'email'])),
  reason: fc.constantFrom('capable', 'unknown', 'not_enabled'),
});

test('there and back are the same things, turned round', () => {
  fc.assert(
    fc.property(anyState, anyState, (one, other) => {
      const there = stateDifference(one, other);
      const back = stateDifference(other, one);
      expect(back).toHaveLength(there.length);
      const methods = (found: typeof there, kind: string) =>
        found.flatMap((each) => (each.kind === kind && 'method' in each ? [each.method] : []));
      expect(methods(back, 'method_added')).toEqual(methods(there, 'method_removed'));
      expect(stateDifference(one, one)).toEqual([]);
    }),
  );
});
