import { z } from 'zod';
import { CHANNEL_KINDS, DELIVERY_KINDS, DELIVERY_STATES } from '../../domain/alerting/channel.ts';
import { AlertRuleText } from './alerts.ts';
import { Count, InstantText, wholeNumberParameter } from './common.ts';
import { AlertLevelText } from './verification.ts';

/** In the path of `/channels/:id`. */
export const ChannelIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be the id of a channel' })
  .transform(Number)
  .meta({ override: { type: 'string' }, description: 'Id of the channel.' });

const HOUR_ERROR = { error: 'must be a whole hour from 0 to 24' };
const Hour = z.int(HOUR_ERROR).min(0, HOUR_ERROR).max(24, HOUR_ERROR);
const QuietHours = { from: Hour, until: Hour };

const ChannelFields = {
  kind: z.enum(CHANNEL_KINDS),
  name: z.string().trim().min(1, { error: 'must not be empty' }).max(100),
  on: z.boolean(),
  /** The least level that is sent. */
  level: AlertLevelText,
  /** Null: every rule. */
  rules: z.array(AlertRuleText).max(50).nullable(),
  /** Whether names of people and addresses may leave through it. */
  names: z.boolean(),
  /** Hours of the tenant's day in which only critical alerts are sent, the end not included; null: none. */
  quiet: z.object(QuietHours).nullable(),
};

const notMail = ({ code }: { code: string }) =>
  code === 'invalid_format' ? 'must be an e-mail address' : undefined;

/** `POST /channels` and `PUT /channels/:id`. A `url` left out on PUT stays as it is. */
export const ChannelRequest = z.strictObject({
  ...ChannelFields,
  on: ChannelFields.on.default(true),
  level: ChannelFields.level.default('alert'),
  /** A channel for no rule would never send. */
  rules: z
    .array(AlertRuleText)
    .min(1, { error: 'must name a rule, or be null for every rule' })
    .max(50, { error: 'must name at most 50 rules' })
    .nullable()
    .default(null),
  names: ChannelFields.names.default(false),
  quiet: z.strictObject(QuietHours).nullable().default(null),
  /** Mail: whom to. */
  to: z
    .array(z.email({ error: notMail }))
    .min(1, { error: 'must name somebody' })
    .max(20, { error: 'must name at most 20' })
    .optional(),
  /** Teams, webhook. */
  url: z.string().trim().max(4000).optional(),
  /** Syslog. */
  host: z.string().trim().min(1, { error: 'must not be empty' }).max(253).optional(),
  port: z.int().min(1).max(65_535).optional(),
  transport: z.enum(['tls', 'tcp']).optional(),
});
export type ChannelRequest = z.output<typeof ChannelRequest>;

export const Channel = z
  .object({
    id: z.string(),
    ...ChannelFields,
    to: z.array(z.string()).nullable(),
    /** Host of a webhook, or of the syslog receiver with its port: the rest of the address is a secret. */
    target: z.string().nullable(),
    transport: z.enum(['tls', 'tcp']).nullable(),
    createdAt: InstantText,
    changedAt: InstantText,
    /** The last delivery that arrived, and what is on its way. */
    lastSentAt: InstantText.nullable(),
    waiting: Count,
    dead: Count,
    /** Why it cannot send now, in a sentence; null: nothing is known to be in the way. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'Channel' });
export type Channel = z.output<typeof Channel>;

/** `GET /api/v1/channels` */
export const ChannelsResponse = z.object({
  channels: z.array(Channel),
  /** Whether a mail server is set up (SMTP_URL, MAIL_FROM). */
  mail: z.boolean(),
  /** What PUBLIC_URL says, for links in messages; null: not set, and messages have no links. */
  publicUrl: z.string().nullable(),
});
export type ChannelsResponse = z.output<typeof ChannelsResponse>;

/** After `POST` and `PUT`: the key a webhook is signed with is told once, when it is made. */
export const ChannelMade = z.object({ channel: Channel, signingKey: z.string().nullable() });
export type ChannelMade = z.output<typeof ChannelMade>;

export const DeliveriesQuery = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  limit: wholeNumberParameter(1, 200, 50),
});

export const Delivery = z
  .object({
    id: z.string(),
    channelId: z.string(),
    channel: z.string(),
    alertId: z.string().nullable(),
    kind: z.enum(DELIVERY_KINDS),
    title: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: Count,
    createdAt: InstantText,
    /** Of a waiting one: not before. */
    nextAt: InstantText.nullable(),
    sentAt: InstantText.nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.output<typeof Delivery>;

/** `GET /api/v1/deliveries`: the outbox, newest first. */
export const DeliveriesResponse = z.object({
  deliveries: z.array(Delivery),
  counts: z.object({ waiting: Count, sent: Count, dead: Count, dropped: Count }),
});
export type DeliveriesResponse = z.output<typeof DeliveriesResponse>;

/** In the path of `/deliveries/:id/retry`. */
export const DeliveryIdParameter = z.uuid({ error: 'must be the id of a delivery' });
