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
  /** Settled self-served incidents: unlock if no flow of it completed, else reset. */
  served: z.object({ reset: Count, unlock: Count }).nullable(),
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

const Band = z
  .object({ low: z.number(), likely: z.number(), high: z.number() })
  .meta({ id: 'Band', description: 'Low, likely and high: 10, 50 and 90 %.' });

/** How far a flow came, in order; each stage holds those that came further. */
export const STAGES = [
  'identified',
  'options',
  'started',
  'passed',
  'gates_passed',
  'password_submitted',
  'done',
] as const;

/** Verification methods as the log names them. */
export const LOG_METHODS = [
  'email',
  'mobile SMS',
  'mobile voice call',
  'office voice call',
  'security questions',
  'mobile app notification',
  'mobile app code',
] as const;

export const OWNERS = [
  'user',
  'admin',
  'licence',
  'scope',
  'writeback',
  'password_policy',
  'microsoft',
] as const;

const LogMethod = z.enum(LOG_METHODS);

/** What every answer about a period of resets begins with. */
const ofPeriod = {
  /** Instant up to which reset records have been read without a gap; null: never. */
  asOf: InstantText.nullable(),
  /** Counts are null where no day of the period was collected. */
  daysCollected: Count,
};

export const FunnelQuery = periodChecked(
  z.strictObject({
    ...periodFields,
    method: LogMethod.optional().meta({ description: 'Only flows that started this method.' }),
  }),
);

/** `GET /api/v1/resets/funnel`: flows by how far they came; with a method, those that did not pass it came no further than `started`. */
export const FunnelResponse = z.object({
  ...ofPeriod,
  /** In order; `flows` came at least this far; of those that came no further, `inProgress` are not over yet. */
  stages: z.array(z.object({ stage: z.enum(STAGES), flows: Count, inProgress: Count })).nullable(),
  /** Flows in which a method was given up for another, and which for which, most first. */
  switches: z
    .object({
      flows: Count,
      pairs: z.array(z.object({ from: LogMethod, to: LogMethod, flows: Count })),
    })
    .nullable(),
});
export type FunnelResponse = z.output<typeof FunnelResponse>;

export const ResetMethodsQuery = periodChecked(z.strictObject(periodFields));

/** `GET /api/v1/resets/methods`: flows by the verification methods they started. A flow with two methods is in both rows. */
export const ResetMethodsResponse = z.object({
  ...ofPeriod,
  /** Most started first. */
  methods: z
    .array(
      z.object({
        method: LogMethod,
        started: Count,
        /** Of the flows that started it: completed this method. */
        passed: Count,
        /** Of those that completed it, as in the funnel of the method: it never rises. */
        gatesPassed: Count,
        passwordSubmitted: Count,
        done: Count,
        /** Gave it up for another method. */
        switchedAway: Count,
      }),
    )
    .nullable(),
});
export type ResetMethodsResponse = z.output<typeof ResetMethodsResponse>;

export const ReasonsQuery = periodChecked(
  z.strictObject({ ...periodFields, owner: z.enum(OWNERS).optional() }),
);

/** `GET /api/v1/resets/reasons`: why flows were lost, each with one reason, and who can take it away. */
export const ReasonsResponse = z.object({
  ...ofPeriod,
  /** Flows lost: started, less those in progress, completed and unlocked. The rows add up to it. */
  lost: Count.nullable(),
  /** Unknown reasons first, then most flows first. */
  reasons: z
    .array(
      z.object({
        /** Stable name for the filter of lists; an unknown reason is its own. */
        code: z.string(),
        /** As Graph words it; what we call it where Graph says nothing, as of an abandoned flow. */
        reason: z.string(),
        /** False: not in the vocabulary; the text is verbatim. */
        known: z.boolean(),
        /** Null: not known. */
        owner: z.enum(OWNERS).nullable(),
        flows: Count,
        /** Distinct known people. */
        people: Count,
        /** Distinct incidents with such a flow, settling ones included. */
        incidents: Count,
        /** Of them, settled ones that ended at the helpdesk. */
        fellBack: Count,
        /** Resets a month that would come back if this reason were gone; null: cannot be told yet. */
        recoverablePerMonth: z.number().nonnegative().nullable(),
      }),
    )
    .nullable(),
  /** The same by owner, most flows first; `owner` null: not known. */
  owners: z
    .array(
      z.object({
        owner: z.enum(OWNERS).nullable(),
        flows: Count,
        people: Count,
        incidents: Count,
        fellBack: Count,
        recoverablePerMonth: z.number().nonnegative().nullable(),
      }),
    )
    .nullable(),
});
export type ReasonsResponse = z.output<typeof ReasonsResponse>;

export const HoursQuery = periodChecked(z.strictObject(periodFields));

