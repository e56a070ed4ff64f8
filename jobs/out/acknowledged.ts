import type { DueDelivery } from '../../db/queries/due-deliveries.ts';
import { noteSent } from '../../db/store/deliveries.ts';
import { type HeldLease, LeaseLost } from '../../db/store/lease.ts';
import { sleep } from '../graph/sleep.ts';
import type { DeliverDeps } from './deliver-deps.ts';

/** What a receiver's acknowledgement is noted with. */
export interface Acknowledgement {
  attempts: number;
  /** When it came, UTC milliseconds. */
  now: number;
  /** What an admin should know although it arrived. */
  note: string | null;
}

/** Acknowledged deliveries that could not be noted yet, by id: this process does not send them again. */
export type Acknowledged = Map<string, Acknowledgement>;

/** Waits before noting it once more, milliseconds: a database that restarts is back by then. */
const NOTE_AGAIN_MS: readonly number[] = [100, 500, 2_000, 5_000];

/**
 * Notes that a delivery was acknowledged, more than once where the database fails. Throws what it failed with last; the acknowledgement is
 * remembered then, and the next call notes it.
 */
export async function noteAcknowledged(
  { acknowledged, signal, noteAgainMs = NOTE_AGAIN_MS }: DeliverDeps,
  lease: HeldLease,
  due: DueDelivery,
  acknowledgement: Acknowledgement,
): Promise<void> {
  acknowledged.set(due.id, acknowledgement);
  for (let failed = 0; ; failed++) {
    try {
      await noteSent(lease, due, acknowledgement);
      acknowledged.delete(due.id);
      return;
    } catch (error) {
      const wait = noteAgainMs[failed];
      if (error instanceof LeaseLost || wait === undefined) throw error;
      await sleep(wait, signal);
    }
  }
}
