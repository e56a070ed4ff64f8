import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { currentTenant } from '../../db/store/tenant.ts';
import { dayCutter } from '../../domain/day.ts';
import { sleep } from '../graph/sleep.ts';
import type { JobsDeps } from '../tenant-session.ts';
import type { Acknowledged } from './acknowledged.ts';
import { type Delivered, deliverDue } from './deliver.ts';
import { LOOK_EVERY_MS } from './deliver-deps.ts';
import { pruneOutbox } from './prune-outbox.ts';
import { secretsKey } from './secrets-key.ts';
import { sendersBy } from './senders.ts';

/** How often old deliveries are looked for. */
const PRUNE_EVERY_MS = 3_600_000;
/** After a failure that is not a receiver's, so that a broken database does not spin. */
const PAUSE_MS = 30_000;

export interface DeliveryDeps extends JobsDeps {
  /** 0 to 1. */
  random: () => number;
  onBug: (error: unknown) => void;
}

/**
 * Sends what is due now, once; null: nothing is, nobody is known yet, or another process sends. `acknowledged`: of the calls before, where
 * this is not the only one of the process.
 */
export async function deliverOnce(
  { store, config, ...deps }: DeliveryDeps,
  acknowledged: Acknowledged = new Map(),
): Promise<Delivered | null> {
  const tenant = await currentTenant(store);
  if (tenant === null) return null;
  const { mail, internalHosts, publicUrl } = config;
  return deliverDue({
    ...deps,
    store,
    acknowledged,
    tenantId: tenant.id,
    secretsKey: secretsKey(config, randomBytes),
    senders: sendersBy({ mail, internalHosts, hostname: hostname() }),
    cutter: dayCutter(tenant.timeZone),
    publicUrl,
  });
}

/** Removes old deliveries, once. */
export async function pruneOnce({ store, clock, signal }: JobsDeps): Promise<void> {
  const tenant = await currentTenant(store);
  if (tenant !== null) await pruneOutbox({ store, tenantId: tenant.id, clock, signal });
}

/** Sends what becomes due until `signal` is aborted; beside collections, so that a long one holds no alert back. Never rejects. */
export async function deliveryLoop(
  deps: DeliveryDeps,
  onDelivered: (delivered: Delivered) => void,
): Promise<void> {
  const { clock, signal, onBug } = deps;
  const wait = (ms: number) => sleep(ms, signal).catch(() => undefined); // aborted: the loop ends
  const acknowledged: Acknowledged = new Map();
  let prunedAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      const delivered = await deliverOnce(deps, acknowledged);
      if (delivered !== null) onDelivered(delivered);
      if (clock() - prunedAt >= PRUNE_EVERY_MS) {
        await pruneOnce(deps);
        prunedAt = clock();
      }
      await wait(LOOK_EVERY_MS);
    } catch (error) {
      if (signal.aborted) return;
      onBug(error);
      await wait(PAUSE_MS);
    }
  }
}
