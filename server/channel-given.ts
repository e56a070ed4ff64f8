import { openSecrets, sealSecrets } from '../db/store/channel-secrets.ts';
import type { ChannelGiven, ChannelRow } from '../db/store/channels.ts';
import type { ChannelKind } from '../domain/alerting/channel.ts';
import { isQuietAllDay } from '../domain/alerting/quiet-hours.ts';
import type { ChannelRequest } from './contract/channels.ts';
import { AppError } from './errors.ts';
import type { OutDeps } from './routes/deps.ts';

/** Fields that belong to one kind of channel; any other kind refuses them. */
const OWN: Record<ChannelKind, (keyof ChannelRequest)[]> = {
  mail: ['to'],
  teams: ['url'],
  webhook: ['url'],
  syslog: ['host', 'port', 'transport'],
};
const ALL_OWN = Object.values(OWN).flat();

const SYSLOG_PORTS = { tls: 6514, tcp: 514 };

interface Around {
  tenantId: number;
  /** The channel that is changed, whose secrets stay where the request has none; null: it is added. */
  before: ChannelRow | null;
  out: OutDeps;
}

/** A request as it is stored. */
export interface Given {
  given: ChannelGiven;
  /** Base64, where one was made: for a new webhook, and for one whose old key does not open any more. Null: none was. */
  newKey: string | null;
}

/** AppError `invalid`, which repeats no value, if a request does not fit; `conflict` where its address cannot be sealed. */
export function channelGiven(request: ChannelRequest, around: Around): Given {
  const { before, out } = around;
  const { kind, name, on, level, rules, names, quiet, to } = request;
  const foreign = ALL_OWN.filter(
    (field) => request[field] !== undefined && !OWN[kind].includes(field),
  );
  if (foreign.length > 0) refuse(foreign[0] ?? '', `is not for a channel of kind ${kind}`);
  if (before && before.kind !== kind) refuse('kind', 'cannot be changed; add another channel');
  if (quiet && isQuietAllDay(quiet))
    refuse('quiet', 'must leave an hour in which something is sent');
  const common = { level, rules, names, quiet };
  const own = { kind, name, on, secrets: () => ({}) };
  if (kind === 'mail')
    return { given: { ...own, body: { ...common, to: to ?? missing('to') } }, newKey: null };
  if (kind === 'syslog')
    return { given: { ...own, body: { ...common, ...syslogTarget(request, out) } }, newKey: null };
  const { secrets, newKey } = secretsGiven(request, around);
  return { given: { ...own, body: common, secrets }, newKey };
}

function secretsGiven(
  { kind, url: text }: ChannelRequest,
  { tenantId, before, out }: Around,
): Pick<ChannelGiven, 'secrets'> & Pick<Given, 'newKey'> {
  if (text === undefined) {
    const { secrets } = before ?? missing('url');
    return { secrets: () => secrets, newKey: null };
  }
  const url = secretUrl(text, out);
  const sealing = out.secretsKey.needed();
  if ('complaint' in sealing) throw new AppError('conflict', sealing.complaint);
  const { key } = sealing;
  const old = before && openSecrets(before.secrets, { tenantId, channelId: before.id }, key)?.key;
  const newKey = kind === 'webhook' && !old ? out.newKey() : null;
  const signing = newKey ?? old;
  const secrets = signing ? { url, key: signing } : { url };
  return {
    secrets: (channelId) =>
      sealSecrets(secrets, { tenantId, channelId }, { key, nonce: out.newNonce() }),
    newKey,
  };
}

function secretUrl(text: string, { hostComplaint }: OutDeps): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:')
    return refuse('url', 'must be an address that begins with https://');
  if (url.username !== '' || url.password !== '')
    refuse('url', 'must not hold a user name or password');
  const complaint = hostComplaint(url.hostname, false);
  if (complaint !== null) refuse('url', complaint);
  return url.href;
}

function syslogTarget(
  { host, port, transport = 'tls' }: ChannelRequest,
  { hostComplaint }: OutDeps,
) {
  if (host === undefined) return missing('host');
  const complaint = hostComplaint(host, transport === 'tcp');
  if (complaint !== null) refuse('host', complaint);
  return { host, port: port ?? SYSLOG_PORTS[transport], transport };
}

const missing = (field: string): never => refuse(field, 'is required');

function refuse(field: string, complaint: string): never {
  throw new AppError('invalid', `${field}: ${complaint}`);
}
