import { and, asc, desc, eq } from 'drizzle-orm';
import type { Month } from '../../domain/statement/month.ts';
import type { Store } from '../store-types.ts';

/** A frozen month as it is stored: `body` is the frozen text, `hash` its SHA-256. */
export type StatementRow = Store['t']['statement']['$inferSelect'];

/** All statements, newest month first, of a month the newest revision first. */
export async function statements(
  { t: { statement }, read }: Store,
  tenantId: number,
): Promise<StatementRow[]> {
  return read
    .select()
    .from(statement)
    .where(eq(statement.tenantId, tenantId))
    .orderBy(desc(statement.month), desc(statement.revision));
}

/** One of them; null: there is none with this number. */
export async function statementById(
  { t: { statement }, read }: Store,
  tenantId: number,
  id: number,
): Promise<StatementRow | null> {
  const [row] = await read
    .select()
    .from(statement)
    .where(and(eq(statement.tenantId, tenantId), eq(statement.id, id)));
  return row ?? null;
}

/** Id of the newest revision, by month. */
export async function newestOfMonths(
  { t: { statement }, read }: Store,
  tenantId: number,
): Promise<Map<Month, string>> {
  const rows = await read
    .select({ id: statement.id, month: statement.month })
    .from(statement)
    .where(eq(statement.tenantId, tenantId))
    .orderBy(asc(statement.month), asc(statement.revision));
  return new Map(rows.map(({ id, month }) => [month, String(id)])); // the last of a month stays
}
