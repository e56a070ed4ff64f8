import { and, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Db, Store } from '../store-types.ts';

/** What the people's list and the exclusions stand at. */
export interface Edition {
  /** Grows with every change of exclusions or cells; 0: there was none yet. */
  edition: number;
  /** Day for which `person.excluded` is right; null: never applied. */
  exclusionsDay: Day | null;
}

export async function peopleEdition(
  { t: { peopleEdition: table } }: Store,
  db: Db,
  tenantId: number,
): Promise<Edition> {
  const [row] = await db
    .select({ edition: table.edition, exclusionsDay: table.exclusionsDay })
    .from(table)
    .where(eq(table.tenantId, tenantId));
  return row ?? { edition: 0, exclusionsDay: null };
}

/** Whether the edition still is `edition`; if so it stays that until the end of the transaction. */
export async function isEdition(
  { t: { peopleEdition: table } }: Store,
  db: Db,
  { tenantId, edition }: { tenantId: number; edition: number },
): Promise<boolean> {
  await db
    .insert(table)
    .values({ tenantId, edition: 0, exclusionsDay: null })
    .onConflictDoNothing();
  const rows = await db
    .update(table)
    .set({ edition })
    .where(and(eq(table.tenantId, tenantId), eq(table.edition, edition)))
    .returning({ edition: table.edition });
  return rows.length > 0;
}

/** Notes the day for which `person.excluded` is right now. */
export async function setExclusionsDay(
  { t: { peopleEdition: table } }: Store,
  db: Db,
  { tenantId, day }: { tenantId: number; day: Day },
): Promise<void> {
  await db
    .insert(table)
    .values({ tenantId, edition: 0, exclusionsDay: day })
    .onConflictDoUpdate({ target: table.tenantId, set: { exclusionsDay: day } });
}
