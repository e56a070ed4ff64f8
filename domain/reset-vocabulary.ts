import type { AuditRecord } from './audit-record.ts';

/** A method of verification as the log names it; several of them make up one family of reset methods. */
export type VerificationMethod =
  | 'email'
  | 'mobile SMS'
  | 'mobile voice call'
  | 'office voice call'
  | 'security questions'
  | 'mobile app notification'
  | 'mobile app code';

/** Who can take away the cause of a stop. */
export type Owner =
  | 'user'
  | 'admin'
  | 'licence'
  | 'scope'
  | 'writeback'
  | 'password_policy'
  | 'microsoft';

export type StepKind =
  | 'identified'
  | 'options'
  | 'started'
  | 'completed'
  | 'gates_passed'
  | 'password_submitted'
  | 'reset'
  | 'unlocked'
  | 'cancelled'
  | 'contacted_admin'
  | 'too_many'
  | 'blocked'
  | 'not_entitled'
  | 'failed'
  | 'unknown';

/** What one record of a flow says. */
export interface Step {
  kind: StepKind;
  /** The method the record names; null where it names none. */
  method: VerificationMethod | null;
  /** Who can mend what the record complains about; null: it complains about nothing, or we do not know. */
  owner: Owner | null;
}

/**
 * Where a row of the vocabulary is written down:
 * `funnel-workbook`: Microsoft's "SSPR Reset Funnel" workbook (Application-Insights-Workbooks), which reads the
 * same reasons; `classic-reporting`: Azure's archived page on password reporting (2017), which lists every
 * detail with its result; `sspr-reporting`: Entra's current page on self-service reset reporting; `field`:
 * quoted from live tenants in published queries and lab write-ups.
 */
export type Source = 'funnel-workbook' | 'classic-reporting' | 'sspr-reporting' | 'field';

export interface VocabularyRow {
  /** Matched against the reason as `plain` leaves it. */
  pattern: RegExp;
  kind: StepKind;
  /** `named`: the method that the text names, if it names one. */
  method: VerificationMethod | 'named' | null;
  owner: Owner | null;
  source: Source;
  /** Stable name of the reason for which a flow is lost; null: the row tells of no loss. Rows of one meaning share it. */
  code: string | null;
  /** That reason in Graph's words, as far as they do not change; null where `code` is null. */
  text: string | null;
}

/** How texts of different ages name the methods. The log's own words are the first of each. */
const METHOD_NAMES: [VerificationMethod, string][] = [
  ['email', 'e-?mail'],
  ['mobile SMS', '(?:mobile )?(?:phone )?sms'],
  ['mobile voice call', 'mobile (?:phone )?(?:voice(?: call)?|call)'],
  ['office voice call', 'office (?:phone )?(?:voice(?: call)?|call)'],
  ['security questions', 'security questions?'],
  ['mobile app notification', 'mobile app notification'],
  ['mobile app code', 'mobile app (?:verification )?code'],
];

const METHOD_PATTERNS = METHOD_NAMES.map(
  ([method, name]) => [method, new RegExp(`\\b${name}\\b`)] as const,
);

const METHOD_ROWS: VocabularyRow[] = METHOD_NAMES.flatMap(([method, name]) => [
  row(new RegExp(`^user started the ${name} verification\\b`), 'started', { method }),
  row(new RegExp(`^user completed the ${name} verification\\b`), 'completed', { method }),
]);

/**
 * The reasons of flow activity progress. Every pattern holds the beginning only: Graph cuts some texts short,
 * and ends others in a blank, a full stop or an address that changes. The first row that fits counts.
 */
