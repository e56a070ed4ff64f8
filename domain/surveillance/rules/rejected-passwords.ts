import type { AuditRecord } from '../../audit-record.ts';
import { endOf, stepOf } from '../../reset-vocabulary.ts';
import type { DayRejections } from './day-facts.ts';
import { countSubjects, type RuleValue } from './rule-value.ts';

/** New passwords that were rejected in the flows of a known person. */
export function rejectedPasswords(rejections: readonly DayRejections[]): RuleValue[] {
  return countSubjects(
    'rejected_passwords',
    rejections.flatMap(({ personId, flowId, at }) =>
      personId === null
        ? []
        : at.map((time, n) => {
            return { subject: personId, item: `${flowId}:${n}`, from: time, to: time };
          }),
    ),
  );
}

/**
 * When each rejected password of a flow was rejected, from its records in the order of the flow, each once.
 *
 * A password is rejected if a failure of the password policy answers it, or if another one is submitted before anything
 * answers it: nobody types a second one after the first was taken. The last one, while nothing answers it, is not. One
 * rejection can leave two failures, the step and the reset that did not succeed; they count once.
 */
export function rejectedAt(records: readonly AuditRecord[]): number[] {
  const rejected: number[] = [];
  let waiting: number | null = null;
  let answeredBy: 'step' | 'end' | null = null;
  for (const record of records) {
    const step = stepOf(record);
    if (step?.kind === 'password_submitted') {
      if (waiting !== null) rejected.push(waiting);
      [waiting, answeredBy] = [record.occurredAt, null];
    } else if (step?.kind === 'failed' && step.owner === 'password_policy') {
      const by = endOf(record.activity) === null ? 'step' : 'end';
      if (waiting !== null || answeredBy === null || answeredBy === by) {
        rejected.push(record.occurredAt);
        answeredBy = by;
      }
      waiting = null;
    } else if (step?.kind === 'failed' || step?.kind === 'reset' || step?.kind === 'unlocked') {
      waiting = null;
    }
  }
  return rejected;
}
