import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resetFlow, resetFlows } from '../../domain/reset-flow.ts';
import {
  aRecord,
  BLOCKED,
  MINUTE_MS,
  NINE,
  REASONS,
  RESET,
  someAsOf,
  someRecords,
  step,
} from './records.ts';

const LATER = NINE + 600 * MINUTE_MS;
const minute = (n: number) => NINE + n * MINUTE_MS;

describe('verification steps', () => {
  test('are the methods started, each once, at its first start and address', () => {
    const flow = resetFlow(
      [
        step(REASONS.startedSms, 3, { address: '192.0.2.3' }),
        step(REASONS.startedSms, 1, { address: '192.0.2.1' }),
        step(REASONS.startedEmail, 2, { address: null }),
      ],
      LATER,
    );

    expect(flow.steps).toEqual([
      {
        method: 'mobile SMS',
        startedAt: minute(1),
        passed: false,
        address: '192.0.2.1',
        switchedFrom: null,
      },
      {
        method: 'email',
        startedAt: minute(2),
        passed: false,
        address: null,
        switchedFrom: 'mobile SMS',
      },
    ]);
  });

  test.each<[string, string[], (string | null)[]]>([
    ['the first is passed', ['startedSms', 'completedSms', 'startedEmail'], [null, null]],
    ['the first is passed later', ['startedSms', 'startedEmail', 'completedSms'], [null, null]],
    ['only the other is', ['startedSms', 'startedEmail', 'completedEmail'], [null, 'mobile SMS']],
    ['it is begun again', ['startedSms', 'startedSms'], [null]],
    ['an admin is asked instead', ['startedSms', 'contacted'], [null, 'mobile SMS']],
    ['the log leaves out the start', ['completedSms', 'startedEmail'], [null]],
  ])('are switched from the one before where that was not passed: %s', (_, reasons, expected) => {
    const records = reasons.map((name, n) => step(REASONS[name as keyof typeof REASONS], n));

    expect(resetFlow(records, LATER).steps.map((one) => one.switchedFrom)).toEqual(expected);
  });

  test.each([2, 0])('are passed when the flow completes the method, in minute %d too', (n) => {
    const flow = resetFlow([step(REASONS.startedSms, 1), step(REASONS.completedSms, n)], LATER);

    expect(flow.steps).toMatchObject([{ method: 'mobile SMS', passed: true }]);
  });

  test('need a start: a completion alone is none', () => {
    expect(resetFlow([step(REASONS.completedSms)], LATER).steps).toEqual([]);
  });

  test('include the method after which an admin was contacted, at that record', () => {
    const flow = resetFlow([step(REASONS.startedSms, 1), step(REASONS.contacted, 4)], LATER);

    expect(flow.steps).toMatchObject([
      { method: 'mobile SMS', startedAt: minute(1) },
      { method: 'email', startedAt: minute(4), passed: false },
    ]);
  });

  test('but not once more where that method was started or passed', () => {
    const started = [step(REASONS.startedEmail, 9), step(REASONS.contacted, 4)];
    const passed = [step(REASONS.completedEmail, 9), step(REASONS.contacted, 4)];

    expect(resetFlow(started, LATER).steps).toMatchObject([{ startedAt: minute(9) }]);
    expect(resetFlow(passed, LATER).steps).toEqual([]);
  });
});

describe('failed verifications', () => {
  test('are the steps not passed, at their first starts, of a successful flow too', () => {
    const flow = resetFlow(
      [
        step(REASONS.startedEmail, 1, { address: '192.0.2.9' }),
        step(REASONS.startedSms, 2),
        step(REASONS.completedSms, 3),
        step(REASONS.reset, 4),
      ],
      LATER,
    );

    expect(flow.outcome).toBe('completed');
    expect(flow.failures).toEqual([{ at: minute(1), method: 'email', address: '192.0.2.9' }]);
  });

  test('are none while the flow is in progress', () => {
    expect(resetFlow([step(REASONS.startedSms)], NINE).failures).toEqual([]);
  });

  test('a block adds nothing to a step that failed', () => {
    const flow = resetFlow([step(REASONS.startedEmail, 1), step(REASONS.tooMany, 2)], LATER);

    expect(flow.failures).toMatchObject([{ at: minute(1), method: 'email' }]);
  });

  test('blocks without an open step are one, at the first of them, with the method it names', () => {
    const block = aRecord({ activity: BLOCKED, reason: null, occurredAt: minute(5) });
    const tooMany = step(REASONS.tooMany, 6, { address: '192.0.2.6' });

    expect(resetFlow([tooMany, block], LATER).failures).toEqual([
      { at: minute(5), method: null, address: '192.0.2.1' },
    ]);
    expect(resetFlow([tooMany], LATER).failures).toEqual([
      { at: minute(6), method: 'mobile SMS', address: '192.0.2.6' },
    ]);
  });

  test('a block after the method was passed is one', () => {
    const records = [
      step(REASONS.startedSms, 1),
      step(REASONS.completedSms, 2),
      step(REASONS.tooMany, 3),
    ];

    expect(resetFlow(records, LATER).failures).toMatchObject([{ at: minute(3) }]);
  });

  test('nothing else adds one: not a cancel, a rejected password or a failed reset', () => {
    const records = [
      step(REASONS.notEntitled, 1),
      step(REASONS.banned, 2),
      step(REASONS.cancelled, 3),
      aRecord({ activity: RESET, result: 'failure', occurredAt: minute(4) }),
    ];

    expect(resetFlow(records, LATER).failures).toEqual([]);
  });

  test('are never more than the steps and one', () => {
    fc.assert(
      fc.property(someRecords, someAsOf, (records, asOf) => {
        for (const { steps, failures, startedAt, lastAt } of resetFlows(records, asOf)) {
          expect(failures.length).toBeLessThanOrEqual(Math.max(1, steps.length));
          expect(failures.every(({ at }) => startedAt <= at && at <= lastAt)).toBe(true);
        }
      }),
    );
  });
});
