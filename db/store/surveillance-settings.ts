import { isDeepStrictEqual } from 'node:util';
import { desc, eq } from 'drizzle-orm';
import {
  SURVEILLANCE_DEFAULTS,
  type SurveillanceSettings,
} from '../../domain/surveillance/settings.ts';
import type { Db, Store } from '../store-types.ts';

/** A version of what alerts are raised by. 0 is the defaults of the program, which nobody made. */
export interface SurveillanceVersion {
  version: number;
  /** UTC milliseconds; null of version 0. */
  madeAt: number | null;
  /** As typed in; null of version 0. */
  author: string | null;
  note: string | null;
  settings: SurveillanceSettings;
}

/** A change that changes nothing. */
export class SameSurveillance extends Error {
  override name = 'SameSurveillance';
}

const DEFAULTS: SurveillanceVersion = {
  ...{ version: 0, madeAt: null, author: null, note: null },
  settings: SURVEILLANCE_DEFAULTS,
};

/** The version that holds now. */
export async function currentSurveillance(
  store: Store,
  tenantId: number,
  db: Db = store.read,
): Promise<SurveillanceVersion> {
  const { surveillanceSettings: table } = store.t;
  const [row] = await db
    .select()
    .from(table)
    .where(eq(table.tenantId, tenantId))
    .orderBy(desc(table.version))
    .limit(1);
  return row ? versionOf(row) : DEFAULTS;
}

/** Makes a new version that holds from now on. Throws SameSurveillance, for people, where it says what holds already. */
export async function addSurveillance(
  store: Store,
  tenantId: number,
  made: { author: string; note: string | null; settings: SurveillanceSettings },
  now: number,
): Promise<SurveillanceVersion> {
  const { surveillanceSettings: table } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'surveillance_settings', tenantId);
    const before = await currentSurveillance(store, tenantId, db);
    if (isDeepStrictEqual(before.settings, made.settings))
      throw new SameSurveillance(
        `These settings are those of version ${before.version}, which holds already. Nothing was changed.`,
      );
    const { author, note, settings: body } = made;
    const row = { tenantId, version: before.version + 1, madeAt: now, author, note, body };
    await db.insert(table).values(row);
    return versionOf(row);
  });
}

/** Rules that are younger than the version hold their defaults. */
function versionOf({
  version,
  madeAt,
  author,
  note,
  body,
}: Store['t']['surveillanceSettings']['$inferSelect']): SurveillanceVersion {
  const { rhythm, rules } = SURVEILLANCE_DEFAULTS;
  const settings = {
    ...SURVEILLANCE_DEFAULTS,
    ...body,
    rhythm: { ...rhythm, ...body.rhythm },
    rules: { ...rules, ...body.rules },
  };
  return { version, madeAt, author, note, settings };
}
