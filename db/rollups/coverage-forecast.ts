import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { coverageForecast } from '../../domain/forecast/coverage-forecast.ts';
import { uniformRandom } from '../../domain/random.ts';
import { campaigns } from '../queries/campaigns.ts';
import { coverageDays } from '../queries/coverage-days.ts';
import type { HeldLease } from '../store/lease.ts';

/** Raise it when the forecast changes: it is then made anew from the same days. */
const FORECAST_VERSION = 1;
/** Targets are told within 12 months. */
const HORIZON_DAYS = 365;

/**
 * Makes the forecast of coverage anew when a collected day or a campaign has changed; else does nothing and answers
 * false. The same days and campaigns give the same figures, as chance is seeded by tenant and last day.
 * A target is not among what it is made with: every target is read off one forecast.
 */
export async function forecastCoverage(
  lease: HeldLease,
  { now }: { now: number },
): Promise<boolean> {
  const { store, tenantId } = lease;
  const { coverageForecast: table } = store.t;
  const days = await coverageDays(store, tenantId);
  const day = days.at(-1)?.day;
  if (day === undefined) return false;
  const known = await campaigns(store, tenantId);
  const madeWith = hash({ FORECAST_VERSION, HORIZON_DAYS, days, known }).toString('hex');
  const [before] = await store.read
    .select({ madeWith: table.madeWith })
    .from(table)
    .where(eq(table.tenantId, tenantId));
  if (before?.madeWith === madeWith) return false;
  const random = uniformRandom(hash({ tenantId, day }).readInt32LE());
  const body = coverageForecast({ days, campaigns: known, horizonDays: HORIZON_DAYS, random });
  const row = { tenantId, day, madeAt: now, madeWith, body };
  await lease.tx(async (db) => {
    await db.insert(table).values(row).onConflictDoUpdate({ target: table.tenantId, set: row });
  });
  return true;
}

const hash = (what: object): Buffer => createHash('sha256').update(JSON.stringify(what)).digest();
