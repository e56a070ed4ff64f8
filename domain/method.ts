/**
 * A family of reset methods: what the reset page counts as one. Depth and "required methods" count families,
 * because one authenticator app shows as two methods.
 */
export type Family =
  | 'mobile_phone'
  | 'office_phone'
  | 'email'
  | 'security_questions'
  | 'authenticator_app'
  | 'hardware_code';

interface Method {
  label: string;
  /** Null: no method to reset a password with. */
  family: Family | null;
}

/**
 * `methodsRegistered` as Graph spells it. It is an open set without an enum: these are the values seen in
 * Microsoft's metadata, documentation and portal, older spellings included.
 */
const METHODS = new Map<string, Method>([
  ['mobilePhone', { label: 'Mobile phone', family: 'mobile_phone' }],
  ['alternateMobilePhone', { label: 'Alternate mobile phone', family: 'mobile_phone' }],
  ['officePhone', { label: 'Office phone', family: 'office_phone' }],
  ['email', { label: 'Email', family: 'email' }],
  ['securityQuestion', { label: 'Security questions', family: 'security_questions' }],
  [
    'microsoftAuthenticatorPush',
    { label: 'Authenticator app: notification', family: 'authenticator_app' },
  ],
  [
    'microsoftAuthenticatorPasswordless',
    { label: 'Authenticator app: passwordless', family: 'authenticator_app' },
  ],
  ['softwareOneTimePasscode', { label: 'Authenticator app: code', family: 'authenticator_app' }],
  ['hardwareOneTimePasscode', { label: 'Hardware code (OATH token)', family: 'hardware_code' }],
  ['windowsHelloForBusiness', { label: 'Windows Hello for Business', family: null }],
  ['fido2SecurityKey', { label: 'Security key (FIDO2)', family: null }],
  ['fido2', { label: 'Security key (FIDO2)', family: null }],
  ['passKeyDeviceBound', { label: 'Passkey', family: null }],
  ['passKeyDeviceBoundAuthenticator', { label: 'Passkey in Authenticator', family: null }],
  ['passKeyDeviceBoundWindowsHello', { label: 'Passkey in Windows Hello', family: null }],
  ['passKeySynced', { label: 'Synced passkey', family: null }],
  ['temporaryAccessPass', { label: 'Temporary Access Pass', family: null }],
  ['macOsSecureEnclaveKey', { label: 'macOS Secure Enclave key', family: null }],
  ['qrCode', { label: 'QR code', family: null }],
  ['externalAuthMethod', { label: 'External method', family: null }],
  ['certificateBasedAuthentication', { label: 'Certificate', family: null }],
  ['password', { label: 'Password', family: null }],
]);

/** The family a method belongs to; null: no reset method, or one nobody knows. */
export function familyOf(method: string): Family | null {
  return METHODS.get(method)?.family ?? null;
}

/** The families among `methods` that count for this person: Microsoft accepts no security questions from admins. */
export function families(methods: readonly string[], { admin }: { admin: boolean }): Set<Family> {
  const found = new Set<Family>();
  for (const method of methods) {
    const family = familyOf(method);
    if (family !== null && !(admin && family === 'security_questions')) found.add(family);
  }
  return found;
}

/** The method in words; one nobody knows as Graph spells it. */
export function methodLabel(method: string): string {
  return METHODS.get(method)?.label ?? method;
}

/** Whether the method has been seen in Microsoft's documents; others are stored, counted and shown all the same. */
export function isKnownMethod(method: string): boolean {
  return METHODS.has(method);
}
