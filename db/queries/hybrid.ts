import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../store-types.ts';

const PEOPLE_MOST = 20_000;

/** Whether anybody is synchronised from on-premises, where resets are in no log of ours; null: /users told of nobody. */
export async function isHybrid(
  { t: { person }, read }: Store,
  tenantId: number,
): Promise<boolean | null> {
  // In the words of the index that holds those who are.
  const synced = sql`${person.onPremisesSynced}`;
  for (const [told, answer] of [
    [synced, true],
    // /users tells it of everybody or of nobody: a million need not be read to know.
    [sql`${synced} is not null and ${person.id} <= ${PEOPLE_MOST}`, false],
  ] as const) {
    const [one] = await read
      .select({ id: person.id })
      .from(person)
      .where(and(eq(person.tenantId, tenantId), told))
      .limit(1);
    if (one) return answer;
  }
  return null;
}
