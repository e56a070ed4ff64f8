import { pruneDeliveries } from '../../db/store/prune-deliveries.ts';
import type { Store } from '../../db/store-types.ts';
import { sleep } from '../graph/sleep.ts';
import { withLease } from '../job-lease.ts';
import { DELIVER_JOB } from './deliver.ts';

export interface PruneDeps {
  store: Store;
  tenantId: number;
  /** UTC milliseconds. */
  clock: () => number;
  signal: AbortSignal;
}

/** Removes what the outbox need not keep any more. Null: another process is sending, which does so itself. */
export function pruneOutbox(deps: PruneDeps): Promise<number | null> {
  const held = { ...deps, job: DELIVER_JOB, sleep };
  return withLease(held, { wait: false }, (lease) => pruneDeliveries(lease, deps.clock()));
}