/** `GET /api/v1/resets/hours`: when people need a password, by weekday and hour of the tenant's zone. */
export const HoursResponse = z.object({
  ...ofPeriod,
  timeZone: z.string(),
  /** Weekdays from 1 (Monday) to 7; `until` is the first hour that is no longer office time. */
  officeHours: z.object({
    weekdays: z.array(z.int().min(1).max(7)),
    from: z.int(),
    until: z.int(),
  }),
  /** Days of the period that are holidays: none of their hours is office time. */
  holidays: Count,
  /** Only cells with something in them. */
  cells: z
    .array(
      z.object({
        weekday: z.int().min(1).max(7),
        hour: z.int().min(0).max(23),
        flows: Count,
        /** Settling ones included. */
        incidents: Count,
        /** Settled incidents that were self-served. */
        selfServed: Count,
      }),
    )
    .nullable(),
  /** Outside office hours, of all. */
  outside: z.object({ flows: ShareSchema, incidents: ShareSchema, selfServed: ShareSchema }),
});
export type HoursResponse = z.output<typeof HoursResponse>;

export const TimesQuery = periodChecked(z.strictObject(periodFields));

/** `GET /api/v1/resets/times`: how long a reset takes, and how often it does not last. */
export const TimesResponse = z.object({
  ...ofPeriod,
  /** Over completed flows, first record to success; null: there is none. */
  secondsToReset: z
    .object({
      flows: Count,
      p10: z.number(),
      p25: z.number(),
      median: z.number(),
      p75: z.number(),
      p90: z.number(),
    })
    .nullable(),
  /** Of settled self-served incidents of known people that are that many days old: those followed by another incident within them. */
  repeats: z.object({ within7Days: ShareSchema, within30Days: ShareSchema }),
});
export type TimesResponse = z.output<typeof TimesResponse>;

export const WritebackQuery = periodChecked(z.strictObject(periodFields));

const Outcomes = z.object({ succeeded: Count, failed: Count });

/** `GET /api/v1/resets/writeback`: resets by the agent that wrote the password on-premises, and voluntary changes. */
export const WritebackResponse = z.object({
  ...ofPeriod,
  /** Whether people are synchronised from on-premises: resets made there are in no log. Null: not known. */
  hybrid: z.boolean().nullable(),
  /** `agent` as Graph spells it, null: the record has none. Self-service counts flows that reached a reset or unlock record. */
  agents: z
    .array(
      z.object({
        agent: z.string().nullable(),
        selfService: Outcomes,
        /** Counting admin resets. */
        adminResets: Count,
        changes: Outcomes,
      }),
    )
    .nullable(),
  /** Flows lost to writeback, by reason. */
  failures: z.array(z.object({ code: z.string(), reason: z.string(), flows: Count })).nullable(),
  /** Voluntary changes by people who knew their password: in no count of resets. */
  changes: Outcomes.nullable(),
});
export type WritebackResponse = z.output<typeof WritebackResponse>;

/** `GET /api/v1/resets/forecast`: what the next 8 weeks are expected to bring. */
export const ResetForecastResponse = z.object({
  forecast: z
    .object({
      /** Last day that it was made from. */
      day: DayText,
      madeAt: InstantText,
      /** Days of history behind it. */
      historyDays: Count,
      /** Weeks from the day after `day`, 7 days each, oldest first. Bands: 10, 50 and 90 %. */
      weeks: z.array(
        z.object({
          first: DayText,
          last: DayText,
          /** Needs of a password: incidents and bypasses. */
          needs: Band,
          /** Self-service incidents. */
          incidents: Band,
          /** What reaches the desk: incidents that fall back, and bypasses. */
          desk: Band,
          /** The same if coverage stayed as it is today; null: no forecast of coverage. */
          deskWithoutFurtherCoverage: Band.nullable(),
          /** At the handle time of the assumptions. */
          deskHours: Band,
          deskHoursWithoutFurtherCoverage: Band.nullable(),
          /** Holidays in the week, by name. */
          holidays: z.array(z.object({ day: DayText, name: z.string() })),
          /** People whose password expires in the week, by the validity of their domain; null: not known. */
          expiring: Count.nullable(),
        }),
      ),
      /** The last 26 whole weeks, to draw before. */
      past: z.array(
        z.object({
          first: DayText,
          last: DayText,
          incidents: Count.nullable(),
          desk: Count.nullable(),
        }),
      ),
      /** The 8 weeks together: a range of its own, no sum of bounds. */
      all: z.object({
        needs: Band,
        incidents: Band,
        desk: Band,
        deskHours: Band,
        deskWithoutFurtherCoverage: Band.nullable(),
        deskHoursWithoutFurtherCoverage: Band.nullable(),
      }),
      /** What the model found, each in a sentence with its figure. */
      model: z.array(z.object({ name: z.string(), text: z.string() })),
    })
    .nullable(),
  /** Why there is none; null: there is. */
  reason: z.string().nullable(),
});
export type ResetForecastResponse = z.output<typeof ResetForecastResponse>;
