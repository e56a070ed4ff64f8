import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../../domain/day.ts';
import { causeOf } from '../../../domain/surveillance/cause.ts';
import type { MethodHealth } from '../../../domain/surveillance/evidence.ts';
import { aThroughReset, someEvidence, someExcess } from '../../build/evidence.ts';
import { dayAt, START } from '../../build/findings.ts';

const health = (
  method: string,
  [started, passed]: [number, number],
  [usualStarted, usualPassed]: [number, number],
): MethodHealth => ({ method, started, passed, usualStarted, usualPassed });

const SMS = 'mobile SMS';
const smsDown = [
  health(SMS, [40, 2], [400, 360]),
  health('email', [20, 17], [300, 270]),
  health('mobile app code', [9, 8], [200, 190]),
];
const homes = Array.from({ length: 20 }, (_, i): [string, number, number] => [`home ${i}`, 2, 0]);
const bySms = someExcess('method', [[SMS, 40, 2]]);
const stops = (code: string) => [
  {
    ...{ rule: 'configuration_stops' as const, subject: { kind: 'reason' as const, id: code } },
    ...{ value: 40, threshold: 5, learnedOn: null, level: 'alert' as const },
  },
];

describe('a method out of order', () => {
  test('is what makes the excess, passes far less than usual, and fails for everybody', () => {
    const told = causeOf(
      someEvidence({ methods: smsDown, explainedBy: [bySms, someExcess('address', homes)] }),
    );
    expect(told.cause).toBe('broken_method');
    expect(told.because.join(' ')).toContain('2 of 40 starts of mobile SMS passed, against 90 %');
  });

  test('is one also where everybody fails from one office, whose address is usual', () => {
    const office = someExcess('address', [['office', 45, 1.6]]);
    const told = causeOf(someEvidence({ methods: smsDown, explainedBy: [bySms, office] }));
    expect(told.cause).toBe('broken_method');
  });

  test('is one also where the alert holds hours before and after the fault', () => {
    const methods = [health(SMS, [78, 36], [502, 459]), ...smsDown.slice(1)];
    const explainedBy = [bySms, someExcess('address', homes)];
    expect(causeOf(someEvidence({ methods, explainedBy })).cause).toBe('broken_method');
  });

  test('is none where another method fell as well, or this one is hardly known', () => {
    const explainedBy = [bySms, someExcess('address', homes)];
    const both = [smsDown[0], health('email', [20, 1], [300, 270])].filter((one) => !!one);
    expect(causeOf(someEvidence({ methods: both, explainedBy })).cause).toBe('unclear');
    const young = [health(SMS, [40, 2], [19, 18])];
    expect(causeOf(someEvidence({ methods: young, explainedBy })).cause).toBe('unclear');
  });

  test('is none where few new addresses make the excess', () => {
    const few = someExcess('address', [['x', 30, 0]]);
    const told = causeOf(someEvidence({ methods: smsDown, explainedBy: [bySms, few] }));
    expect(told.cause).toBe('attack');
  });
});

describe('an attack', () => {
  const five = someExcess(
    'address',
    ['a', 'b', 'c', 'd', 'e'].map((address) => [address, 12, 0]),
  );

  test('is many people from few addresses, with what was seen and what came of it', () => {
    const told = causeOf(
      someEvidence({
        ...{ people: 55, addresses: 8, explainedBy: [five] },
        through: [aThroughReset(), aThroughReset({ newAddress: null })],
      }),
    );
    expect(told.cause).toBe('attack');
    expect(told.because).toEqual([
      '5 addresses bring 90 % of the excess: 60 failed verifications.',
      '55 people failed from 8 addresses in all.',
      'None of them was seen in the 90 days before.',
      '2 resets that belong to it went through, 1 from an address never seen for that person.',
    ]);
  });

  test('is one though an address was tried before, and whatever was changed the day before', () => {
    const known = someExcess('address', [
      ['a', 40, 0.1],
      ['b', 20, 0],
    ]);
    const night = { ...{ observed: 60, expected: 0.01 }, people: 55, explainedBy: [known] };
    const changes = [{ day: dayAt(0), text: 'Password reset policy changed.' }];
    const told = causeOf(someEvidence({ ...night, rules: stops('no_licence'), changes }));
    expect(told.cause).toBe('attack');
  });

  test('is none where as many addresses as people failed once or twice, new as they may be', () => {
    const told = causeOf(
      someEvidence({ people: 20, addresses: 20, explainedBy: [someExcess('address', homes)] }),
    );
    expect(told.cause).toBe('unclear');
  });

  test('is none where nobody knows the addresses', () => {
    const unknown = someExcess('address', [[null, 60, 0]]);
    expect(causeOf(someEvidence({ explainedBy: [unknown] })).cause).toBe('unclear');
  });
});

