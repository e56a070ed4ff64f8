import { z } from 'zod';
import { Count, DayText, InstantText, periodChecked, periodFields, ShareSchema } from './common.ts';

/** Flows by outcome; `started` is all of them. */
export const FlowCounts = z
  .object({
    started: Count,
    completed: Count,
    unlocked: Count,
    contactedAdmin: Count,
    blocked: Count,
    notEntitled: Count,
    failed: Count,
    cancelled: Count,
    abandoned: Count,
    inProgress: Count,
  })
  .meta({ id: 'FlowCounts' });
export type FlowCounts = z.output<typeof FlowCounts>;

/** Incidents by outcome; `settling` ones have none yet. */
export const IncidentCounts = z
  .object({
    selfServedFirst: Count,
    selfServedRetry: Count,
    fellBack: Count,
    abandoned: Count,
    settling: Count,
  })
  .meta({ id: 'IncidentCounts' });
export type IncidentCounts = z.output<typeof IncidentCounts>;

export const ResetsSummaryQuery = periodChecked(z.strictObject(periodFields));

/** `GET /api/v1/resets/summary`; counts are null when no day of the period was collected. */
export const ResetsSummaryResponse = z.object({
  /** Instant up to which reset records have been read without a gap; null: never. */
  asOf: InstantText.nullable(),
  daysCollected: Count,
  flows: FlowCounts.nullable(),
  incidents: IncidentCounts.nullable(),
  /** Counting admin resets, on their own day, settled or not. */
  adminResets: Count.nullable(),
  bypasses: Count.nullable(),
  settlingBypasses: Count.nullable(),
  completionRate: ShareSchema,
  successRate: ShareSchema,
  selfServiceShare: ShareSchema,
  /** Over completed flows, first record to first success record; null: there is none. */
  medianSecondsToReset: z.number().nonnegative().nullable(),
});
export type ResetsSummaryResponse = z.output<typeof ResetsSummaryResponse>;

export const ResetsTrendQuery = periodChecked(
  z.strictObject({ ...periodFields, bucket: z.enum(['day', 'week', 'month']) }),
);

/** `GET /api/v1/resets/trend` */
export const ResetsTrendResponse = z.object({
  asOf: InstantText.nullable(),
  timeZone: z.string(),
  buckets: z.array(
    z.object({
      /** First day of the bucket within the period. */
      start: DayText,
      daysCollected: Count,
      /** The bucket holds the day in progress. */
      partial: z.boolean(),
      flows: FlowCounts.nullable(),
      incidents: IncidentCounts.nullable(),
      adminResets: Count.nullable(),
      bypasses: Count.nullable(),
      settlingBypasses: Count.nullable(),
    }),
  ),
});
export type ResetsTrendResponse = z.output<typeof ResetsTrendResponse>;
