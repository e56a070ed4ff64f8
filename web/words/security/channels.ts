import type { Channel, ChannelRequest } from '../../../server/contract/channels.ts';
import { counted, instantText } from '../../format.ts';
import { LEVEL } from './alerts.ts';

export type Kind = Channel['kind'];

interface KindWords {
  title: string;
  /** What it is, on the button that adds one. */
  sentence: string;
  /** How to set it up, in order. */
  setUp: readonly string[];
}

export const KINDS: Record<Kind, KindWords> = {
  mail: {
    title: 'Mail',
    sentence: 'One mail per alert to people or a shared mailbox',
    setUp: [
      'The server sends through the mail server of SMTP_URL, in the name of MAIL_FROM: whoever runs it sets both.',
      'Give the addresses below; a distribution list or shared mailbox spares you changes here when people move on.',
    ],
  },
  teams: {
    title: 'Microsoft Teams',
    sentence: 'A card in a channel or chat of Teams',
    setUp: [
      'In Teams open the channel’s menu (…) and choose Workflows, then the template that posts to a channel when a webhook request is received.',
      'Sign in, choose team and channel, and copy the address that the workflow shows at the end. It is a secret: whoever has it can post.',
      'Paste it below. Give the workflow a second owner: it stops when its only owner’s account is disabled.',
    ],
  },
  webhook: {
    title: 'Webhook',
    sentence: 'Signed JSON to an address of your own: an automation, a ticket system',
    setUp: [
      'The address must begin with https:// and be reachable from the server. Hosts inside your network must be named in ALERT_INTERNAL_HOSTS.',
      'Every message is signed as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature). The key is shown once, when the channel is made.',
      'The receiver should answer with 2xx within 5 seconds and take a repeated webhook-id for the same message.',
    ],
  },
  syslog: {
    title: 'Syslog',
    sentence: 'A line per alert to a SIEM, as RFC 5424 over TLS',
    setUp: [
      'Give host and port of the receiver; 6514 is usual for TLS.',
      'Plain TCP is not encrypted and only allowed to hosts named in ALERT_INTERNAL_HOSTS.',
    ],
  },
};

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** What names mean for personal data, beside the switch. */
export const NAMES_MEANING =
  'Off: messages say how many people and addresses, and link to the alert; nothing personal leaves this product. On: names, sign-in names and addresses of up to 20 people are sent to whoever reads the channel, and stay there as long as it keeps them. Agree on that with your data protection officer and works council first.';

/** Where a channel sends to, without what is secret. */
export function targetText({ kind, to, target, transport }: Channel): string {
  if (kind === 'mail') return (to ?? []).join(', ');
  const where = target ?? 'address not known';
  return kind === 'syslog' && transport ? `${where} over ${transport.toUpperCase()}` : where;
}

/** What a channel is told and when, in a sentence. */
export function termsText(
  { level, rules, names, quiet }: Channel,
  titleOf: (rule: NonNullable<Channel['rules']>[number]) => string,
): string {
  const what =
    rules === null
      ? 'every rule'
      : rules.length === 0
        ? 'no rule'
        : rules.length <= 2
          ? rules.map((rule) => `“${titleOf(rule)}”`).join(' and ')
          : counted(rules.length, 'rule', 'rules');
  const least =
    level === 'critical' ? 'critical only' : `${LEVEL[level].word.toLowerCase()} and above`;
  const when = quiet ? `; from ${quiet.from}:00 to ${quiet.until}:00 critical alerts only` : '';
  return `${what}, ${least}${when}; ${names ? 'with names' : 'without names'}`;
}

/** How sending goes, in a sentence. */
export function sendingText({ lastSentAt, waiting, dead }: Channel, timeZone: string): string {
  const last =
    lastSentAt === null ? 'Nothing sent so far' : `Last sent ${instantText(lastSentAt, timeZone)}`;
  const more = [
    ...(waiting > 0 ? [`${counted(waiting, 'message waits', 'messages wait')}`] : []),
    ...(dead > 0 ? [`${counted(dead, 'message', 'messages')} could not be sent`] : []),
  ];
  return [last, ...more].join('; ');
}

/** What the form holds of a channel. */
export interface ChannelDraft {
  kind: Kind;
  name: string;
  on: boolean;
  level: Channel['level'];
  /** Null: every rule. */
  rules: Channel['rules'];
  names: boolean;
  isQuiet: boolean;
  quietFrom: number;
  quietUntil: number;
  to: string;
  url: string;
  host: string;
  port: string;
  transport: 'tls' | 'tcp';
}

/** The form of a new channel of a kind, or of one that is there; addresses of webhooks are never told again. */
export function draftOf(kind: Kind, channel: Channel | null): ChannelDraft {
  const [, host = channel?.target ?? '', port = '6514'] =
    /^(.*):(\d+)$/.exec(channel?.target ?? '') ?? [];
  return {
    kind,
    name: channel?.name ?? KINDS[kind].title,
    on: channel?.on ?? true,
    level: channel?.level ?? 'alert',
    rules: channel?.rules ?? null,
    names: channel?.names ?? false,
    isQuiet: (channel?.quiet ?? null) !== null,
    quietFrom: channel?.quiet?.from ?? 18,
    quietUntil: channel?.quiet?.until ?? 7,
    to: channel?.to?.join('\n') ?? '',
    url: '',
    host: kind === 'syslog' ? host : '',
    port: kind === 'syslog' ? port : '6514',
    transport: channel?.transport ?? 'tls',
  };
}

/** What is sent of a form; fields that the kind has not are left out, and an address that was left empty. */
export function requestOf(draft: ChannelDraft): ChannelRequest {
  const { kind, name, on, level, rules, names, isQuiet, quietFrom, quietUntil } = draft;
  return {
    kind,
    name: name.trim(),
    on,
    level,
    rules,
    names,
    quiet: isQuiet ? { from: quietFrom, until: quietUntil } : null,
    ...(kind === 'mail' && { to: draft.to.split(/[\s,;]+/).filter((one) => one !== '') }),
    ...((kind === 'teams' || kind === 'webhook') &&
      draft.url.trim() !== '' && { url: draft.url.trim() }),
    ...(kind === 'syslog' && {
      host: draft.host.trim(),
      port: Number(draft.port),
      transport: draft.transport,
    }),
  };
}
