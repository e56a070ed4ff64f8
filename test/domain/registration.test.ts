import { describe, expect, test } from 'vitest';
import { depthOf, type RegistrationState, reasonOf, userClass } from '../../domain/registration.ts';

/** Allowed, registered nothing, not capable. */
function aState(over: Partial<RegistrationState> = {}): RegistrationState {
  return {
    admin: false,
    enabled: true,
    registered: false,
    capable: false,
    mfaCapable: false,
    methods: [],
    userType: 'member',
    ...over,
  };
}

const reason = (over: Partial<RegistrationState>) => reasonOf(aState(over));

describe('why a person can or cannot reset', () => {
  test('capable comes first, whatever else is missing', () => {
    expect(reason({ capable: true, enabled: null, registered: null, methods: null })).toBe(
      'capable',
    );
    expect(reason({ capable: true, enabled: false, methods: [] })).toBe('capable');
  });

  test.each([
    { enabled: null },
    { registered: null },
    { capable: null },
    { methods: null },
    { enabled: false, methods: null },
    { enabled: true, registered: true, methods: ['email'] },
  ])('unknown: %o', (over) => {
    expect(reason(over)).toBe('unknown');
  });

  test('a missing mfa or admin flag is no reason', () => {
    expect(reason({ mfaCapable: null, admin: null })).toBe('nothing_registered');
  });

  test('not enabled comes before what is registered', () => {
    expect(reason({ enabled: false, registered: true, methods: [] })).toBe('not_enabled');
  });

  test('nothing registered: no methods at all', () => {
    expect(reason({ methods: [] })).toBe('nothing_registered');
  });

  test('methods not accepted: methods, but none to reset with', () => {
    expect(reason({ methods: ['fido2SecurityKey', 'palmReading'] })).toBe('methods_not_accepted');
    expect(reason({ methods: ['securityQuestion'], admin: true })).toBe('methods_not_accepted');
  });

  test('too few methods: some to reset with, not enough', () => {
    expect(reason({ methods: ['securityQuestion'] })).toBe('too_few_methods');
    expect(reason({ methods: ['securityQuestion'], admin: null })).toBe('too_few_methods');
    expect(reason({ methods: ['email'], admin: true })).toBe('too_few_methods');
  });
});

test('depth counts families, and is 0 where the methods are missing', () => {
  const methods = ['mobilePhone', 'alternateMobilePhone', 'email', 'securityQuestion', 'fido2'];

  expect(depthOf(aState({ methods }))).toBe(3);
  expect(depthOf(aState({ methods, admin: true }))).toBe(2);
  expect(depthOf(aState({ methods: null }))).toBe(0);
});

test.each([
  ['member', 'member'],
  ['Member', 'member'],
  ['MEMBER', 'member'],
  ['Guest', 'guest'],
  ['guest', 'guest'],
  [null, 'unknown_type'],
  ['', 'unknown_type'],
  ['unknownFutureValue', 'other'],
  ['members', 'other'],
])('user type %s counts as %s', (userType, expected) => {
  expect(userClass(userType)).toBe(expected);
});
