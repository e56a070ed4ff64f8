import { type DueChannel, dueChannels, nextDelivery } from '../../db/queries/due-deliveries.ts';
import { dropForRemoved, dropUntold } from '../../db/store/deliveries.ts';
import { type HeldLease, LeaseLost } from '../../db/store/lease.ts';
import { sleep } from '../graph/sleep.ts';
import { withLease } from '../job-lease.ts';
import { attempt } from './attempt.ts';
import { besideEachOther } from './beside-each-other.ts';
import { type DeliverDeps, LOOK_EVERY_MS } from './deliver-deps.ts';

/** The lease of the outbox: one process sends at a time, beside collections. */
export const DELIVER_JOB = 'deliver';

/** What became of the attempts of a round. */
export interface Delivered {
  sent: number;
  failed: number;
  dead: number;
}

/**
 * Tries what is due, until nothing is. Each channel goes on by itself, its deliveries one after another, and what becomes due meanwhile is
 * taken along: a slow channel holds up no other. Null when nothing is due, or another process is sending. A delivery is noted as sent right
 * after its receiver acknowledged it; one whose process dies before that is sent again under the same id, one that could not be noted is
 * not sent again by this process. That an alert is over of which nothing has arrived is dropped. What is aborted by `signal` stays as it was.
 */
export async function deliverDue(deps: DeliverDeps): Promise<Delivered | null> {
  const { store, tenantId, clock, signal } = deps;
  // Asked without the lease first: taking it is a write, and mostly nothing is due.
  if ((await dueChannels(store, { tenantId, now: clock() })).length === 0) return null;
  const held = { store, tenantId, job: DELIVER_JOB, clock, sleep, signal };
  return withLease(held, { wait: false }, async (lease) => {
    const delivered: Delivered = { sent: 0, failed: 0, dead: 0 };
    try {
      await besideEachOther({
        due: () => dueChannels(store, { tenantId, now: clock() }),
        work: (channel) => drain(deps, lease, { channel, delivered }),
        lookEveryMs: deps.lookEveryMs ?? LOOK_EVERY_MS,
        signal,
      });
    } catch (error) {
      if (!isStop(error, signal)) throw error;
    }
    return delivered;
  });
}

/** Stopped, or another process has taken over: what was not noted is sent again under its id. */
function isStop(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || error instanceof LeaseLost;
}

/** Tries what is due for one channel, which is asked for anew each time: meanwhile it may be changed, or removed. */
async function drain(
  deps: DeliverDeps,
  lease: HeldLease,
  { channel, delivered }: { channel: DueChannel; delivered: Delivered },
): Promise<void> {
  const { store, tenantId, clock, signal } = deps;
  const { id: channelId, isRemoved } = channel;
  if (isRemoved) return dropForRemoved(lease, channelId);
  while (!signal.aborted) {
    const next = await nextDelivery(store, { tenantId, channelId, now: clock() });
    if (next === null) return;
    if (next.isUntold) await dropUntold(lease, next.id);
    else delivered[await attempt(deps, lease, next)] += 1;
  }
}
