import type { AlertLevel } from '../surveillance/alert-level.ts';
import type { AlertRule } from '../surveillance/rule-list.ts';

export const CHANNEL_KINDS = ['mail', 'teams', 'webhook', 'syslog'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What a channel is told, and when. */
export interface ChannelBody {
  /** The least level that is sent. */
  level: AlertLevel;
  /** Null: every rule. */
  rules: AlertRule[] | null;
  /** Whether names of people and addresses may leave through it. */
  names: boolean;
  /** Hours of the tenant's day in which only critical alerts are sent, the end not included; null: none. */
  quiet: { from: number; until: number } | null;
  /** Mail: addresses. */
  to?: string[];
  /** Syslog: where to, and how. */
  host?: string;
  port?: number;
  transport?: 'tls' | 'tcp';
}

/** What of a channel must stay secret; stored as `SealedSecrets` alone. */
export interface ChannelSecrets {
  /** Of a Teams or other webhook: the whole address, part of which is a key. */
  url?: string;
  /** What the deliveries of a webhook are signed with, base64. */
  key?: string;
}

/** Secrets as the database holds them: one text, sealed by db/store/channel-secrets.ts; empty where a channel has none. */
export type SealedSecrets = { sealed: string } | { sealed?: never };

export const DELIVERY_KINDS = ['raised', 'level_raised', 'closed', 'test'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

export const DELIVERY_STATES = ['waiting', 'sent', 'dead', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why nothing can be mailed, and what to do about it. */
export const NO_MAIL_SERVER =
  'No mail server is set up: set SMTP_URL and MAIL_FROM, and start again.';
