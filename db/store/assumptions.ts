import { and, desc, eq } from 'drizzle-orm';
import { changesBetween } from '../../domain/deflection/assumption-changes.ts';
import { type AssumptionSet, DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import type { Db, Store } from '../store-types.ts';

/** A version of the assumptions. 0 is the defaults of the program, which nobody made. */
export interface AssumptionVersion {
  version: number;
  /** UTC milliseconds; null of version 0. */
  madeAt: number | null;
  /** As typed in; null of version 0. */
  author: string | null;
  note: string | null;
  set: AssumptionSet;
}

/** A change that changes nothing. */
export class SameAssumptions extends Error {
  override name = 'SameAssumptions';
}

const DEFAULTS: AssumptionVersion = {
  ...{ version: 0, madeAt: null, author: null, note: null },
  set: DEFAULT_SET,
};

/** All versions, newest first; the last is version 0. */
export async function assumptionVersions(
  store: Store,
  tenantId: number,
): Promise<AssumptionVersion[]> {
  const { assumptions } = store.t;
  const rows = await store.read
    .select()
    .from(assumptions)
    .where(eq(assumptions.tenantId, tenantId))
    .orderBy(desc(assumptions.version));
  return [...rows.map(versionOf), DEFAULTS];
}

/** The version that holds now. */
export async function currentAssumptions(
  store: Store,
  tenantId: number,
): Promise<AssumptionVersion> {
  return newest(store, store.read, tenantId);
}

/** A version by its number; null: there is none. */
export async function assumptionsOfVersion(
  { t: { assumptions }, read }: Store,
  tenantId: number,
  version: number,
): Promise<AssumptionVersion | null> {
  if (version === 0) return DEFAULTS;
  const [row] = await read
    .select()
    .from(assumptions)
    .where(and(eq(assumptions.tenantId, tenantId), eq(assumptions.version, version)));
  return row ? versionOf(row) : null;
}

/** Makes a new version that holds from now on. Throws SameAssumptions, for people, where it says what holds already. */
export async function addAssumptions(
  store: Store,
  tenantId: number,
  made: { author: string; note: string | null; set: AssumptionSet },
  now: number,
): Promise<AssumptionVersion> {
  const { assumptions } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'assumptions', tenantId);
    const before = await newest(store, db, tenantId);
    if (changesBetween(before.set, made.set).length === 0)
      throw new SameAssumptions(
        `These assumptions are those of version ${before.version}, which holds already. Nothing was changed.`,
      );
    const { author, note, set: body } = made;
    const row = { tenantId, version: before.version + 1, madeAt: now, author, note, body };
    await db.insert(assumptions).values(row);
    return versionOf(row);
  });
}

async function newest(
  { t: { assumptions } }: Store,
  db: Db,
  tenantId: number,
): Promise<AssumptionVersion> {
  const [row] = await db
    .select()
    .from(assumptions)
    .where(eq(assumptions.tenantId, tenantId))
    .orderBy(desc(assumptions.version))
    .limit(1);
  return row ? versionOf(row) : DEFAULTS;
}

/** Rows are written by `addAssumptions` alone, from a set that was checked. */
function versionOf({
  version,
  madeAt,
  author,
  note,
  body,
}: Store['t']['assumptions']['$inferSelect']): AssumptionVersion {
  return { version, madeAt, author, note, set: body as AssumptionSet };
}
