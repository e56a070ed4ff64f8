import { type Chance, oddCase } from './chance.ts';
import type { Known } from './nasty-people.ts';
import type { Raw } from './raw.ts';

const FLOW = 'Self-service password reset flow activity progress';

/** Texts of Graph's log by step, in every spelling that was seen. */
export const TEXTS: Record<string, string[]> = {
  identified: ['User submitted their user ID'],
  options: [
    'User was presented with verification options',
    'User was presented with verification options ',
  ],
  gates: ['User completed all verification steps required to reset their password'],
  password: ['User submitted a new password'],
  reset: ['User successfully reset password', 'User successfully reset password '],
  unlocked: ['User successfully unlocked the account'],
  cancelled: [
    'User cancelled before passing the required authentication methods',
    'User canceled before passing the required authentication methods',
    'User cancelled before submitting a new password ',
    'User canceled before submitting a new password',
  ],
  'too many': [
    'User entered too many invalid SMS verification codes and is blocked for 24 hours',
    'User entered too many invalid email verification codes and is blocked for 24 hours',
    'User tried mobile phone voice verification too many times and is blocked for 24 hours',
    'User tried office phone voice verification too many times and is blocked for 24 hours',
    'User tried to answer security questions too many times and is blocked for 24 hours',
    'User tried to verify a phone number too many times and is blocked for 24 hours',
    'User tried email verification too many times and is blocked for 24 hours ',
  ],
  stop: [
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this ",
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this",
    'User’s account has insufficient authentication methods defined.',
    'Password reset is not enabled for this user. Enable password reset under the configure tab to resolve this',
    'Password reset is not enabled for this user',
    'This user is not a member of the password reset users group. Add this user to that group to resolve this.',
    'User does not have a license. You can add a license to the user to resolve this',
    'Password reset has been disabled entirely for this tenant. See http://aka.ms/ssprtroubleshoot to resolve this.',
    'Password reset has been disabled entirely for this tenant. See https://go.microsoft.com/fwlink/?linkid=1 to resolve this.',
    "User's password is managed on-premises. You can enable Password Writeback to resolve this",
  ],
  failure: [
    "We could not reach your on-premises password reset service. Check your sync machine's event log",
    "We encountered a problem while resetting the user's on-premises password. Check your sync machine's event log",
    'We encountered a problem while resetting the user’s on-premises password. Check your sync machine’s event log',
    'User submitted a password that did not meet the requirements of the AD on-prem policy',
    'User submitted a password that did not meet the security requirements of the cloud password policy: password was null or empty',
    'User submitted a password that did not meet the security requirements of the cloud password policy: too short',
    'The user selected a password that was automatically banned because the Microsoft Banned Password Detection capabilities found it to be too common or especially weak.',
    'PasswordDoesnotComplyFuzzyPolicy',
    'FuzzyPolicyViolationInvalidPassword',
    'User tried to reset from a device without cookies enabled',
    "A system error occurred while attempting to reset the user's password",
    'A system error has occurred.',
  ],
  unknown: ['Something Microsoft added last Tuesday', 'User blinked twice ', 'None', ''],
};

export const METHODS = [
  'email',
  'mobile SMS',
  'mobile voice call',
  'office voice call',
  'security questions',
  'mobile app notification',
  'mobile app code',
];

export interface RecordParts {
  /** UTC ms. */
  at: number;
  activity?: string;
  reason?: string | null;
  result?: string;
  correlation?: string | null;
  target?: Known | null;
  initiator?: Known | null;
  app?: Raw | null;
  address?: string | null;
  service?: string;
}

/** Makes records as Graph words them, with its quirks by chance. */
export function recordMaker(random: Chance) {
  let serial = 1_000_000;
  return (parts: RecordParts): Raw => {
    serial += 1 + random.below(3);
    const { at, target = null, initiator = null, correlation = null } = parts;
    const letters = random.guid().slice(0, 5).toUpperCase();
    return {
      id: `SSPR_${correlation ?? '00000000-0000-0000-0000-000000000000'}_${letters}_${serial}`,
      category: 'UserManagement',
      correlationId:
        correlation !== null && random.is(0.05) ? correlation.toUpperCase() : correlation,
      result: parts.result ?? 'success',
      resultReason: parts.reason === undefined ? 'None' : parts.reason,
      activityDisplayName: parts.activity ?? FLOW,
      activityDateTime: instantText(random, at),
      loggedByService: parts.service ?? 'Self-service Password Management',
      operationType: 'Update',
      initiatedBy: {
        user: initiator && {
          ...named(random, initiator),
          ipAddress: parts.address ?? null,
          roles: [],
        },
        app: parts.app ?? null,
      },
      targetResources: targetsOf(random, target),
      additionalDetails: [{ key: 'OnPremisesAgent', value: 'None' }],
    };
  };
}

function named(random: Chance, { id, userPrincipalName }: Known): Raw {
  const spelt = random.is(0.1) && id !== '' ? oddCase(random, id) : id;
  return { id: spelt === '' ? null : spelt, displayName: null, userPrincipalName };
}

function targetsOf(random: Chance, target: Known | null): Raw[] {
  if (!target) return random.is(0.5) ? [] : [{ id: null, displayName: null, type: 'User' }];
  const own = { ...named(random, target), displayName: target.displayName, modifiedProperties: [] };
  const typed = random.is(0.1) ? { ...own, Type: 'User' } : { ...own, type: 'User' };
  return random.is(0.05) ? [{ id: '', type: 'Other' }, typed] : [typed];
}

/** Seven digits mostly; all, three or none at times. */
function instantText(random: Chance, at: number): string {
  const iso = new Date(at).toISOString();
  const ticks = String(random.below(10_000)).padStart(4, '0');
  if (random.is(0.03)) return iso;
  if (random.is(0.03) && at % 1000 === 0) return `${iso.slice(0, 19)}Z`;
  return `${iso.slice(0, -1)}${ticks}Z`;
}
