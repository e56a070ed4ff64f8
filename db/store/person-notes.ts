import { and, eq } from 'drizzle-orm';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';

export interface NoteToStore {
  tenantId: number;
  /** Object id. */
  id: string;
  /** Null: only marked, or neither. */
  note: string | null;
  done: boolean;
  author: string;
  /** UTC milliseconds. */
  now: number;
}

/**
 * Writes what an admin notes about a person, instead of what was there. An empty note is none. Null for somebody
 * whom no report has named.
 */
export async function storeNote(store: Store, change: NoteToStore) {
  const { person, personNote: table } = store.t;
  const { tenantId, done, author, now } = change;
  const note = change.note === '' ? null : change.note;
  return store.tx(async (db) => {
    const [found] = await db
      .select({ id: person.id })
      .from(person)
      .where(and(eq(person.tenantId, tenantId), eq(person.objectId, change.id)));
    if (!found) return null;
    const set = { note, done, author, changedAt: now };
    await db
      .insert(table)
      .values({ tenantId, personId: found.id, ...set })
      .onConflictDoUpdate({ target: [table.tenantId, table.personId], set });
    return { note, done, author, changedAt: isoTextOrNull(now) };
  });
}
