import { describe, expect, test } from 'vitest';
import { policyMark, policySentence } from '../../domain/policy-change.ts';

const markOf = (activity: string, result = 'success') => policyMark({ activity, result });

describe('a record of the audit log', () => {
  test.each([
    'Self-service password reset policy changes',
    ' self-service password reset Policy Change. ',
    'Update password reset policies',
    'Set SSPR policy',
    'Authentication Methods Policy Update',
    'Authentication Methods Policy Reset',
  ])('%j tells of a changed policy', (activity) => {
    expect(markOf(activity)).toBe('policy_change');
  });

  test.each([
    'Enable password writeback for directory',
    'Disable password writeback for directory',
    'disable Password Writeback',
  ])('%j tells that writeback was switched', (activity) => {
    expect(markOf(activity)).toBe('writeback');
  });

  test.each([
    'Reset password (self-service)',
    'Reset password (by admin)',
    'Self-service password reset flow activity progress',
    'Blocked from self-service password reset',
    'User registered security info',
    'Update conditional access policy',
  ])('%j tells of neither', (activity) => {
    expect(markOf(activity)).toBeNull();
  });

  test('of an attempt that failed tells of no change', () => {
    expect(markOf('Self-service password reset policy changes', 'failure')).toBeNull();
    expect(markOf('Enable password writeback for directory', 'timeout')).toBeNull();
    expect(markOf('Enable password writeback for directory', 'unknown')).toBe('writeback');
  });
});

describe('the changes of a day', () => {
  test('are one sentence, however many records there are', () => {
    const off = 'Disable password writeback for directory';
    const on = 'Enable password writeback for directory';
    const policy = 'Self-service password reset policy changes';
    const methods = 'Authentication Methods Policy Update';

    expect(policySentence('writeback', [off])).toBe('Password writeback was switched off.');
    expect(policySentence('writeback', [on, on])).toBe('Password writeback was switched on.');
    expect(policySentence('writeback', [on, off])).toBe(
      'Password writeback was switched off and on.',
    );
    expect(policySentence('policy_change', [policy, policy])).toBe(
      'The policy of self-service reset changed.',
    );
    expect(policySentence('policy_change', [methods])).toBe(
      'The policy of authentication methods changed.',
    );
    expect(policySentence('policy_change', [methods, policy])).toBe(
      'The policies of self-service reset and of authentication methods changed.',
    );
  });
});
