import { describe, expect, test } from 'vitest';
import type { FlowOutcome } from '../../../domain/flow-outcome.ts';
import { adminSelfReset } from '../../../domain/surveillance/rules/admin-self-reset.ts';
import { blockedAttempts } from '../../../domain/surveillance/rules/blocked-attempts.ts';
import { capabilityLost } from '../../../domain/surveillance/rules/capability-lost.ts';
import { configurationStops } from '../../../domain/surveillance/rules/configuration-stops.ts';
import type { DayAdminReset, DayFlow } from '../../../domain/surveillance/rules/day-facts.ts';
import { manyResetsByOneOperator } from '../../../domain/surveillance/rules/many-resets-by-one-operator.ts';
import { oneAddressManyPeople } from '../../../domain/surveillance/rules/one-address-many-people.ts';
import { onePersonManyMethods } from '../../../domain/surveillance/rules/one-person-many-methods.ts';
import { phoneOnlyReset } from '../../../domain/surveillance/rules/phone-only-reset.ts';
import { rejectedPasswords } from '../../../domain/surveillance/rules/rejected-passwords.ts';
import { resetAfterFailure } from '../../../domain/surveillance/rules/reset-after-failure.ts';
import { isSecurityInfoChange } from '../../../domain/surveillance/rules/security-info-change.ts';
import { securityInfoNearReset } from '../../../domain/surveillance/rules/security-info-near-reset.ts';
import { MINUTE_MS, NINE } from '../records.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** A flow of ada's from 192.0.2.1, `start` to `end` minutes after nine. */
function flow(
  outcome: FlowOutcome,
  { start = 0, end = start + 5, ...over }: { start?: number; end?: number } & Partial<DayFlow> = {},
): DayFlow {
  const lastAt = NINE + end * MINUTE_MS;
  const succeeded = outcome === 'completed' || outcome === 'unlocked';
  return {
    id: `flow-${start}`,
    personId: 'ada',
    address: '192.0.2.1',
    startedAt: NINE + start * MINUTE_MS,
    lastAt,
    succeededAt: succeeded ? lastAt : null,
    outcome,
    reason: null,
    admin: false,
    ...over,
  };
}

/** A counted reset of a person by grace, `minute` minutes after nine. */
function reset(personId: string, minute = 0, over: Partial<DayAdminReset> = {}): DayAdminReset {
  const at = NINE + minute * MINUTE_MS;
  return {
    id: `${personId}-${minute}`,
    personId,
    operatorId: 'grace',
    kind: 'counted',
    at,
    ...over,
  };
}

const told = (values: { subject: string; value: number }[]) =>
  values.map(({ subject, value }) => [subject, value]);

describe('blocked attempts', () => {
  test('are the flows of the tenant that ended blocked, from the first to the last of them', () => {
    const flows = [
      flow('blocked', { start: 10, end: 12 }),
      flow('failed', { start: 20 }),
      flow('blocked', { start: 30, end: 45, personId: null }),
    ];

    expect(blockedAttempts(flows)).toEqual([
      {
        rule: 'blocked_attempts',
        subject: '',
        value: 2,
        startAt: NINE + 10 * MINUTE_MS,
        endAt: NINE + 45 * MINUTE_MS,
      },
    ]);
  });

  test('leave no value where there is none', () => {
    expect(blockedAttempts([flow('completed')])).toEqual([]);
  });
});

