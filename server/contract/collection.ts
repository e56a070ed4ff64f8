import { z } from 'zod';
import { Count, DayText, InstantText } from './common.ts';

export const FEEDS = [
  'registration',
  'resets',
  'security-info',
  'people',
  'domains',
  'checksum',
] as const;
export const FEED_STATES = [
  'never',
  'running',
  'ok',
  'late',
  'failed',
  'unavailable',
  'off',
] as const;

/** `GET /api/v1/health`: no sign-in. */
export const HealthResponse = z.object({ status: z.enum(['ok', 'degraded']), version: z.string() });
export type HealthResponse = z.output<typeof HealthResponse>;

const Feed = z.object({
  feed: z.enum(FEEDS),
  state: z.enum(FEED_STATES),
  /** End of the last run that read everything it meant to; null: none yet. */
  lastCompleteAt: InstantText.nullable(),
  /** Of the newest record stored; for snapshots, when it was taken. */
  newestRecordAt: InstantText.nullable(),
  /** Why the feed is late, failed or unavailable, or what Graph did not tell although it is ok, in sentences. */
  reason: z.string().nullable(),
  /** Rows this feed has stored and not set aside. */
  stored: Count,
  /** Records set aside because they could not be read. */
  rejected: Count,
  /** The run that began last; `endedAt` null while it runs. */
  lastRun: z
    .object({
      startedAt: InstantText,
      endedAt: InstantText.nullable(),
      pages: Count,
      received: Count,
      added: Count,
      changed: Count,
      rejected: Count,
    })
    .nullable(),
});

/** `GET /api/v1/collection` */
export const CollectionResponse = z.object({
  feeds: z.array(Feed),
  /** Days not collected between the first and the last collected one, inclusive at both ends. */
  gaps: z.array(z.object({ feed: z.enum(FEEDS), first: DayText, last: DayText })),
  tenant: z.object({
    name: z.string().nullable(),
    sample: z.boolean(),
    /** Origin of the admin centre of the tenant's cloud, where its people are managed. */
    adminCentre: z.string(),
  }),
  timeZone: z.string(),
  /** Instant up to which reset records have been read without a gap. */
  asOf: InstantText.nullable(),
  /** First and last day of the collected history; null: nothing yet. */
  history: z.object({ first: DayText, last: DayText }).nullable(),
  /** What a running job is doing, for people; null: nothing runs. `share` null: unknown how much is left. */
  progress: z.object({ doing: z.string(), share: z.number().min(0).max(1).nullable() }).nullable(),
});
export type CollectionResponse = z.output<typeof CollectionResponse>;

/** `GET /api/v1/collection/set-aside`: what was read and not understood. */
export const SetAsideResponse = z.object({
  /** Records that could not be read, by feed and reason. */
  quarantined: z.array(
    z.object({
      feed: z.enum(FEEDS),
      reason: z.string(),
      records: Count,
      firstSeenAt: InstantText,
      lastSeenAt: InstantText,
    }),
  ),
  /** Result reasons we do not know, verbatim; their records are kept and counted. */
  unknownReasons: z.array(
    z.object({
      reason: z.string(),
      records: Count,
      firstSeenAt: InstantText,
      lastSeenAt: InstantText,
    }),
  ),
  /** Registered methods we do not know, as Graph spells them. */
  unknownMethods: z.array(z.object({ method: z.string(), people: Count })),
  /** Admin resets left out of every count, by why. */
  adminResetsLeftOut: z.array(z.object({ kind: z.string(), records: Count })),
});
export type SetAsideResponse = z.output<typeof SetAsideResponse>;
