import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { type StatementBody, saysTheSame } from '../../domain/statement/body.ts';
import { canonicalJson } from '../../domain/statement/canonical.ts';
import type { StatementRow } from '../queries/statements.ts';
import type { Store } from '../store-types.ts';
import { nextId } from './next-id.ts';

/** A month frozen again without any difference. */
export class SameStatement extends Error {
  override name = 'SameStatement';
}

/** SHA-256 of a frozen text in UTF-8, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** A frozen text, read; null: it was tampered with until it is no JSON. */
export function frozenBody(text: string): StatementBody | null {
  try {
    return JSON.parse(text) as StatementBody;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Freezes a month as its next revision; what was frozen before stays. Throws SameStatement, for people, if nothing is
 * different from its newest revision.
 */
export async function freezeMonth(
  store: Store,
  tenantId: number,
  { body, author, madeAt }: { body: StatementBody; author: string; madeAt: number },
): Promise<StatementRow> {
  const { statement } = store.t;
  const { month } = body;
  const text = canonicalJson(body);
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'statement', tenantId);
    const [newest] = await db
      .select()
      .from(statement)
      .where(and(eq(statement.tenantId, tenantId), eq(statement.month, month)))
      .orderBy(desc(statement.revision))
      .limit(1);
    refuseSame(newest, body);
    const row = {
      ...{ tenantId, id: await nextId(db, statement, tenantId), month },
      ...{ revision: (newest?.revision ?? 0) + 1, madeAt, author },
      ...{ assumptionsVersion: body.assumptions.version, body: text, hash: hashOf(text) },
    };
    await db.insert(statement).values(row);
    return row;
  });
}

function refuseSame(newest: StatementRow | undefined, body: StatementBody): void {
  if (!newest || hashOf(newest.body) !== newest.hash) return;
  const before = frozenBody(newest.body);
  if (before && saysTheSame(before, body))
    throw new SameStatement(
      `Nothing has changed since statement ${newest.id} (revision ${newest.revision}) was frozen: the same input, assumptions and figures. It stays the newest.`,
    );
}
