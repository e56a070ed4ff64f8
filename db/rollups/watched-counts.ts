import { and, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { type Day, type DayCutter, HOUR_MS, hourOf } from '../../domain/day.ts';
import { STAGES } from '../../domain/funnel.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import {
  beyondEachOther,
  seriesOfFailure,
  seriesOfFlow,
} from '../../domain/surveillance/watched-counts.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Store } from '../store-types.ts';

/** What counts in some series. */
interface Watched {
  /** UTC milliseconds. */
  at: number;
  day: Day;
  series: readonly SeriesName[];
}

type CountRow = Store['t']['watchedCount']['$inferInsert'];

/**
 * The rows of a day that count what is watched beside its failed verifications (domain/surveillance/series.ts), and those
 * of each hour that begins on it. A series without any has none.
 */
export async function watchedCounts(
  lease: HeldLease,
  day: Day,
  cutter: DayCutter,
): Promise<CountRow[]> {
  const since = cutter.startOf(day);
  const until = cutter.endOf(day);
  // The last hour that begins on this day may reach into the next one.
  const reach = until % HOUR_MS === 0 ? until : until + HOUR_MS;
  const days = reach === until ? [day] : [day, cutter.dayOf(until)];
  const watched = [
    ...(await failures(lease, { since, until: reach })),
    ...(await flows(lease, days)),
    ...(await adminResets(lease, days)),
  ];
  const { tenantId } = lease;
  const rows = new Map<string, CountRow>();
  const add = (bucket: 'day' | 'hour', series: SeriesName, startAt: number) => {
    const key = `${startAt} ${series}`;
    const row = rows.get(key) ?? { tenantId, bucket, series, day, startAt, count: 0 };
    rows.set(key, { ...row, count: row.count + 1 });
  };
  for (const one of watched) {
    const hour = hourOf(one.at);
    for (const series of one.series) {
      if (one.day === day) add('day', series, 0);
      if (hour >= since && hour < until) add('hour', series, hour);
    }
  }
  return [...rows.values()];
}

type Counted = Store['t']['verificationCount']['$inferInsert'];

/** Of the counts of failed verifications: the rows that tell people and addresses apart from each other. */
export function beyondRows(counts: readonly Counted[]): CountRow[] {
  return counts
    .filter(({ method }) => method === '')
    .map(({ tenantId, bucket, day, startAt, people, addresses }) => ({
      ...{
        tenantId,
        bucket: bucket === 'day' ? ('day' as const) : ('hour' as const),
        day,
        startAt,
      },
      ...beyondEachOther({ people, addresses }),
    }))
    .filter(({ count }) => count > 0);
}

async function failures(
  { store, tenantId }: HeldLease,
  { since, until }: { since: number; until: number },
): Promise<Watched[]> {
  const { failedVerification: failed } = store.t;
  const { failedAt: at, day, country, admin } = failed;
  const rows = await store.read
    .select({ at, day, country, admin })
    .from(failed)
    .where(and(eq(failed.tenantId, tenantId), gte(at, since), lt(at, until)));
  return rows.map((row) => ({ at: row.at, day: row.day, series: seriesOfFailure(row) }));
}

async function flows({ store, tenantId }: HeldLease, days: readonly Day[]): Promise<Watched[]> {
  const { flow } = store.t;
  const { startedAt: at, day, outcome, stage, reason } = flow;
  // Named in full: Drizzle leaves the tables of columns away here, and all steps of all tenants would be read.
  const hasStep = sql<boolean>`exists (
    select 1 from verification_step as step where step.tenant_id = flow.tenant_id and step.flow_id = flow.id
  )`.mapWith(Boolean);
  const rows = await store.read
    .select({ at, day, outcome, stage, reason, hasStep })
    .from(flow)
    .where(
      and(
        ...[eq(flow.tenantId, tenantId), inArray(day, [...days])],
        or(inArray(outcome, ['blocked', 'not_entitled']), eq(stage, STAGES.indexOf('options'))),
      ),
    );
  return rows.map((row) => ({ at: row.at, day: row.day, series: seriesOfFlow(row) }));
}

async function adminResets(
  { store, tenantId }: HeldLease,
  days: readonly Day[],
): Promise<Watched[]> {
  const { adminReset } = store.t;
  const { occurredAt: at, day } = adminReset;
  const rows = await store.read
    .select({ at, day })
    .from(adminReset)
    .where(
      and(
        ...[eq(adminReset.tenantId, tenantId), inArray(day, [...days])],
        eq(adminReset.kind, 'counted'),
      ),
    );
  return rows.map((row) => ({ ...row, series: ['admin_resets'] }));
}
