import type { OracleFlow } from './flows.ts';
import type { Entry } from './raw.ts';
import { STAGES, stageReached } from './stages.ts';
import type { Meaning } from './vocabulary.ts';

export interface OracleReason {
  code: string;
  /** 'unknown': in no vocabulary. */
  owner: string;
}

/** Codes and owners as the data dictionary lists them, by what the text of the log begins with. */
const TABLE: [start: string, code: string, owner: string][] = [
  ["user's account has insufficient authentication methods", 'insufficient_methods', 'user'],
  ['password reset is not enabled for this user', 'not_enabled', 'admin'],
  ['password reset has been disabled entirely', 'disabled_for_tenant', 'admin'],
  ['this user is not a member of the password reset users group', 'not_in_group', 'scope'],
  ['user does not have a license', 'no_licence', 'licence'],
  ["user's password is managed on-premises", 'managed_on_premises', 'writeback'],
  ['we could not reach your on-premises', 'writeback_unreachable', 'writeback'],
  ["we encountered a problem while resetting the user's", 'writeback_problem', 'writeback'],
  [
    'user submitted a password that did not meet the requirements of the ad on-prem',
    'policy_on_premises',
    'password_policy',
  ],
  [
    'user submitted a password that did not meet the security requirements of the cloud',
    'policy_cloud',
    'password_policy',
  ],
  ['the user selected a password that was automatically', 'banned_password', 'password_policy'],
  ['passworddoesnotcomplyfuzzypolicy', 'fuzzy_policy', 'password_policy'],
  ['fuzzypolicyviolationinvalidpassword', 'fuzzy_policy', 'password_policy'],
  ['user tried to reset from a device without cookies', 'no_cookies', 'user'],
  ['a system error', 'system_error', 'microsoft'],
];

/** Why a flow was lost; null: it was not. */
export function reasonOf(flow: OracleFlow): OracleReason | null {
  const { outcome, records, meanings } = flow;
  if (['completed', 'unlocked', 'in_progress'].includes(outcome)) return null;
  const byUser = (code: string) => ({ code, owner: 'user' });
  const has = (kind: Meaning['kind']) => meanings.some((meaning) => meaning.kind === kind);
  if (outcome === 'contacted_admin') return byUser('contacted_admin');
  if (outcome === 'blocked') return byUser(has('too many') ? 'too_many_attempts' : 'blocked');
  if (outcome === 'abandoned') return byUser(`abandoned_${STAGES[stageReached(flow)]}`);
  const deciding =
    outcome === 'not_entitled'
      ? meanings.findIndex(({ kind }) => kind === 'stop')
      : meanings.findLastIndex(({ kind }) => kind !== 'identified' && kind !== 'options');
  const [record, meaning] = [records[deciding], meanings[deciding]];
  if (!record || !meaning) throw new RangeError(`Nothing decided ${flow.id}`);
  return outcome === 'cancelled' ? byUser(cancelCode(plainReason(record))) : told(record, meaning);
}

function plainReason({ reason }: Entry): string {
  return (reason ?? '').replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}

function cancelCode(text: string): string {
  if (text.includes('before passing')) return 'cancelled_before_verification';
  return text.includes('before submitting') ? 'cancelled_before_password' : 'cancelled';
}

function told(record: Entry, { kind }: Meaning): OracleReason {
  const text = plainReason(record);
  const known = TABLE.find(([start]) => text.startsWith(start));
  if (known) return { code: known[1], owner: known[2] };
  const verbatim = (record.reason ?? '').trim();
  const silent = verbatim === '' || verbatim.toLowerCase() === 'none';
  if (silent)
    return { code: kind === 'unsuccessful' ? 'reset_failed' : 'no_reason', owner: 'unknown' };
  return { code: verbatim, owner: 'unknown' };
}