describe('one address, many people', () => {
  test('counts each person without success once, whatever stopped them', () => {
    const flows = [
      flow('abandoned', { start: 1 }),
      flow('cancelled', { start: 2 }),
      flow('not_entitled', { start: 3, personId: 'bob' }),
      flow('blocked', { start: 4, personId: 'cy', address: '192.0.2.2' }),
    ];

    expect(told(oneAddressManyPeople(flows))).toEqual([
      ['192.0.2.1', 2],
      ['192.0.2.2', 1],
    ]);
  });

  test('leaves out who succeeded or is not done, nobody, and no address', () => {
    const flows = [
      flow('completed'),
      flow('unlocked', { start: 1 }),
      flow('in_progress', { start: 2 }),
      flow('failed', { start: 3, personId: null }),
      flow('failed', { start: 4, address: null }),
      flow('failed', { start: 5, address: '' }),
    ];

    expect(oneAddressManyPeople(flows)).toEqual([]);
  });

  test('keeps every address with several people, and of the others the first fifty', () => {
    const address = (n: number) => `192.0.2.${100 + n}`;
    const flows = Array.from({ length: 60 }, (_, n) =>
      flow('failed', { start: n, address: address(n) }),
    );
    const busy = flow('failed', { start: 60, address: address(59), personId: 'bob' });

    const values = oneAddressManyPeople([...flows.toReversed(), busy]);

    expect(values).toHaveLength(50);
    expect(told(values).slice(0, 2)).toEqual([
      [address(59), 2],
      [address(0), 1],
    ]);
    expect(values.at(-1)?.subject).toBe(address(48));
  });

  test('keeps an address that sixty offices exceed', () => {
    const people = (address: string, count: number) =>
      Array.from({ length: count }, (_, n) =>
        flow('failed', { start: n, address, personId: `${address} ${n}` }),
      );
    const offices = Array.from({ length: 60 }, (_, n) => people(`192.0.2.${n}`, 40)).flat();

    const values = oneAddressManyPeople([...people('203.0.113.9', 35), ...offices]);

    expect(values).toHaveLength(61);
    expect(told(values).at(-1)).toEqual(['203.0.113.9', 35]);
  });

  test('keeps a thousand addresses at most', () => {
    const flows = Array.from({ length: 1010 }, (_, n) =>
      ['ada', 'bob'].map((personId) => flow('failed', { start: n, address: `${n}`, personId })),
    ).flat();

    expect(oneAddressManyPeople(flows)).toHaveLength(1000);
  });
});

describe('one person, many methods', () => {
  test('counts the named methods that failed, each once', () => {
    const failed = (personId: string | null, method: string) => ({ personId, method, at: NINE });
    const failures = [
      failed('ada', 'email'),
      failed('ada', 'email'),
      failed('ada', 'mobile SMS'),
      failed('ada', 'unknown'),
      failed(null, 'email'),
    ];

    expect(told(onePersonManyMethods(failures))).toEqual([['ada', 2]]);
  });
});

describe('admin accounts reset by self-service', () => {
  test('are accounts of known admins that were reset or unlocked, each once', () => {
    const flows = [
      flow('completed', { admin: true }),
      flow('unlocked', { start: 1, admin: true }),
      flow('unlocked', { start: 2, admin: true, personId: 'bob' }),
      flow('failed', { start: 3, admin: true, personId: 'cy' }),
      flow('completed', { start: 4, admin: null, personId: 'dan' }),
    ];

    expect(told(adminSelfReset(flows))).toEqual([['', 2]]);
  });
});

describe('resets by telephone alone', () => {
  const people = ['ada', 'bob', 'cy'];
  const flows = people.map((personId, n) =>
    flow('completed', { start: n, id: personId, personId }),
  );
  const passed = (flowId: string, ...methods: string[]) =>
    methods.map((method) => ({ flowId, method }));

  test('are completed flows in which SMS and calls were passed and nothing else', () => {
    const passes = [
      ...passed('ada', 'mobile SMS', 'office voice call'),
      ...passed('bob', 'mobile SMS', 'email'),
    ];

    expect(told(phoneOnlyReset(flows, passes))).toEqual([['', 1]]);
  });

  test('are not unlocks, nor flows of which no method is known', () => {
    expect(phoneOnlyReset([flow('unlocked')], passed('flow-0', 'mobile SMS'))).toEqual([]);
    expect(phoneOnlyReset(flows, [])).toEqual([]);
  });
});

describe('security info changed around a reset', () => {
  const change = (personId: string, hours: number) => ({ personId, at: NINE + hours * HOUR_MS });
  const nine = (personId: string, outcome: FlowOutcome = 'completed') =>
    flow(outcome, { id: personId, personId, start: -5, end: 0 });

  test('counts people whose own change was at most four hours before or after', () => {
    const flows = ['ada', 'bob', 'cy'].map((personId) => nine(personId));
    const changes = [change('ada', -4), change('ada', 1), change('bob', 4), change('cy', 4.01)];

    expect(securityInfoNearReset(flows, changes)).toEqual([
      {
        rule: 'security_info_near_reset',
        subject: '',
        value: 2,
        startAt: NINE - 4 * HOUR_MS,
        endAt: NINE + 4 * HOUR_MS,
      },
    ]);
  });

  test('takes an unlock for a reset, and nothing that did not succeed', () => {
    const flows = [nine('ada', 'unlocked'), nine('bob', 'abandoned')];

    expect(told(securityInfoNearReset(flows, [change('ada', 0), change('bob', 0)]))).toEqual([
      ['', 1],
    ]);
  });

  test.each([
    ['User registered security info', 'success', true],
    ['User deleted security info', 'success', true],
    ['User updated security info ', 'success', true],
    ['User changed default security info', 'success', true],
    ['User registered security info', 'failure', false],
    ['User reviewed security info', 'success', false],
    ['User started security info registration', 'success', false],
    ['User registered all required security info', 'success', false],
    ['Admin registered security info', 'success', false],
  ])('"%s" with result %s is a change of one’s own: %s', (activity, result, is) => {
    const service = 'Authentication Methods';

    expect(isSecurityInfoChange({ service, activity, result })).toBe(is);
    expect(isSecurityInfoChange({ service: 'Core Directory', activity, result })).toBe(false);
  });
});

