import { createHash } from 'node:crypto';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import type { HeldLease } from './lease.ts';

/** A record that could not be read. Only its hash is kept: it may hold anything. */
export interface Rejection {
  record: unknown;
  /** Which field is wrong and how, never its value. */
  reason: string;
}

/** Counts records that could not be read, each once however often Graph sends it (P9). */
export async function quarantine(
  { store, tenantId }: HeldLease,
  db: Db,
  { feed, rejections, now }: { feed: string; rejections: Rejection[]; now: number },
): Promise<void> {
  const rows = new Map(
    rejections.map(({ record, reason }) => {
      const recordHash = createHash('sha256')
        .update(JSON.stringify(record) ?? '')
        .digest('hex');
      return [
        recordHash,
        { tenantId, feed, recordHash, reason, firstSeenAt: now, lastSeenAt: now },
      ];
    }),
  );
  await bulkInsert(store, db, store.t.quarantine, [...rows.values()], {
    target: ['tenantId', 'feed', 'recordHash'],
    update: ['reason', 'lastSeenAt'],
  });
}
