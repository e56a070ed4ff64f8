import type { AuditRecord } from './audit-record.ts';

/** A change of settings in Entra that bends the charts: marked when the record is stored, for annotations. */
export type PolicyMark = 'policy_change' | 'writeback';

/** `Enable password writeback for directory` and `Disable …`: Microsoft's reference of audit activities. */
const WRITEBACK = /^\s*(enable|disable)\b.*\bwriteback\b/i;

/**
 * The exact name of the record of a changed reset policy is not documented: Microsoft's page on reporting has the
 * heading "Self-service password reset policy changes". So any activity that speaks of the policy counts.
 */
const RESET_POLICY = /(?=.*(?:password reset|\bsspr\b)).*\bpolic(?:y|ies)\b/i;

/** `Authentication Methods Policy Update` and `… Reset`: which methods may be used at all, for resets too. */
const METHODS_POLICY = /^\s*authentication methods? polic(?:y|ies)\b/i;

/** What a record says about settings; null: nothing, or the change did not come about. */
export function policyMark(record: Pick<AuditRecord, 'activity' | 'result'>): PolicyMark | null {
  const { activity, result } = record;
  if (result === 'failure' || result === 'timeout') return null;
  if (WRITEBACK.test(activity)) return 'writeback';
  return RESET_POLICY.test(activity) || METHODS_POLICY.test(activity) ? 'policy_change' : null;
}

/** The change that activities of one day speak of, in a sentence for charts; each kind of change once. */
export function policySentence(mark: PolicyMark, activities: readonly string[]): string {
  return mark === 'writeback' ? writebackSentence(activities) : changeSentence(activities);
}

function writebackSentence(activities: readonly string[]): string {
  const switched = new Set(activities.map((text) => WRITEBACK.exec(text)?.[1]?.toLowerCase()));
  if (switched.size > 1) return 'Password writeback was switched off and on.';
  return switched.has('disable')
    ? 'Password writeback was switched off.'
    : 'Password writeback was switched on.';
}

function changeSentence(activities: readonly string[]): string {
  const methods = activities.filter((text) => METHODS_POLICY.test(text));
  if (methods.length === activities.length) return 'The policy of authentication methods changed.';
  return methods.length === 0
    ? 'The policy of self-service reset changed.'
    : 'The policies of self-service reset and of authentication methods changed.';
}
