import {
  type AlertRule,
  RHYTHM_RULES,
  SUBJECT_KINDS,
  type SubjectKind,
  THRESHOLD_RULE_FACTS,
  type ThresholdRule,
} from './rule-list.ts';

/**
 * What an exclusion can be about so that it keeps alerts of a rule quiet (`exclusionOf`): what their evidence explains them
 * by. Of all rules (null) everything.
 */
export function excludableKinds(rule: AlertRule | null): readonly SubjectKind[] {
  if (rule === null) return SUBJECT_KINDS;
  if (rule === 'capability_lost') return []; // it explains nothing by anybody
  if (rule === 'failed_verifications') return ['address', 'person', 'method', 'country'];
  const own = isThreshold(rule) ? THRESHOLD_RULE_FACTS[rule].subject : null;
  return own === null || own === 'person' ? ['person'] : [own, 'person'];
}

const isThreshold = (rule: AlertRule): rule is ThresholdRule =>
  !RHYTHM_RULES.some((rhythm) => rhythm === rule);
