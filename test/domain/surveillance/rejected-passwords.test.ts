import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../domain/audit-record.ts';
import { flowRecordsInOrder } from '../../../domain/reset-flow.ts';
import { rejectedAt } from '../../../domain/surveillance/rules/rejected-passwords.ts';
import { MINUTE_MS, NINE, REASONS, RESET, step } from '../records.ts';

const { submitted, banned, reset, writeback } = REASONS;
const CLOUD = 'User submitted a password that did not meet the cloud password policy';
const COMMON = 'The user selected a password that was automatically banned because …';
const FUZZY = 'PasswordDoesnotComplyFuzzyPolicy';
const failedReset = (minute: number) =>
  step(FUZZY, minute, { id: `end-${minute}`, activity: RESET, result: 'failure' });

/** The minutes after nine at which passwords of a flow were rejected; each reason comes a minute after the last. */
function minutes(...steps: (string | AuditRecord)[]): number[] {
  const records = steps.map((one, n) => {
    return typeof one === 'string' ? step(one, n, { id: `${n}` }) : one;
  });
  return rejectedAt(flowRecordsInOrder(records)).map((at) => (at - NINE) / MINUTE_MS);
}

describe('a rejected password', () => {
  test('is told by a failure of any password policy', () => {
    expect(minutes(submitted, banned, submitted, CLOUD, submitted, COMMON)).toEqual([1, 3, 5]);
  });

  test('is also told by another one submitted before anything answered it', () => {
    expect(minutes(submitted, submitted, submitted, reset)).toEqual([0, 1]);
  });

  test('counts once where a failure and a next try both tell it', () => {
    expect(minutes(submitted, banned, submitted, reset)).toEqual([1]);
  });

  test('counts once where both the step and the reset that failed tell it', () => {
    expect(minutes(submitted, banned, failedReset(2), submitted)).toEqual([1]);
    const both = [step(banned, 0), failedReset(0), step(banned, 5), failedReset(5)];
    expect(minutes(...both)).toEqual([0, 5]);
  });

  test('counts where the log does not hold its submission', () => {
    expect(minutes(banned, CLOUD)).toEqual([0, 1]);
    expect(minutes(failedReset(0), failedReset(1))).toEqual([0, 1]);
  });

  test('is none that nothing answers, or that something else stopped', () => {
    expect(minutes(submitted)).toEqual([]);
    expect(minutes(submitted, reset)).toEqual([]);
    expect(minutes(submitted, writeback, submitted, reset)).toEqual([]);
  });
});
