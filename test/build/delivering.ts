import type { Store } from '../../db/store-types.ts';
import { dayCutter } from '../../domain/day.ts';
import type { DeliverDeps } from '../../jobs/out/deliver-deps.ts';
import { sendersBy } from '../../jobs/out/senders.ts';
import { addedChannel, OUTBOX_NOW, testSecretsKey } from './outbox.ts';
import { receiverRules, type WebReceiver } from './receivers.ts';

/** What webhooks of tests are signed with, base64. */
export const SIGNING_KEY = Buffer.alloc(32, 'k').toString('base64');

/** The product's own senders, to this machine alone; bugs are kept. */
export async function delivering(
  store: Store,
  given: Partial<DeliverDeps> = {},
): Promise<DeliverDeps & { bugs: unknown[] }> {
  const bugs: unknown[] = [];
  return {
    store,
    tenantId: 1,
    senders: sendersBy(await receiverRules()),
    secretsKey: testSecretsKey,
    lookEveryMs: 20,
    clock: () => OUTBOX_NOW,
    random: () => 0,
    cutter: dayCutter('Europe/Vienna'),
    publicUrl: 'https://page.example',
    acknowledged: new Map(),
    signal: new AbortController().signal,
    onBug: (error) => bugs.push(error),
    bugs,
    ...given,
  };
}

export const webhookTo = (store: Store, { url }: WebReceiver, names = false) =>
  addedChannel(store, { body: { names }, secrets: { url, key: SIGNING_KEY } });
