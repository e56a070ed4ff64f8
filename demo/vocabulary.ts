/**
 * The texts of Graph's audit log that the made-up tenant uses, verbatim. Written down here apart from
 * the product's own table, so that the one is checked against the other.
 */
export const FLOW_ACTIVITY = 'Self-service password reset flow activity progress';
export const RESET_ACTIVITY = 'Reset password (self-service)';
export const UNLOCK_ACTIVITY = 'Unlock user account (self-service)';
export const CHANGE_ACTIVITY = 'Change password (self-service)';
export const BLOCKED_ACTIVITY = 'Blocked from self-service password reset';
export const ADMIN_RESET_ACTIVITY = 'Reset password (by admin)';
/** Microsoft's heading for such records; their exact name is not documented. */
export const POLICY_ACTIVITY = 'Self-service password reset policy changes';
export const METHODS_POLICY_ACTIVITY = 'Authentication Methods Policy Update';
export const WRITEBACK_OFF_ACTIVITY = 'Disable password writeback for directory';
export const WRITEBACK_ON_ACTIVITY = 'Enable password writeback for directory';

/** Methods as flow records name them. */
export type FlowMethod =
  | 'email'
  | 'mobile SMS'
  | 'mobile voice call'
  | 'office voice call'
  | 'security questions'
  | 'mobile app notification'
  | 'mobile app code';

export type FlowStep =
  | 'identified'
  | 'options'
  | `start ${FlowMethod}`
  | `complete ${FlowMethod}`
  | 'gates passed'
  | 'password'
  | 'reset'
  | 'unlocked'
  | 'cancelled early'
  | 'cancelled late'
  | `contacted admin ${FlowMethod}`
  | 'too many'
  | `too many ${FlowMethod}`
  | 'blocked'
  | keyof typeof STOPS;

/** Steps that end a flow in failure, with the reason Graph gives. The first blank at an end is Graph's own. */
export const STOPS = {
  'insufficient methods':
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this ",
  'not enabled':
    'Password reset is not enabled for this user. Enable password reset under the configure tab to resolve this',
  'not in group':
    'This user is not a member of the password reset users group. Add this user to that group to resolve this.',
  'no licence': 'User does not have a license. You can add a license to the user to resolve this',
  'writeback unreachable':
    "We could not reach your on-premises password reset service. Check your sync machine's event log",
  'writeback failed':
    "We encountered a problem while resetting the user's on-premises password. Check your sync machine's event log",
  'policy on-premises':
    'User submitted a password that did not meet the requirements of the AD on-prem policy',
  'banned password':
    'The user selected a password that was automatically banned because the Microsoft Banned Password Detection capabilities found it to be too common or especially weak.',
  'no cookies': 'User tried to reset from a device without cookies enabled',
  'system error': "A system error occurred while attempting to reset the user's password",
} as const;

const PLAIN: Record<string, string> = {
  identified: 'User submitted their user ID',
  options: 'User was presented with verification options',
  'gates passed': 'User completed all verification steps required to reset their password',
  password: 'User submitted a new password',
  reset: 'User successfully reset password',
  unlocked: 'User successfully unlocked the account',
  'cancelled early': 'User cancelled before passing the required authentication methods',
  'cancelled late': 'User cancelled before submitting a new password',
  'too many': 'User tried to verify a phone number too many times and is blocked for 24 hours',
};

/** `resultReason` and `result` of the flow record that a step leaves. */
export function flowReason(step: FlowStep): { reason: string; result: string } {
  if (step in STOPS) return { reason: STOPS[step as keyof typeof STOPS], result: 'failure' };
  const plain = PLAIN[step];
  if (plain !== undefined) {
    return { reason: plain, result: step === 'too many' ? 'failure' : 'success' };
  }
  if (step.startsWith('too many ')) {
    const method = step.slice('too many '.length) as FlowMethod;
    return { reason: TOO_MANY[method] ?? PLAIN['too many'] ?? '', result: 'failure' };
  }
  return { reason: methodReason(step), result: 'success' };
}

/** The texts of a block by method; the log knows none for the authenticator app. */
const TOO_MANY: Partial<Record<FlowMethod, string>> = {
  'mobile SMS': 'User entered too many invalid SMS verification codes and is blocked for 24 hours',
  email: 'User entered too many invalid email verification codes and is blocked for 24 hours',
  'mobile voice call':
    'User tried mobile phone voice verification too many times and is blocked for 24 hours',
  'office voice call':
    'User tried office phone voice verification too many times and is blocked for 24 hours',
  'security questions':
    'User tried to answer security questions too many times and is blocked for 24 hours',
};

/** Whether the log has a text for being blocked while trying `method`. */
export function canBlock(method: FlowMethod): boolean {
  return method in TOO_MANY;
}

function methodReason(step: FlowStep): string {
  const [, verb, method] = /^(start|complete|contacted admin) (.+)$/.exec(step) ?? [];
  if (verb === 'start') return `User started the ${method} verification option`;
  if (verb === 'complete') return `User completed the ${method} verification option`;
  if (verb === 'contacted admin') {
    const name = method === 'security questions' ? 'security question' : method;
    return `User contacted an admin after trying the ${name} verification option`;
  }
  throw new RangeError(`Not a step of a flow: ${step}`);
}
