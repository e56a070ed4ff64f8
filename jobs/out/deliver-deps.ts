import type { SecretsKey } from '../../db/store/channel-secrets.ts';
import type { Store } from '../../db/store-types.ts';
import type { DayCutter } from '../../domain/day.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Senders } from './sender.ts';

/** How often the outbox is looked into: a question by index. */
export const LOOK_EVERY_MS = 3_000;

/** What sending is done with. */
export interface DeliverDeps {
  store: Store;
  tenantId: number;
  senders: Senders;
  /** What the addresses of channels are sealed with. */
  secretsKey: Pick<SecretsKey, 'found'>;
  /** One for all calls of a process. */
  acknowledged: Acknowledged;
  /** UTC milliseconds. */
  clock: () => number;
  /** 0 to 1, for the waits between attempts. */
  random: () => number;
  /** Of the tenant, for quiet hours. */
  cutter: DayCutter;
  /** Origin of the links in messages; null: none. */
  publicUrl: string | null;
  signal: AbortSignal;
  /** Unexpected errors, which are bugs of ours. */
  onBug: (error: unknown) => void;
  /** Shorter in tests. */
  lookEveryMs?: number;
  /** Shorter in tests. */
  noteAgainMs?: readonly number[];
}
