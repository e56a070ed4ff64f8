import { expect, test } from 'vitest';
import { isPasswordChange } from '../../domain/password-change.ts';

test.each([
  ['Change password (self-service)', true],
  ['  change PASSWORD (Self-Service). ', true],
  ['Reset password (self-service)', false],
  ['Change user password', false],
  ['User started password change', false],
])('%s is a voluntary change: %s', (activity, expected) => {
  expect(isPasswordChange({ activity })).toBe(expected);
});
