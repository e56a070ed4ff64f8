import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasonText } from '../../domain/lost-reason.ts';
import { resetFlow, resetFlows } from '../../domain/reset-flow.ts';
import {
  aRecord,
  BLOCKED,
  NINE,
  REASONS,
  RESET,
  someAsOf,
  someRecords,
  step,
  UNLOCK,
} from './records.ts';

const LATER = NINE + 1000 * 60_000;

function lost(...reasons: string[]) {
  const { reason, owner } = resetFlow(
    reasons.map((text, n) =>
      step(text, n, { result: text === REASONS.unknown ? 'failure' : 'success' }),
    ),
    LATER,
  );
  return [reason, owner];
}

function end(activity: string, reason: string | null) {
  const flow = resetFlow([aRecord({ activity, reason, result: 'failure' })], LATER);
  return [flow.reason, flow.owner];
}

describe('the reason of a lost flow', () => {
  test.each([
    ['contacted_admin', 'user', [REASONS.notEntitled, REASONS.contacted, REASONS.cancelled]],
    ['too_many_attempts', 'user', [REASONS.startedSms, REASONS.tooMany, REASONS.cancelled]],
    ['insufficient_methods', 'user', [REASONS.notEntitled, REASONS.writeback]],
    ['writeback_unreachable', 'writeback', [REASONS.banned, REASONS.writeback, REASONS.options]],
    ['policy_on_premises', 'password_policy', [REASONS.submitted, REASONS.banned]],
    ['cancelled_before_verification', 'user', [REASONS.banned, REASONS.cancelled]],
    ['cancelled_before_password', 'user', ['User canceled before submitting a new password']],
    [REASONS.unknown, null, [REASONS.startedSms, REASONS.unknown]],
  ])('%s, taken away by %s', (code, owner, reasons) => {
    expect(lost(...reasons)).toEqual([code, owner]);
  });

  test('of two configuration stops is the first', () => {
    const scope = 'This user is not a member of the password reset users group.';
    expect(lost(scope, REASONS.notEntitled)).toEqual(['not_in_group', 'scope']);
  });

  test.each([
    ['abandoned_identified', [REASONS.identified]],
    ['abandoned_options', [REASONS.options]],
    ['abandoned_started', [REASONS.startedSms]],
    ['abandoned_passed', [REASONS.startedSms, REASONS.completedSms]],
    ['abandoned_gates_passed', [REASONS.gatesPassed]],
    ['abandoned_password_submitted', [REASONS.banned, REASONS.submitted]],
  ])('%s where no record tells of an end', (code, reasons) => {
    expect(lost(...reasons)).toEqual([code, 'user']);
    expect(reasonText(code).reason).toMatch(/^Left without a word after /);
  });

  test.each([
    [RESET, 'FuzzyPolicyViolationInvalidPassword', 'fuzzy_policy', 'password_policy'],
    [RESET, '  The moon was full ', 'The moon was full', null],
    [UNLOCK, 'None', 'reset_failed', null],
    [RESET, null, 'reset_failed', null],
  ])('of a %s that failed with %o is %s', (activity, reason, code, owner) => {
    expect(end(activity, reason)).toEqual([code, owner]);
  });

  test('of a step that failed without a word says so', () => {
    const flow = resetFlow([step('', 0, { result: 'failure' })], LATER);
    expect(flow).toMatchObject({ outcome: 'failed', reason: 'no_reason', owner: null });
  });

  test('of a block without a step before it is the block', () => {
    const blocked = resetFlow([aRecord({ activity: BLOCKED, reason: REASONS.tooMany })], LATER);
    expect(blocked).toMatchObject({ reason: 'blocked', owner: 'user' });
  });

  test('is there exactly where a flow is lost, with the owner that its code has', () => {
    fc.assert(
      fc.property(someRecords, someAsOf, (records, asOf) => {
        for (const { outcome, reason, owner } of resetFlows(records, asOf)) {
          const isLost = !['completed', 'unlocked', 'in_progress'].includes(outcome);
          expect(reason !== null).toBe(isLost);
          expect(reason === null ? null : reasonText(reason).owner).toBe(owner);
          if (reason !== null) expect(reasonText(reason).reason).not.toBe('');
        }
      }),
    );
  });
});

describe('the words of a reason', () => {
  test('are those of Graph, without what changes', () => {
    expect(reasonText('disabled_for_tenant')).toEqual({
      reason: 'Password reset has been disabled entirely for this tenant',
      known: true,
      owner: 'admin',
    });
  });

  test('of an unknown reason are the reason, and nobody is its owner', () => {
    expect(reasonText(REASONS.unknown)).toEqual({
      reason: REASONS.unknown,
      known: false,
      owner: null,
    });
  });
});
