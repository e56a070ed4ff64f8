import { and, eq, gte, lt } from 'drizzle-orm';
import { type Day, dayCutter } from '../../domain/day.ts';
import { type PolicyMark, policySentence } from '../../domain/policy-change.ts';
import type { Store } from '../store-types.ts';

export interface PolicyChange {
  day: Day;
  kind: 'policy' | 'writeback';
  /** In a sentence that names nobody. */
  text: string;
}

const KINDS: [PolicyMark, PolicyChange['kind']][] = [
  ['policy_change', 'policy'],
  ['writeback', 'writeback'],
];

/**
 * Days from `first` to `last` on which the audit log tells of a changed policy, or of password writeback being
 * switched: one a day and kind, however many records there are. Found by the index of marks.
 */
export async function policyChanges(
  { t: { auditRecord: record }, read }: Store,
  input: { tenantId: number; timeZone: string; first: Day; last: Day },
): Promise<PolicyChange[]> {
  const cutter = dayCutter(input.timeZone);
  const found: PolicyChange[] = [];
  for (const [mark, kind] of KINDS) {
    const rows = await read
      .selectDistinct({ day: record.day, activity: record.activity })
      .from(record)
      .where(
        and(
          eq(record.tenantId, input.tenantId),
          eq(record.mark, mark),
          gte(record.occurredAt, cutter.startOf(input.first)),
          lt(record.occurredAt, cutter.endOf(input.last)),
        ),
      );
    for (const [day, ofDay] of Map.groupBy(rows, (row) => row.day)) {
      const activities = ofDay.map(({ activity }) => activity);
      found.push({ day, kind, text: policySentence(mark, activities) });
    }
  }
  return found;
}
