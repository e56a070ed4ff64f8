import type { ChannelBody, ChannelKind, ChannelSecrets } from '../../domain/alerting/channel.ts';
import type { Notice } from './notice.ts';

/** One attempt at one delivery. */
export interface Outgoing {
  notice: Notice;
  body: ChannelBody;
  secrets: ChannelSecrets;
  /** UTC milliseconds. */
  now: number;
  /** Aborted when the jobs are to stop. */
  signal: AbortSignal;
}

/**
 * Sends, and returns once the receiver has acknowledged; what an admin should know although it has, in a sentence, or null. Throws a
 * SendFailure when it did not arrive, and whatever `signal` was aborted with.
 */
export type Sender = (outgoing: Outgoing) => Promise<string | null>;

export type Senders = Record<ChannelKind, Sender>;
