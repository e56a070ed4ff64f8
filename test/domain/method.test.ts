import { describe, expect, test } from 'vitest';
import { families, familyOf, isKnownMethod, methodLabel } from '../../domain/method.ts';

describe('families of reset methods', () => {
  test.each([
    ['mobilePhone', 'mobile_phone'],
    ['alternateMobilePhone', 'mobile_phone'],
    ['officePhone', 'office_phone'],
    ['email', 'email'],
    ['securityQuestion', 'security_questions'],
    ['microsoftAuthenticatorPush', 'authenticator_app'],
    ['microsoftAuthenticatorPasswordless', 'authenticator_app'],
    ['softwareOneTimePasscode', 'authenticator_app'],
    ['hardwareOneTimePasscode', 'hardware_code'],
  ])('%s belongs to %s', (method, family) => {
    expect(familyOf(method)).toBe(family);
  });

  test.each([
    'windowsHelloForBusiness',
    'fido2SecurityKey',
    'fido2',
    'passKeyDeviceBound',
    'passKeyDeviceBoundAuthenticator',
    'passKeyDeviceBoundWindowsHello',
    'passKeySynced',
    'temporaryAccessPass',
    'macOsSecureEnclaveKey',
    'qrCode',
    'externalAuthMethod',
    'password',
  ])('%s is known, but no reset method', (method) => {
    expect(isKnownMethod(method)).toBe(true);
    expect(familyOf(method)).toBeNull();
  });

  test('count one app once, however many methods it shows as', () => {
    const app = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];

    expect([...families(app, { admin: false })]).toEqual(['authenticator_app']);
  });

  test('leave out security questions for admins', () => {
    const methods = ['securityQuestion', 'email'];

    expect(families(methods, { admin: true })).toEqual(new Set(['email']));
    expect(families(methods, { admin: false }).size).toBe(2);
  });
});

describe('a method nobody knows', () => {
  test.each(['palmReading', 'constructor', ''])(
    '"%s" has no family and keeps its spelling',
    (method) => {
      expect(isKnownMethod(method)).toBe(false);
      expect(familyOf(method)).toBeNull();
      expect(methodLabel(method)).toBe(method);
    },
  );
});

test('a known method has a label in words', () => {
  expect(methodLabel('alternateMobilePhone')).toBe('Alternate mobile phone');
});
