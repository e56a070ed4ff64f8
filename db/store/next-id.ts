import { eq, sql } from 'drizzle-orm';
import type { Schema } from '../schema.ts';
import type { Db } from '../store-types.ts';

/** Tables whose rows are numbered by us, from 1, per tenant. */
type Numbered =
  | Schema['person']
  | Schema['registrationSnapshot']
  | Schema['jobRun']
  | Schema['annotation']
  | Schema['exclusion']
  | Schema['ticketImport']
  | Schema['statement']
  | Schema['alert']
  | Schema['alertExclusion']
  | Schema['channel'];

/**
 * The next free number of a table, in the transaction that uses it. Nobody else takes it: jobs write under a lease, and
 * requests keep each other out by `dialect.alone` before they ask.
 */
export async function nextId(db: Db, table: Numbered, tenantId: number): Promise<number> {
  const [row] = await db
    .select({ last: sql<number>`coalesce(max(${table.id}), 0)`.mapWith(Number) })
    .from(table)
    .where(eq(table.tenantId, tenantId));
  return (row?.last ?? 0) + 1;
}
