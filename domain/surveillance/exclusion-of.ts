import type { Evidence } from './evidence.ts';
import type { AlertRule, SubjectKind } from './rule-list.ts';

/** What no alert is to be sent about. */
export interface AlertExclusionTerms {
  id: number;
  /** Null: every rule. */
  rule: AlertRule | null;
  /** Null: the whole rule. */
  subjectKind: SubjectKind | null;
  subject: string | null;
}

interface Alerted {
  rule: AlertRule;
  evidence: Pick<Evidence, 'rules' | 'explainedBy'>;
}

/**
 * The oldest of the `active` exclusions that keeps an alert quiet; null: none does. A whole rule does; addresses (people,
 * methods, countries, operators, reasons) do where they are all that the alert stands on: one address of two that explain
 * an excess does not, both together do.
 */
export function exclusionOf(
  alert: Alerted,
  active: readonly AlertExclusionTerms[],
): AlertExclusionTerms | null {
  const own = active
    .filter(({ rule }) => rule === null || rule === alert.rule)
    .sort((one, other) => one.id - other.id);
  return own.find((one) => keepsQuiet(one, own, alert)) ?? null;
}

function keepsQuiet(
  { subjectKind, subject }: AlertExclusionTerms,
  own: readonly AlertExclusionTerms[],
  alert: Alerted,
): boolean {
  if (subjectKind === null || subject === null) return true;
  const quiet = new Set(
    own.filter((one) => one.subjectKind === subjectKind).map((one) => one.subject),
  );
  return standsOn(alert, subjectKind).some(
    (all) => all.includes(subject) && all.every((one) => quiet.has(one)),
  );
}

/** Lists of subjects of a kind, each of which alone makes the alert; one that is not known is null. */
function standsOn({ rule, evidence }: Alerted, kind: SubjectKind): (string | null)[][] {
  const explained = evidence.explainedBy
    .filter(({ by, parts, values }) => by === kind && parts.length === values)
    .map(({ parts }) => parts.map(({ value }) => value));
  const fired = evidence.rules
    .filter((one) => one.rule === rule && one.subject?.kind === kind)
    .map((one) => one.subject?.id ?? null);
  return fired.length > 0 ? [...explained, fired] : explained;
}
