import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { addDays, type Day, dayCount, dayCutter, daysBetween } from '../../domain/day.ts';
import type { CoverageForecast, QuantileName } from '../../domain/forecast/coverage-forecast.ts';
import { FORECAST_QUANTILES } from '../../domain/forecast/coverage-forecast.ts';
import {
  type NoOutlook,
  type ResetOutlook,
  resetOutlook,
} from '../../domain/forecast/reset-outlook.ts';
import { pert } from '../../domain/money/pert.ts';
import { uniformRandom } from '../../domain/random.ts';
import { expiringPasswords } from '../queries/expiring-passwords.ts';
import { holidayDays } from '../queries/holidays.ts';
import { resetOutlookDays } from '../queries/reset-outlook-days.ts';
import { currentAssumptions } from '../store/assumptions.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Store } from '../store-types.ts';

/** Raise it when the forecast changes: it is then made anew from the same days. */
const FORECAST_VERSION = 1;
export const OUTLOOK_WEEKS = 8;
/** Settled incidents from which the chance of falling back is taken. */
const SETTLED_DAYS = 91;

export type ResetForecastBody = (ResetOutlook | NoOutlook) & {
  handleMinutes: number;
  /** People whose password expires, by week; null: not known. */
  expiring: number[] | null;
};

/**
 * Makes the forecast of incidents and desk tickets anew when a collected day, a holiday, the forecast of coverage or the
 * handle time has changed; else does nothing and answers false. The same inputs give the same figures.
 */
export async function forecastResets(
  lease: HeldLease,
  { now, timeZone }: { now: number; timeZone: string },
): Promise<boolean> {
  const { store, tenantId } = lease;
  const { resetForecast: table } = store.t;
  const days = await resetOutlookDays(store, { tenantId, timeZone });
  const day = days.at(-1)?.day;
  if (day === undefined) return false;
  const { set } = await currentAssumptions(store, tenantId);
  const { handleMinutes } = set.money;
  const future = await comingDays(store, tenantId, day);
  const coverage = await coverageQuantiles(store, tenantId, day);
  const what = { FORECAST_VERSION, days, future, coverage, handleMinutes };
  const madeWith = hash(what).toString('hex');
  const [before] = await store.read
    .select({ madeWith: table.madeWith })
    .from(table)
    .where(eq(table.tenantId, tenantId));
  if (before?.madeWith === madeWith) return false;
  const recent = days.slice(-SETTLED_DAYS);
  const outlook = resetOutlook({
    ...{ days, future, coverage },
    fellBack: {
      part: recent.reduce((sum, { fellBack }) => sum + (fellBack ?? 0), 0),
      whole: recent.reduce((sum, { settled }) => sum + (settled ?? 0), 0),
    },
    handleMinutes: (draws) => pert(handleMinutes, draws),
    random: uniformRandom(hash({ tenantId, day }).readInt32LE()),
  });
  const weeks = outlook.state === 'ok' ? outlook.weeks : [];
  const cutter = dayCutter(timeZone);
  const body: ResetForecastBody = {
    ...outlook,
    handleMinutes: handleMinutes.likely,
    expiring: await expiringPasswords(
      store,
      tenantId,
      weeks.map(({ first, last }) => ({ since: cutter.startOf(first), until: cutter.endOf(last) })),
    ),
  };
  const row = { tenantId, day, madeAt: now, madeWith, body };
  await lease.tx(async (db) => {
    await db.insert(table).values(row).onConflictDoUpdate({ target: table.tenantId, set: row });
  });
  return true;
}

async function comingDays(store: Store, tenantId: number, day: Day) {
  const [first, last] = [addDays(day, 1), addDays(day, 7 * OUTLOOK_WEEKS)];
  const held = await holidayDays(store, { tenantId, first, last });
  return daysBetween(first, last).map((one) => ({ day: one, holiday: held.has(one) }));
}

/** From the day after `day`; null: no forecast of coverage, or an older one that ends before. */
async function coverageQuantiles(store: Store, tenantId: number, day: Day) {
  const { coverageForecast } = store.t;
  const [row] = await store.read
    .select({ body: coverageForecast.body })
    .from(coverageForecast)
    .where(eq(coverageForecast.tenantId, tenantId));
  const body = row?.body as CoverageForecast | undefined;
  if (body?.state !== 'ok') return null;
  // The snapshot may be a day or two younger or older than the last day of records.
  const offsets = daysBetween(addDays(day, 1), addDays(day, 7 * OUTLOOK_WEEKS)).map((one) =>
    Math.max(0, dayCount(body.day, one) - 2),
  );
  return Object.entries(FORECAST_QUANTILES).map(([name, share]) => {
    const values = body.quantiles[name as QuantileName];
    return { share, values: offsets.map((offset) => values[offset] ?? values.at(-1) ?? 0) };
  });
}

const hash = (what: object): Buffer => createHash('sha256').update(JSON.stringify(what)).digest();
