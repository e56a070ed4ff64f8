import { and, asc, count, desc, eq, max, min, ne } from 'drizzle-orm';
import { isoText } from '../../domain/instant.ts';
import { isKnownMethod } from '../../domain/method.ts';
import type { FeedName } from '../store/feed-runs.ts';
import type { Store } from '../store-types.ts';
import { registrationMethods } from './registration-methods.ts';

/**
 * Everything that was read and not understood, or understood and left out: nothing
 * of it is dropped silently (P9).
 */
export async function setAside(store: Store, { tenantId }: { tenantId: number }) {
  const { methods } = await registrationMethods(store, { tenantId });
  return {
    quarantined: await quarantined(store, tenantId),
    unknownReasons: await unknownReasons(store, tenantId),
    unknownMethods: (methods ?? []).filter(({ method }) => !isKnownMethod(method)),
    adminResetsLeftOut: await adminResetsLeftOut(store, tenantId),
  };
}

async function quarantined({ t: { quarantine }, read }: Store, tenantId: number) {
  const rows = await read
    .select({
      feed: quarantine.feed,
      reason: quarantine.reason,
      records: count(),
      firstSeenAt: min(quarantine.firstSeenAt),
      lastSeenAt: max(quarantine.lastSeenAt),
    })
    .from(quarantine)
    .where(eq(quarantine.tenantId, tenantId))
    .groupBy(quarantine.feed, quarantine.reason)
    .orderBy(asc(quarantine.feed), asc(quarantine.reason));
  return rows.map(({ feed, reason, records, firstSeenAt, lastSeenAt }) => ({
    feed: feed as FeedName,
    reason,
    records: Number(records),
    firstSeenAt: isoText(Number(firstSeenAt)),
    lastSeenAt: isoText(Number(lastSeenAt)),
  }));
}

async function unknownReasons({ t: { auditRecord: record }, read }: Store, tenantId: number) {
  const rows = await read
    .select({
      reason: record.reason,
      records: count(),
      first: min(record.occurredAt),
      last: max(record.occurredAt),
    })
    .from(record)
    .where(and(eq(record.tenantId, tenantId), eq(record.mark, 'unknown_reason')))
    .groupBy(record.reason)
    .orderBy(desc(count()), asc(record.reason));
  return rows.map(({ reason, records, first, last }) => ({
    reason: reason ?? '',
    records: Number(records),
    firstSeenAt: isoText(Number(first)),
    lastSeenAt: isoText(Number(last)),
  }));
}

async function adminResetsLeftOut({ t: { adminReset }, read }: Store, tenantId: number) {
  const rows = await read
    .select({ kind: adminReset.kind, records: count() })
    .from(adminReset)
    .where(and(eq(adminReset.tenantId, tenantId), ne(adminReset.kind, 'counted')))
    .groupBy(adminReset.kind)
    .orderBy(asc(adminReset.kind));
  return rows.map(({ kind, records }) => ({ kind, records: Number(records) }));
}
