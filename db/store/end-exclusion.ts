import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { exclusionState } from '../../domain/exclusion.ts';
import type { Db } from '../store-types.ts';
import { expireExclusions } from './apply-exclusions.ts';
import { eachChunk, Pace } from './chunks.ts';
import { changeIntervals, type Moment, type Writer } from './exclusion-intervals.ts';
import { end } from './exclusion-rules.ts';
import { beginEdition } from './person-cells.ts';

/**
 * Ends an exclusion by hand: today is the first day on which it no longer holds. Answers `unknown` where there
 * is none with this number, `over` where it holds no more already. Answers once it is applied.
 */
export async function endExclusion(
  writer: Writer,
  id: number,
  moment: Moment,
): Promise<'done' | 'unknown' | 'over'> {
  const { today, now } = moment;
  await expireExclusions(writer, today);
  const { store, tenantId } = writer;
  const { exclusion: table, personExclusion } = store.t;
  const kind = await writer.tx(async (db) => {
    await beginEdition(store, db, tenantId);
    const own = and(eq(table.tenantId, tenantId), eq(table.id, id));
    const [row] = await db.select().from(table).where(own);
    if (!row) return 'unknown';
    if (exclusionState(row, today) !== 'active') return 'over';
    await db.update(table).set({ endDay: today, endedAt: now }).where(own);
    if (row.kind === 'person') await endPerson(writer, db, { id, today });
    return row.kind;
  });
  if (kind === 'unknown' || kind === 'over') return kind;
  if (kind === 'person') return 'done';
  const rows = await store.read
    .select({ id: personExclusion.personId })
    .from(personExclusion)
    .where(
      and(
        eq(personExclusion.tenantId, tenantId),
        eq(personExclusion.exclusionId, id),
        or(isNull(personExclusion.endDay), sql`${personExclusion.endDay} > ${today}`),
      ),
    );
  const change = { stored: { id }, day: today, today };
  await eachChunk(
    rows.map((row) => row.id),
    new Pace(),
    async (personIds) => {
      await writer.tx((db) => end(writer, db, { ...change, personIds }));
    },
  );
  return 'done';
}

/** The interval of one person stays, also when it is empty: it says whom the exclusion is about. */
async function endPerson(
  writer: Writer,
  db: Db,
  { id, today }: { id: number; today: Day },
): Promise<void> {
  const { store, tenantId } = writer;
  const { personExclusion: table } = store.t;
  const own = and(eq(table.tenantId, tenantId), eq(table.exclusionId, id));
  const rows = await db.select({ id: table.personId }).from(table).where(own);
  const personIds = rows.map((row) => row.id);
  await changeIntervals(writer, db, { personIds, day: today, today }, async () => {
    await db.update(table).set({ endDay: today }).where(own);
  });
}
