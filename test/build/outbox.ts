import { NONCE_BYTES, type SecretsKey, sealSecrets } from '../../db/store/channel-secrets.ts';
import { addChannel, type ChannelRow } from '../../db/store/channels.ts';
import { type AlertNews, enqueue } from '../../db/store/outbox.ts';
import type { Store } from '../../db/store-types.ts';
import type { ChannelBody, ChannelKind, ChannelSecrets } from '../../domain/alerting/channel.ts';
import type { AlertMessage } from '../../domain/alerting/message.ts';
import { dayCutter } from '../../domain/day.ts';
import { aBody, aMessage } from './notices.ts';

export const OUTBOX_NOW = Date.parse('2026-03-10T12:00:00Z');

/** What secrets are sealed with in tests. */
export const TEST_KEY = Buffer.alloc(32, 'sealed');

export const testSecretsKey: SecretsKey = {
  found: () => TEST_KEY,
  needed: () => ({ key: TEST_KEY }),
};

/** A channel of tenant 1; a webhook that is on where nothing else is said. */
export function addedChannel(
  store: Store,
  given: {
    kind?: ChannelKind;
    body?: Partial<ChannelBody>;
    secrets?: ChannelSecrets;
    on?: boolean;
  } = {},
): Promise<ChannelRow> {
  const { kind = 'webhook', on = true, secrets = {} } = given;
  const body = aBody(given.body);
  const sealed = (channelId: number) =>
    Object.keys(secrets).length === 0
      ? {}
      : sealSecrets(secrets, { tenantId: 1, channelId }, { key: TEST_KEY, nonce: nextNonce() });
  const name = `a ${kind}`;
  return addChannel(store, 1, { kind, name, on, body, secrets: sealed }, OUTBOX_NOW);
}

let made = 0;

/** Another id with each call, in order. */
export const nextUuid = () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;

/** Another nonce with each call. */
export const nextNonce = () => Buffer.from(String(++made).padStart(NONCE_BYTES, '0'));

/** Puts what is said of alert 7 into the outbox of tenant 1, in a transaction of its own. */
export function enqueued(
  store: Store,
  {
    kind = 'raised',
    message = {},
    now = OUTBOX_NOW,
    alertId = 7,
    timeZone = 'Europe/Vienna',
  }: {
    kind?: AlertNews['kind'];
    message?: Partial<AlertMessage>;
    now?: number;
    alertId?: number;
    timeZone?: string;
  } = {},
): Promise<number> {
  return store.tx((db) =>
    enqueue(store, db, {
      tenantId: 1,
      alert: { id: alertId },
      kind,
      message: aMessage({ kind, alertId, ...message }),
      now,
      cutter: dayCutter(timeZone),
      newId: nextUuid,
    }),
  );
}

/** Every delivery, oldest first. */
export function outboxOf({ t: { delivery }, read }: Store) {
  return read.select().from(delivery).orderBy(delivery.createdAt, delivery.id);
}
