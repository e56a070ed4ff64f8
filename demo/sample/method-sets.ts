import type { Random } from '../random.ts';
import type { FlowMethod } from '../vocabulary.ts';

const APP = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];

/** What people register in one sitting, with how many of a hundred choose it. */
const SETS: (readonly [methods: string[], weight: number])[] = [
  [['mobilePhone', ...APP], 31],
  [['mobilePhone', 'email'], 20],
  [['mobilePhone', 'email', ...APP], 17],
  [['mobilePhone', 'securityQuestion'], 10],
  [['email', ...APP], 7],
  [['email', 'securityQuestion'], 6],
  [['officePhone', 'mobilePhone'], 4],
  [['mobilePhone', 'alternateMobilePhone', 'email'], 3],
  [['hardwareOneTimePasscode', 'mobilePhone'], 2],
];

const WITHOUT_QUESTIONS = SETS.filter(([methods]) => !methods.includes('securityQuestion'));

/** Methods for somebody who registers now, those already there included and kept first. */
export function registeredSet(
  random: Random,
  present: readonly string[],
  questionsAllowed: boolean,
): string[] {
  const chosen = random.weighted(questionsAllowed ? SETS : WITHOUT_QUESTIONS);
  return [...new Set([...present, ...chosen])];
}

/** A single method, as left behind by somebody who never came to the second. */
export function singleMethod(random: Random): string[] {
  return random.weighted([
    [['mobilePhone'], 48],
    [APP, 34],
    [['email'], 14],
    [['officePhone'], 4],
  ]);
}

/** Methods that no password reset takes, and how common they are at the beginning. */
export function extraMethods(random: Random): string[] {
  const extras: (readonly [string, number])[] = [
    ['windowsHelloForBusiness', 0.24],
    ['microsoftAuthenticatorPasswordless', 0.03],
    ['fido2SecurityKey', 0.01],
    ['temporaryAccessPass', 0.004],
    ['qrCode', 0.004],
    ['externalAuthMethod', 0.002],
    // Not in any vocabulary: products must show what they do not know.
    ['verifiedBadge', 0.0025],
  ];
  return extras.filter(([, share]) => random.chance(share)).map(([method]) => method);
}

/** `resultReason` of the audit record that a method leaves when it is registered. */
export const REGISTERED_REASON: Record<string, string> = {
  mobilePhone: 'User registered Mobile Phone Call and SMS',
  alternateMobilePhone: 'User registered Alternate Mobile Phone Call',
  officePhone: 'User registered Office Phone Call',
  email: 'User registered Email',
  securityQuestion: 'User registered Security Questions',
  microsoftAuthenticatorPush: 'User registered Authenticator App with Notification and Code',
  hardwareOneTimePasscode: 'User registered Hardware OATH Token',
  passKeyDeviceBound: 'User registered Fido',
  passKeyDeviceBoundAuthenticator: 'User registered Passkey in Microsoft Authenticator',
};

/** The ways a flow offers for `methods`, one of each family, in random order. */
export function flowMethods(methods: readonly string[], random: Random): FlowMethod[] {
  const has = (method: string) => methods.includes(method);
  const ways: FlowMethod[] = [];
  if (has('mobilePhone')) ways.push(random.chance(0.87) ? 'mobile SMS' : 'mobile voice call');
  if (has('microsoftAuthenticatorPush')) {
    ways.push(random.chance(0.6) ? 'mobile app notification' : 'mobile app code');
  }
  if (has('hardwareOneTimePasscode') && !has('microsoftAuthenticatorPush')) {
    ways.push('mobile app code');
  }
  if (has('email')) ways.push('email');
  if (has('securityQuestion')) ways.push('security questions');
  if (has('officePhone')) ways.push('office voice call');
  return shuffled(ways, random);
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((value) => ({ value, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