describe('many admin resets by one operator', () => {
  test('counts different people of each operator', () => {
    const resets = [
      reset('ada'),
      reset('ada', 10),
      reset('bob'),
      reset('cy', 0, { operatorId: 'hal' }),
    ];

    expect(told(manyResetsByOneOperator(resets))).toEqual([
      ['grace', 2],
      ['hal', 1],
    ]);
  });

  test('counts mass resets as well', () => {
    const resets = [reset('ada'), reset('bob', 0, { kind: 'mass' })];

    expect(told(manyResetsByOneOperator(resets))).toEqual([['grace', 2]]);
  });

  test('leaves out first passwords, scripts, and what nobody else did', () => {
    const kinds = ['first_password', 'automation', 'self', 'unknown_initiator'] as const;

    expect(manyResetsByOneOperator(kinds.map((kind) => reset(kind, 0, { kind })))).toEqual([]);
  });
});

describe('an admin reset soon after failed self-service', () => {
  const ended = (personId: string, minute: number) => ({
    personId,
    lastAt: NINE + minute * MINUTE_MS,
  });

  test('is one at most 120 minutes after the end of the flow', () => {
    const resets = [reset('ada', 120), reset('bob', 121), reset('cy', 10), reset('dan', 10)];
    const unpassed = [ended('ada', 0), ended('bob', 0), ended('cy', 11)];

    expect(told(resetAfterFailure(resets, unpassed))).toEqual([['', 1]]);
  });

  test('counts a person once, and no mass reset', () => {
    const resets = [reset('ada', 1), reset('ada', 2), reset('bob', 1, { kind: 'mass' })];

    expect(told(resetAfterFailure(resets, [ended('ada', 0), ended('bob', 0)]))).toEqual([['', 1]]);
  });
});

describe('rejected passwords', () => {
  test('are added up over the flows of a person', () => {
    const rejections = [
      { personId: 'ada', flowId: 'a', at: [NINE, NINE] },
      { personId: 'ada', flowId: 'b', at: [NINE + HOUR_MS] },
      { personId: 'bob', flowId: 'c', at: [] },
      { personId: null, flowId: 'd', at: [NINE] },
    ];

    expect(rejectedPasswords(rejections)).toEqual([
      {
        rule: 'rejected_passwords',
        subject: 'ada',
        value: 3,
        startAt: NINE,
        endAt: NINE + HOUR_MS,
      },
    ]);
  });
});

describe('stops by configuration', () => {
  test('are told apart by their reason', () => {
    const stopped = (reason: string, start: number) => flow('not_entitled', { reason, start });
    const flows = [
      stopped('not_in_group', 0),
      stopped('no_licence', 1),
      stopped('no_licence', 2),
      flow('failed', { start: 3, reason: 'writeback_unreachable' }),
    ];

    expect(told(configurationStops(flows))).toEqual([
      ['no_licence', 2],
      ['not_in_group', 1],
    ]);
  });
});

describe('people who can no longer reset', () => {
  const DAY = 24 * HOUR_MS;

  test('are added up over the snapshots of a day, from the one before the first', () => {
    const snapshots = [
      { lost: 4, beforeAt: NINE - DAY, takenAt: NINE },
      { lost: 3, beforeAt: NINE, takenAt: NINE + HOUR_MS },
    ];

    expect(capabilityLost(snapshots)).toEqual([
      {
        rule: 'capability_lost',
        subject: '',
        value: 7,
        startAt: NINE - DAY,
        endAt: NINE + HOUR_MS,
      },
    ]);
  });

  test('are no value where nobody lost it', () => {
    expect(capabilityLost([{ lost: 0, beforeAt: NINE - DAY, takenAt: NINE }])).toEqual([]);
  });
});
