import type { Entry } from './raw.ts';

/** What one flow record means, by the lists of Graph's own texts. */
export type Meaning =
  | { kind: 'identified' | 'options' | 'gates' | 'password' }
  | { kind: 'started' | 'completed'; method: string }
  | { kind: 'reset' | 'unlocked' | 'unsuccessful' }
  | { kind: 'cancelled' | 'stop' | 'failure' | 'unknown' }
  | { kind: 'contacted'; method: string | null }
  | { kind: 'blocked' | 'too many'; method: string | null };

const METHODS = [
  'email',
  'mobile SMS',
  'mobile voice call',
  'office voice call',
  'security questions',
  'mobile app notification',
  'mobile app code',
];

const STOPS = [
  "user's account has insufficient authentication methods defined",
  'password reset is not enabled for this user',
  'this user is not a member of the password reset users group',
  'user does not have a license',
  'password reset has been disabled entirely for this tenant',
  "user's password is managed on-premises",
];

const FAILURES = [
  'we could not reach your on-premises password reset service',
  "we encountered a problem while resetting the user's on-premises password",
  'user submitted a password that did not meet the requirements of the ad on-prem policy',
  'user submitted a password that did not meet the security requirements of the cloud password policy',
  'the user selected a password that was automatically banned',
  'passworddoesnotcomplyfuzzypolicy',
  'fuzzypolicyviolationinvalidpassword',
  'user tried to reset from a device without cookies enabled',
  "a system error occurred while attempting to reset the user's password",
  'a system error has occurred',
];

const ACTIVITIES: Record<string, 'flow' | 'reset' | 'unlock' | 'blocked'> = {
  'self-service password reset flow activity progress': 'flow',
  'reset password (self-service)': 'reset',
  'unlock user account (self-service)': 'unlock',
  'unlock a user account (self-service)': 'unlock',
  'blocked from self-service password reset': 'blocked',
};

function plain(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}

function methodIn(text: string): string | null {
  const wanted = text === 'security question' ? 'security questions' : text;
  return METHODS.find((method) => method.toLowerCase() === wanted) ?? null;
}

/** Null: not a record of a flow. */
export function meaningOf(entry: Entry): Meaning | null {
  const activity = ACTIVITIES[plain(entry.activity)];
  if (!activity) return null;
  if (activity === 'blocked')
    return { kind: 'blocked', method: blockedMethod(plain(entry.reason ?? '')) };
  if (activity === 'reset') return { kind: entry.result === 'success' ? 'reset' : 'unsuccessful' };
  if (activity === 'unlock')
    return { kind: entry.result === 'success' ? 'unlocked' : 'unsuccessful' };
  return meaningOfReason(plain(entry.reason ?? ''));
}

function meaningOfReason(text: string): Meaning {
  if (text.startsWith('user submitted their user id')) return { kind: 'identified' };
  if (text.startsWith('user was presented with verification options')) return { kind: 'options' };
  const [, verb, named = ''] =
    /^user (started|completed) the (.+) verification option/.exec(text) ?? [];
  const method = methodIn(named);
  if (verb === 'started' && method) return { kind: 'started', method };
  if (verb === 'completed' && method) return { kind: 'completed', method };
  if (text.startsWith('user completed all verification steps')) return { kind: 'gates' };
  if (STOPS.some((stop) => text.startsWith(stop))) return { kind: 'stop' };
  if (FAILURES.some((failure) => text.startsWith(failure))) return { kind: 'failure' };
  if (text.startsWith('user submitted a new password')) return { kind: 'password' };
  if (text.startsWith('user successfully reset password')) return { kind: 'reset' };
  if (text.startsWith('user successfully unlocked the account')) return { kind: 'unlocked' };
  if (/^user cancel+ed/.test(text)) return { kind: 'cancelled' };
  if (text.startsWith('user contacted an admin')) {
    const [, tried = ''] = /after trying the (.+) verification option/.exec(text) ?? [];
    return { kind: 'contacted', method: methodIn(tried) };
  }
  if (text.includes('too many')) return { kind: 'too many', method: blockedMethod(text) };
  return { kind: 'unknown' };
}

function blockedMethod(text: string): string | null {
  if (text.includes('sms')) return 'mobile SMS';
  if (text.includes('email')) return 'email';
  if (text.includes('mobile phone voice')) return 'mobile voice call';
  if (text.includes('office phone voice')) return 'office voice call';
  return text.includes('security questions') ? 'security questions' : null;
}

const STAGES = ['identified', 'options', 'started', 'completed', 'gates', 'password'];

/** Place of a record among those of the same instant. */
export function stageOf({ kind }: Meaning): number {
  const stage = STAGES.indexOf(kind);
  return stage < 0 ? STAGES.length : stage;
}
