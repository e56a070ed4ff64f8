import { json, type Router } from 'express';
import { channels, type ListedChannel } from '../../db/queries/channels.ts';
import { deliveries, deliveryById, deliveryCounts } from '../../db/queries/deliveries.ts';
import { KEY_NOT_HERE } from '../../db/store/channel-secrets.ts';
import {
  addChannel,
  type ChannelRow,
  changeChannel,
  removeChannel,
} from '../../db/store/channels.ts';
import { enqueueTest, type Tested } from '../../db/store/enqueue-test.ts';
import { type Retried, retryDelivery } from '../../db/store/retry-delivery.ts';
import { NO_MAIL_SERVER } from '../../domain/alerting/channel.ts';
import { testMessage } from '../../domain/alerting/test-message.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import { channelGiven } from '../channel-given.ts';
import {
  type Channel,
  ChannelIdParameter,
  type ChannelMade,
  ChannelRequest,
  type ChannelsResponse,
  DeliveriesQuery,
  type DeliveriesResponse,
  type Delivery,
  DeliveryIdParameter,
} from '../contract/channels.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, type OutDeps, servedTenant } from './deps.ts';

const CHANNELS_MOST = 50;

/** Where alerts are sent to, and the outbox. No answer and no line of the log holds a key or the path of an address. */
export function channelRoutes(api: Router, deps: ApiDeps): void {
  const { store, log, out } = deps;
  const body = json({ limit: '64kb' });

  api.get('/channels', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    res.json((await listed(deps, tenantId)) satisfies ChannelsResponse);
  });

  api.post('/channels', noStore, body, async (req, res) => {
    readQuery(req, NoQuery);
    const request = readBody(req, ChannelRequest);
    const tenantId = await knownTenant(deps);
    const { channels: before } = await listed(deps, tenantId);
    if (before.length >= CHANNELS_MOST)
      throw new AppError(
        'conflict',
        `There are ${CHANNELS_MOST} channels already: remove one first.`,
      );
    const { given, newKey } = channelGiven(request, { tenantId, before: null, out });
    const { id } = await addChannel(store, tenantId, given, deps.now());
    log.info('channel added', { channel: id, kind: given.kind });
    res.json((await made(deps, { tenantId, id, newKey })) satisfies ChannelMade);
  });

  api.put('/channels/:id', noStore, body, async (req, res) => {
    const id = readPath(req, 'id', ChannelIdParameter);
    readQuery(req, NoQuery);
    const request = readBody(req, ChannelRequest);
    const tenantId = await knownTenant(deps);
    let newKey: string | null = null;
    const change = (before: ChannelRow) => {
      const changed = channelGiven(request, { tenantId, before, out });
      newKey = changed.newKey;
      return changed.given;
    };
    const changed = await changeChannel(store, { tenantId, id }, change, deps.now());
    if (!changed) throw noChannel();
    log.info('channel changed', { channel: id });
    res.json((await made(deps, { tenantId, id, newKey })) satisfies ChannelMade);
  });

  api.delete('/channels/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', ChannelIdParameter);
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    if (!(await removeChannel(store, { tenantId, id }, deps.now()))) throw noChannel();
    log.info('channel removed', { channel: id });
    res.json((await listed(deps, tenantId)) satisfies ChannelsResponse);
  });

  api.post('/channels/:id/test', noStore, async (req, res) => {
    const channelId = readPath(req, 'id', ChannelIdParameter);
    readQuery(req, NoQuery);
    const tenantId = await knownTenant(deps);
    const now = deps.now();
    const message = testMessage({ now, sample: deps.sample });
    const id = out.newId();
    refuseTest(await enqueueTest(store, { tenantId, channelId }, { id, message, now }));
    log.info('channel tested', { channel: channelId, delivery: id });
    res.json((await delivery(deps, tenantId, id)) satisfies Delivery);
  });

  api.get('/deliveries', noStore, async (req, res) => {
    const query = readQuery(req, DeliveriesQuery);
    const { id: tenantId } = await servedTenant(deps);
    const found = await deliveries(store, { tenantId, ...query });
    const counts = await deliveryCounts(store, tenantId);
    res.json({ deliveries: found, counts } satisfies DeliveriesResponse);
  });

  api.post('/deliveries/:id/retry', noStore, async (req, res) => {
    const id = readPath(req, 'id', DeliveryIdParameter).toLowerCase();
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    refuseRetry(await retryDelivery(store, { tenantId, id }, deps.now()));
    log.info('delivery tried again', { delivery: id });
    res.json((await delivery(deps, tenantId, id)) satisfies Delivery);
  });
}

