import { describe, expect, test } from 'vitest';
import { stepOf, VOCABULARY, vocabularyRow } from '../../domain/reset-vocabulary.ts';
import { BLOCKED, PROGRESS, REASONS, RESET, UNLOCK } from './records.ts';

function progress(reason: string | null, result = 'success') {
  return stepOf({ activity: PROGRESS, reason, result });
}

const METHODS = [
  'email',
  'mobile SMS',
  'mobile voice call',
  'office voice call',
  'security questions',
  'mobile app notification',
  'mobile app code',
];

const STEPS = [
  ['User submitted their user ID', 'identified', null],
  ['User was presented with verification options', 'options', null],
  ['User completed all verification steps required to reset their password', 'gates_passed', null],
  ['User submitted a new password', 'password_submitted', null],
  ['User successfully reset password', 'reset', null],
  ['User successfully unlocked the account', 'unlocked', null],
  ['User cancelled before passing the required authentication methods', 'cancelled', 'user'],
  ['User cancelled before submitting a new password', 'cancelled', 'user'],
  [REASONS.notEntitled, 'not_entitled', 'user'],
  [
    'Password reset is not enabled for this user. Enable password reset under the configure tab to resolve this',
    'not_entitled',
    'admin',
  ],
  [
    'This user is not a member of the password reset users group. Add this user to that group to resolve this.',
    'not_entitled',
    'scope',
  ],
  [
    'User does not have a license. You can add a license to the user to resolve this',
    'not_entitled',
    'licence',
  ],
  [
    'Password reset has been disabled entirely for this tenant. See http://aka.ms/ssprtroubleshoot to resolve this.',
    'not_entitled',
    'admin',
  ],
  [
    "User's password is managed on-premises. You can enable Password Writeback to resolve this",
    'not_entitled',
    'writeback',
  ],
  [REASONS.writeback, 'failed', 'writeback'],
  [
    "We encountered a problem while resetting the user's on-premises password. Check your sync machine's event log",
    'failed',
    'writeback',
  ],
  [REASONS.banned, 'failed', 'password_policy'],
  [
    'User submitted a password that did not meet the security requirements of the cloud password policy: password was null or empty',
    'failed',
    'password_policy',
  ],
  [
    'The user selected a password that was automatically banned because the Microsoft Banned Password Detection capabilities found it to be too common or especially weak.',
    'failed',
    'password_policy',
  ],
  ['PasswordDoesnotComplyFuzzyPolicy', 'failed', 'password_policy'],
  ['FuzzyPolicyViolationInvalidPassword', 'failed', 'password_policy'],
  ['User tried to reset from a device without cookies enabled', 'failed', 'user'],
  ["A system error occurred while attempting to reset the user's password", 'failed', 'microsoft'],
  ['A system error has occurred.', 'failed', 'microsoft'],
] as const;

describe('the reasons of flow activity progress', () => {
  test.each(STEPS)('%s: %s, mended by %s', (reason, kind, owner) => {
    expect(progress(reason)).toEqual({ kind, method: null, owner });
  });

  test.each(METHODS)(
    'names the method %s when started, completed and given up for an admin',
    (m) => {
      expect(progress(`User started the ${m} verification option`)).toMatchObject({
        kind: 'started',
        method: m,
      });
      expect(progress(`User completed the ${m} verification option`)).toMatchObject({
        kind: 'completed',
        method: m,
      });
      expect(
        progress(`User contacted an admin after trying the ${m} verification option`),
      ).toMatchObject({ kind: 'contacted_admin', method: m });
    },
  );

  test.each([
    ['User entered too many invalid SMS verification codes', 'mobile SMS'],
    ['User entered too many invalid email verification codes', 'email'],
    ['User tried mobile phone voice verification too many times', 'mobile voice call'],
    ['User tried office phone voice verification too many times', 'office voice call'],
    ['User tried to answer security questions too many times', 'security questions'],
    ['User tried email verification too many times', 'email'],
    ['User tried to verify a phone number too many times', null],
  ])('%s: a block that names %s', (reason, method) => {
    expect(progress(`${reason} and is blocked for 24 hours`)).toEqual({
      kind: 'too_many',
      method,
      owner: 'user',
    });
  });

  test('decide whatever the result says', () => {
    expect(progress(REASONS.reset, 'failure')?.kind).toBe('reset');
    expect(progress(REASONS.startedSms, 'timeout')?.kind).toBe('started');
  });

  test.each([
    REASONS.unknown,
    '',
    'None',
    null,
    'User started the palm reading verification option',
  ])('are unknown where nobody has seen them: %s', (reason) => {
    expect(progress(reason)).toEqual({ kind: 'unknown', method: null, owner: null });
  });
});

