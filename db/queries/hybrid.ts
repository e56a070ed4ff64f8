import { and, eq, lte, sql } from 'drizzle-orm';
import type { Store } from '../store-types.ts';

/** A tenant that synchronises people has one among so many: nobody needs to read a million to know. */
const PEOPLE_MOST = 20_000;

/**
 * Whether people are synchronised from on-premises, where resets are in no log of ours. Null: /users was never read, or
 * tells of nobody.
 */
export async function isHybrid(
  { read, t: { person } }: Store,
  tenantId: number,
): Promise<boolean | null> {
  const [row] = await read
    .select({
      told: sql<number>`count(*)`.mapWith(Number),
      synced:
        sql<number>`coalesce(sum(case when ${eq(person.onPremisesSynced, true)} then 1 else 0 end), 0)`.mapWith(
          Number,
        ),
    })
    .from(person)
    .where(
      and(eq(person.tenantId, tenantId), lte(person.id, PEOPLE_MOST), eq(person.inDirectory, true)),
    );
  return row && row.told > 0 ? row.synced > 0 : null;
}