async function listed(deps: ApiDeps, tenantId: number): Promise<ChannelsResponse> {
  const found = await channels(deps.store, { tenantId, key: deps.out.secretsKey.found() });
  const { mail, publicUrl } = deps.out;
  return { channels: found.map((row) => shown(row, deps.out)), mail, publicUrl };
}

/** A channel after it was added or changed, with the key it is signed with if that was made just now. */
async function made(
  { store, out }: ApiDeps,
  { tenantId, id, newKey }: { tenantId: number; id: number; newKey: string | null },
): Promise<ChannelMade> {
  const [row] = await channels(store, { tenantId, id, key: out.secretsKey.found() });
  if (!row) throw noChannel();
  return { channel: shown(row, out), signingKey: newKey === null ? null : `whsec_${newKey}` };
}

function shown({ body, urlHost, opens, ...row }: ListedChannel, out: OutDeps): Channel {
  const { level, rules, names, quiet, to = null, host, port, transport = null } = body;
  return {
    id: String(row.id),
    kind: row.kind,
    name: row.name,
    on: row.on,
    level,
    rules,
    names,
    quiet,
    to,
    target: host === undefined ? urlHost : `${host}:${port}`,
    transport,
    createdAt: isoText(row.createdAt),
    changedAt: isoText(row.changedAt),
    lastSentAt: isoTextOrNull(row.lastSentAt),
    waiting: row.waiting,
    dead: row.dead,
    problem: obstacle({ body, urlHost, opens, kind: row.kind }, out) ?? row.lastError,
  };
}

/** What is in the way by the settings of today, whatever was tried. */
function obstacle(
  { body, urlHost, opens, kind }: Pick<ListedChannel, 'body' | 'urlHost' | 'opens' | 'kind'>,
  out: OutDeps,
): string | null {
  if (!opens) return KEY_NOT_HERE;
  if (kind === 'mail') return out.mail ? null : NO_MAIL_SERVER;
  const host = body.host ?? URL.parse(`https://${urlHost}/`)?.hostname ?? '';
  return out.hostComplaint(host, body.transport === 'tcp');
}

async function delivery(deps: ApiDeps, tenantId: number, id: string): Promise<Delivery> {
  const found = await deliveryById(deps.store, { tenantId, id });
  if (!found) throw new AppError('not_found', 'There is no delivery with this id.');
  return found;
}

function refuseTest(tested: Tested): void {
  if (tested === 'unknown') throw noChannel();
  if (tested === 'too_soon')
    throw new AppError(
      'conflict',
      'This channel was tested less than ten seconds ago: wait a moment.',
    );
}

function refuseRetry(retried: Retried): void {
  if (retried === 'unknown') throw new AppError('not_found', 'There is no delivery with this id.');
  if (retried === 'not_dead')
    throw new AppError('conflict', 'Only a delivery that was given up can be tried again.');
  if (retried === 'channel_removed')
    throw new AppError('conflict', 'Its channel has been removed.');
  if (retried === 'overtaken')
    throw new AppError('conflict', 'Something newer of the same alert has been sent since.');
}

const noChannel = () => new AppError('not_found', 'There is no channel with this id.');

async function knownTenant(deps: ApiDeps): Promise<number> {
  const { id } = await servedTenant(deps);
  if (id === 0)
    throw new AppError('conflict', 'Channels can be set up once the first collection has begun.');
  return id;
}