describe('tolerance', () => {
  test.each([
    ['User canceled before submitting a new password', 'cancelled'],
    ['  user SUCCESSFULLY  reset\u00a0password . ', 'reset'],
    ['User successfully reset password.', 'reset'],
    ['Password reset is not enabled for this user', 'not_entitled'],
    ["User's account has insufficient authentication methods", 'not_entitled'],
    ['User\u2019s account has insufficient authentication methods defined.', 'not_entitled'],
    ['User\u2019s password is managed on-premises', 'not_entitled'],
    [
      'Password reset has been disabled entirely for this tenant. See https://example.org/other',
      'not_entitled',
    ],
    ['User contacted an admin', 'contacted_admin'],
    ['User contacted an administrator after something new', 'contacted_admin'],
    ['User completed all verification steps required to unlock their account', 'gates_passed'],
    ['User started the mobile app code verification', 'started'],
  ])('%s is %s', (reason, kind) => {
    expect(progress(reason)?.kind).toBe(kind);
  });

  test('one security question is the method of security questions', () => {
    const reason = 'User contacted an admin after trying the security question verification option';

    expect(progress(reason)?.method).toBe('security questions');
  });
});

describe('the other activities of a flow', () => {
  test.each([
    [RESET, 'reset'],
    [UNLOCK, 'unlocked'],
    ['Unlock a user account (self-service)', 'unlocked'],
    [' reset PASSWORD (self-service). ', 'reset'],
  ])('%s with success is %s, whatever its reason', (activity, kind) => {
    const step = stepOf({ activity, reason: REASONS.writeback, result: 'success' });

    expect(step).toEqual({ kind, method: null, owner: null });
  });

  test.each([
    [RESET, 'failure', REASONS.writeback, 'writeback'],
    [RESET, 'failure', 'FuzzyPolicyViolationInvalidPassword', 'password_policy'],
    [UNLOCK, 'timeout', null, null],
    [RESET, 'unknownfuturevalue', REASONS.unknown, null],
  ])('%s with %s is failed, and its reason names the owner', (activity, result, reason, owner) => {
    expect(stepOf({ activity, result, reason })).toEqual({ kind: 'failed', method: null, owner });
  });

  test.each([
    ['success', REASONS.tooMany, 'mobile SMS'],
    ['failure', 'User tried office phone voice verification too many times', 'office voice call'],
    ['success', null, null],
  ])('a block with %s counts, with the method its text names', (result, reason, method) => {
    expect(stepOf({ activity: BLOCKED, result, reason })).toEqual({
      kind: 'blocked',
      method,
      owner: 'user',
    });
  });

  test.each(['Change password (self-service)', 'Reset password (by admin)', 'Update user', ''])(
    '%s is no record of a flow',
    (activity) => {
      expect(stepOf({ activity, result: 'success', reason: REASONS.reset })).toBeNull();
    },
  );
});

test('every reason for which a flow can be lost has a code, words and an owner, one code one meaning', () => {
  const lost = ['cancelled', 'contacted_admin', 'too_many', 'not_entitled', 'failed'];
  const meanings = new Map<string, string>();
  for (const { kind, code, text, owner } of VOCABULARY) {
    expect(code !== null).toBe(lost.includes(kind));
    if (code === null) continue;
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(text).toMatch(/[^.\s]$/);
    expect(vocabularyRow(text ?? '')?.code).toBe(code);
    const meaning = JSON.stringify([text, owner]);
    expect(meanings.get(code) ?? meaning).toBe(meaning);
    meanings.set(code, meaning);
  }
});

test('every row of the vocabulary is reached by a text that is known', () => {
  const texts = [
    ...STEPS.map(([reason]) => reason),
    ...METHODS.flatMap((m) => [
      `User started the ${m} verification`,
      `User completed the ${m} verification`,
    ]),
    REASONS.contacted,
    REASONS.tooMany,
    'User canceled',
    'User submitted a password that did not meet the requirements',
  ];

  expect(new Set(texts.map(vocabularyRow))).toEqual(new Set(VOCABULARY));
});
