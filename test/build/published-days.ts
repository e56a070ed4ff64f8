import type { HeldLease } from '../../db/store/lease.ts';
import { addDays, parseDay } from '../../domain/day.ts';

export const FIRST_PUBLISHED = parseDay('2026-03-01');

/**
 * Published snapshots of consecutive days, their totals only: of 1,000 people each, `capable` of them. The first
 * is `from` days after FIRST_PUBLISHED.
 */
export async function publishDays(
  { store, tenantId }: HeldLease,
  capable: readonly number[],
  from = 0,
): Promise<void> {
  const { registrationSnapshot: snapshot, registrationCount: counts } = store.t;
  const rest = { people: 1000, rejected: 0, unknownAdmin: 0, state: 'published', lastOfDay: true };
  await store.tx(async (db) => {
    for (const [index, part] of capable.entries()) {
      const id = from + index + 1;
      const day = addDays(FIRST_PUBLISHED, from + index);
      const takenAt = Date.parse(`${day}T04:10:00Z`);
      await db.insert(snapshot).values({ tenantId, id, day, takenAt, ...rest });
      const whole = { population: 1000, enabled: 1000, registered: part, mfaCapable: part };
      const key = { tenantId, snapshotId: id, dimension: 'all', value: '' };
      await db.insert(counts).values({ ...key, ...whole, capable: part });
    }
  });
}

/** Capable of 1,000 on `days` days: from 400 on, a hundredth of those who will and cannot yet joins each day. */
export const growingDays = (days: number): number[] =>
  Array.from({ length: days }, (_, day) => Math.round(850 - 450 * 0.99 ** day));
