import { and, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { nextId } from './next-id.ts';

/** A dated note written by hand. The forecast knows campaigns. */
export interface HandAnnotation {
  kind: 'note' | 'campaign';
  day: Day;
  /** Last day of what lasts, not before `day`; null: one day. */
  lastDay: Day | null;
  text: string;
  /** As typed in. */
  author: string;
}

export type AnnotationRow = Store['t']['annotation']['$inferSelect'];

/** Keeps a note and answers it with its number. */
export async function addAnnotation(
  store: Store,
  tenantId: number,
  note: HandAnnotation,
  now: number,
): Promise<AnnotationRow> {
  const { annotation } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'annotation', tenantId);
    const id = await nextId(db, annotation, tenantId);
    const row = { tenantId, id, ...note, createdAt: now };
    await db.insert(annotation).values(row);
    return row;
  });
}

/** Removes a note and answers what it was; null: there was none with this number. */
export async function removeAnnotation(
  store: Store,
  tenantId: number,
  id: number,
): Promise<AnnotationRow | null> {
  const { annotation } = store.t;
  return store.tx(async (db) => {
    const [gone] = await db
      .delete(annotation)
      .where(and(eq(annotation.tenantId, tenantId), eq(annotation.id, id)))
      .returning();
    return gone ?? null;
  });
}
