import { and, asc, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';
import { registrationCounts } from './registration-counts.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

const CLASSES = ['member', 'unknown_type', 'excluded', 'guest', 'other'] as const;
const USER_TYPES = ['all', 'member', 'guest'] as const;

/**
 * Our counts of everybody in a day's snapshot, split as the population is defined,
 * beside the totals Graph itself gave in the same run. A class nobody is in counts 0.
 */
export async function reconciliation(
  store: Store,
  { tenantId, day }: { tenantId: number; day?: Day | undefined },
) {
  const snapshot = await snapshotOfDay(store, { tenantId, day });
  if (!snapshot) {
    const nothing = { takenAt: null, classes: null, unknownAdmin: null, rejected: null };
    return { day: day ?? null, ...nothing, graph: null };
  }
  const { registrationCount: counts } = store.t;
  const rows = await store.read
    .select({ value: counts.value, ...registrationCounts(counts) })
    .from(counts)
    .where(
      and(
        eq(counts.tenantId, tenantId),
        eq(counts.snapshotId, snapshot.id),
        eq(counts.dimension, 'class'),
      ),
    );
  const classes = CLASSES.map((name) => {
    const { population = 0, ...row } = rows.find(({ value }) => value === name) ?? {};
    const none = { enabled: 0, registered: 0, capable: 0, mfaCapable: 0 };
    const { enabled, registered, capable, mfaCapable } = { ...none, ...row };
    return { class: name, people: population, enabled, registered, capable, mfaCapable };
  });
  const { takenAt, unknownAdmin, rejected } = snapshot;
  return {
    day: snapshot.day,
    takenAt: isoText(takenAt),
    classes,
    unknownAdmin,
    rejected,
    graph: await graphTotals(store, tenantId, snapshot.id),
  };
}

async function graphTotals({ t: { graphTotal }, read }: Store, tenantId: number, id: number) {
  const rows = await read
    .select()
    .from(graphTotal)
    .where(and(eq(graphTotal.tenantId, tenantId), eq(graphTotal.snapshotId, id)))
    .orderBy(asc(graphTotal.feature));
  const totals = USER_TYPES.flatMap((userTypes) => {
    const own = rows.filter((row) => row.userTypes === userTypes);
    const total = own.find(({ feature }) => feature === '');
    if (!total) return [];
    const features = own
      .filter(({ feature }) => feature !== '')
      .map(({ feature, people }) => ({ feature, userCount: people }));
    return [{ userTypes, totalUserCount: total.people, features }];
  });
  return totals.length > 0 ? totals : null;
}