export const VOCABULARY: readonly VocabularyRow[] = [
  row(/^user submitted their user ?id\b/, 'identified'),
  row(/^user was presented with\b/, 'options'),
  ...METHOD_ROWS,
  row(/^user completed all\b/, 'gates_passed'),
  row(/^user submitted a new password\b/, 'password_submitted'),
  row(/^user successfully reset\b/, 'reset'),
  row(/^user successfully unlocked\b/, 'unlocked'),

  // The documentation spells "canceled", the log "cancelled".
  row(/^user cancel+ed before passing\b/, 'cancelled', {
    owner: 'user',
    code: 'cancelled_before_verification',
    text: 'User cancelled before passing the required authentication methods',
  }),
  row(/^user cancel+ed before submitting\b/, 'cancelled', {
    owner: 'user',
    code: 'cancelled_before_password',
    text: 'User cancelled before submitting a new password',
  }),
  row(/^user cancel+ed\b/, 'cancelled', {
    owner: 'user',
    code: 'cancelled',
    text: 'User cancelled',
  }),
  row(/^user contacted (?:an?|the|their|your) admin/, 'contacted_admin', {
    method: 'named',
    owner: 'user',
    code: 'contacted_admin',
    text: 'User contacted an admin after trying a verification option',
  }),
  row(/^user (?:entered|tried)\b.*\btoo many\b/, 'too_many', {
    method: 'named',
    owner: 'user',
    code: 'too_many_attempts',
    text: 'User tried too many times and is blocked for 24 hours',
  }),

  row(/^user'?s account has insufficient\b/, 'not_entitled', {
    owner: 'user',
    code: 'insufficient_methods',
    text: "User's account has insufficient authentication methods defined",
  }),
  row(/^password reset is not enabled\b/, 'not_entitled', {
    owner: 'admin',
    code: 'not_enabled',
    text: 'Password reset is not enabled for this user',
  }),
  row(/^password reset has been disabled\b/, 'not_entitled', {
    owner: 'admin',
    code: 'disabled_for_tenant',
    text: 'Password reset has been disabled entirely for this tenant',
  }),
  row(/^this user is not a member of\b/, 'not_entitled', {
    owner: 'scope',
    code: 'not_in_group',
    text: 'This user is not a member of the password reset users group',
  }),
  row(/^user does not have a licen[cs]e\b/, 'not_entitled', {
    owner: 'licence',
    code: 'no_licence',
    text: 'User does not have a license',
  }),
  row(/^user'?s password is managed on-?premises\b/, 'not_entitled', {
    owner: 'writeback',
    code: 'managed_on_premises',
    text: "User's password is managed on-premises",
  }),

  row(/^we could not reach your on-?premises\b/, 'failed', {
    owner: 'writeback',
    code: 'writeback_unreachable',
    text: 'We could not reach your on-premises password reset service',
  }),
  row(/^we encountered a problem while resetting\b/, 'failed', {
    owner: 'writeback',
    code: 'writeback_problem',
    text: "We encountered a problem while resetting the user's on-premises password",
  }),
  row(/^user submitted a password that did not meet\b.*\bon-?prem/, 'failed', {
    owner: 'password_policy',
    code: 'policy_on_premises',
    text: 'User submitted a password that did not meet the requirements of the AD on-prem policy',
  }),
  row(/^user submitted a password that did not meet\b.*\bcloud\b/, 'failed', {
    owner: 'password_policy',
    code: 'policy_cloud',
    text: 'User submitted a password that did not meet the security requirements of the cloud password policy',
  }),
  row(/^user submitted a password that did not meet\b/, 'failed', {
    owner: 'password_policy',
    code: 'policy_not_named',
    text: 'User submitted a password that did not meet the requirements',
  }),
  row(/^the user selected a password that was automatically banned\b/, 'failed', {
    owner: 'password_policy',
    code: 'banned_password',
    text: 'The user selected a password that was automatically banned because the Microsoft Banned Password Detection capabilities found it to be too common or especially weak',
  }),
  row(/^passworddoesnotcomplyfuzzypolicy\b/, 'failed', {
    owner: 'password_policy',
    source: 'field',
    code: 'fuzzy_policy',
    text: 'PasswordDoesnotComplyFuzzyPolicy',
  }),
  row(/^fuzzypolicyviolationinvalidpassword\b/, 'failed', {
    owner: 'password_policy',
    source: 'sspr-reporting',
    code: 'fuzzy_policy',
    text: 'PasswordDoesnotComplyFuzzyPolicy',
  }),
  row(/^user tried to reset from a device without cookies\b/, 'failed', {
    owner: 'user',
    code: 'no_cookies',
    text: 'User tried to reset from a device without cookies enabled',
  }),
  row(/^a system error (?:has )?occurred\b/, 'failed', {
    owner: 'microsoft',
    source: 'classic-reporting',
    code: 'system_error',
    text: "A system error occurred while attempting to reset the user's password",
  }),
];

function row(
  pattern: RegExp,
  kind: StepKind,
  {
    method = null,
    owner = null,
    source = 'funnel-workbook',
    code = null,
    text = null,
  }: Partial<VocabularyRow> = {},
): VocabularyRow {
  return { pattern, kind, method, owner, source, code, text };
}

/** The text without what differs between tenants and years: case, kind of apostrophe, kind and number of blanks. */
function plain(text: string): string {
  return text
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

const PROGRESS = /^self-service password reset flow activity progress[ .]*$/;
const RESET = /^reset password \(self-service\)[ .]*$/;
const UNLOCK = /^unlock (?:a )?user account \(self-service\)[ .]*$/;
const BLOCKED = /^blocked from self-service password reset[ .]*$/;

/**
 * What a record says about its flow; null: it is no record of a flow.
 *
 * In flow activity progress the reason decides, whatever the result; in a reset or unlock the result decides,
 * and the reason only names the owner. A block counts whatever its result, which is always `success`.
 * A reason nobody has seen yet is `unknown`: the caller keeps the record, and with it the text.
 */
export function stepOf(record: Pick<AuditRecord, 'activity' | 'reason' | 'result'>): Step | null {
  const activity = plain(record.activity);
  const reason = plain(record.reason ?? '');
  if (PROGRESS.test(activity)) return progressStep(reason);
  const end = endOf(record.activity);
  if (end !== null) return endStep(end, record.result, reason);
  if (BLOCKED.test(activity)) return { kind: 'blocked', method: methodIn(reason), owner: 'user' };
  return null;
}

/** What an activity that ends a flow would do, whether or not it did; null: another activity. */
export function endOf(activity: string): 'reset' | 'unlocked' | null {
  const text = plain(activity);
  if (RESET.test(text)) return 'reset';
  return UNLOCK.test(text) ? 'unlocked' : null;
}

/** The row of the vocabulary that a reason of flow activity progress fits; null: an unknown reason. */
export function vocabularyRow(reason: string): VocabularyRow | null {
  return rowOf(plain(reason));
}

function rowOf(reason: string): VocabularyRow | null {
  return VOCABULARY.find(({ pattern }) => pattern.test(reason)) ?? null;
}

function progressStep(reason: string): Step {
  const found = rowOf(reason);
  if (found === null) return { kind: 'unknown', method: null, owner: null };
  const { kind, method, owner } = found;
  return { kind, method: method === 'named' ? methodIn(reason) : method, owner };
}

function endStep(kind: 'reset' | 'unlocked', result: string, reason: string): Step {
  if (plain(result) === 'success') return { kind, method: null, owner: null };
  return { kind: 'failed', method: null, owner: rowOf(reason)?.owner ?? null };
}

function methodIn(reason: string): VerificationMethod | null {
  return METHOD_PATTERNS.find(([, pattern]) => pattern.test(reason))?.[0] ?? null;
}
