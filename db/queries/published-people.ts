import { and, desc, eq } from 'drizzle-orm';
import type { Store } from '../store-types.ts';

/** How many people, of every class, the last published snapshot holds; null before the first. */
export async function publishedPeople(
  { t: { registrationSnapshot: snapshot }, read }: Store,
  tenantId: number,
): Promise<number | null> {
  const [row] = await read
    .select({ people: snapshot.people })
    .from(snapshot)
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true)))
    .orderBy(desc(snapshot.day))
    .limit(1);
  return row?.people ?? null;
}