describe('a change of settings', () => {
  const changed = [{ day: dayAt(-1), text: 'The policy of self-service reset changed.' }];
  const writeback = [{ day: dayAt(0), text: 'Password writeback was switched off.' }];

  test('of policy is one before flows are stopped', () => {
    const told = causeOf(
      someEvidence({ series: [], rules: stops('not_enabled'), changes: changed }),
    );
    expect(told.cause).toBe('policy_change');
    expect(told.because).toHaveLength(2);
  });

  test('of writeback is one before flows are stopped for it', () => {
    const rules = stops('managed_on_premises');
    expect(causeOf(someEvidence({ rules, changes: writeback })).cause).toBe('writeback');
    expect(causeOf(someEvidence({ rules: stops('no_licence'), changes: writeback })).cause).toBe(
      'unclear',
    );
  });

  test('of policy is one before many people can no longer reset, up to the day of the snapshot that found it', () => {
    const rules = [
      {
        ...{ rule: 'capability_lost' as const, subject: null, value: 507, threshold: 20 },
        ...{ learnedOn: null, level: 'watch' as const },
      },
    ];
    const found = { series: [], rules, startAt: START, endAt: START + 24 * HOUR_MS + 1 };
    const on = (day: number, text = changed[0]?.text ?? '') => [{ day: dayAt(day), text }];
    for (const day of [-1, 0, 1]) {
      const told = causeOf(someEvidence({ ...found, changes: on(day) }));
      expect(told.cause).toBe('policy_change');
      expect(told.because.at(-1)).toBe(
        '507 people could reset their own password at the snapshot before, and cannot any more.',
      );
    }
    expect(causeOf(someEvidence({ ...found, changes: on(2) })).cause).toBe('unclear');
    expect(causeOf(someEvidence({ ...found, changes: writeback })).cause).toBe('writeback');
    const alone = causeOf(someEvidence(found));
    expect(alone.cause).toBe('unclear');
    expect(alone.because.at(-1)).toContain('no change of policy');
  });

  test('is not one that came after', () => {
    const later = changed.map((change) => ({ ...change, day: dayAt(3) }));
    const told = causeOf(someEvidence({ rules: stops('not_enabled'), changes: later }));
    expect(told.cause).toBe('unclear');
  });

  test('goes with a method that nobody starts any more', () => {
    const told = causeOf(
      someEvidence({
        ...{ methods: [health('security questions', [0, 0], [2800, 2500])], changes: changed },
      }),
    );
    expect(told.cause).toBe('policy_change');
    expect(told.because.at(-1)).toContain('Nobody starts security questions any more');
  });
});

test('what fits nothing is left open, and says what was seen', () => {
  const told = causeOf(someEvidence({ explainedBy: [someExcess('country', [['DE', 50, 1]])] }));
  expect(told.cause).toBe('unclear');
  expect(told.because[0]).toBe('One country makes up at least 80 % of the excess.');
  expect(causeOf(someEvidence({ series: [] }))).toEqual({ cause: 'unclear', because: [] });
});
