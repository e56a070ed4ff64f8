import { z } from 'zod';
import {
  AuthorText,
  Count,
  DayText,
  InstantText,
  periodChecked,
  periodFields,
  ShareSchema,
} from './common.ts';

/** 5, 50 and 95 %: never added up, sums have a range of their own. */
export const RangeSchema = z
  .object({ low: z.number(), likely: z.number(), high: z.number() })
  .meta({ id: 'Range', description: 'Low, likely and high: 5, 50 and 95 %.' });
export type RangeSchema = z.output<typeof RangeSchema>;

const ordered = <S extends z.ZodType<{ low: number; likely: number; high: number }>>(
  schema: S,
): S =>
  schema.refine(({ low, likely, high }) => low <= likely && likely <= high, {
    error: 'low, likely and high must be in that order',
  });

/** A share between 0 and 1: the likeliest value, and a range that holds it in 9 cases of 10. */
const SharePrior = ordered(
  z.strictObject({
    low: z.number().min(0).max(1),
    likely: z.number().min(0).max(1),
    high: z.number().min(0).max(1),
  }),
);

const Amount = z.number().min(0).max(1_000_000);
const AmountRange = ordered(z.strictObject({ low: Amount, likely: Amount, high: Amount }));
const Minutes = z.number().min(0).max(1440);
const MinutesRange = ordered(z.strictObject({ low: Minutes, likely: Minutes, high: Minutes }));

/** What deflection and money are worked out with. Amounts are in `currency`. */
export const AssumptionSet = z
  .strictObject({
    deflection: z.strictObject({
      reset: z.strictObject({
        /** Part that exists only because self-service is easy. */
        induced: SharePrior,
        /** Chance that a real need would have become a ticket. */
        propensity: SharePrior,
      }),
      unlock: z.strictObject({ induced: SharePrior, propensity: SharePrior }),
    }),
    /** First day on which people could reset by themselves: before it self-service was 0, not unknown. Null: not said. */
    selfServiceSince: DayText.nullable(),
    money: z.strictObject({
      /** ISO 4217. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, such as EUR' }),
      /**
       * What a ticket costs the desk: `own`, handle minutes times the desk's hourly rate; `preset`, a published figure by
       * name; `range`, typed in.
       */
      desk: z.discriminatedUnion('basis', [
        z.strictObject({ basis: z.literal('own'), hourlyRate: Amount }),
        z.strictObject({ basis: z.literal('preset'), preset: z.string().max(100) }),
        z.strictObject({ basis: z.literal('range'), perTicket: AmountRange }),
      ]),
      /** Minutes the desk works on a reset ticket. */
      handleMinutes: MinutesRange,
      /** Minutes a person loses on the way by the desk, waiting included. */
      userMinutesDesk: MinutesRange,
      /** The same by self-service; null: the tenant's own durations. */
      userMinutesSelfService: MinutesRange.nullable(),
      /** What an hour of a person's time costs; null: user time is not shown. */
      userHourlyRate: Amount.nullable(),
      /** Share of the time saved that becomes work. */
      usableShare: z.number().min(0).max(1),
      /** Per self-served incident, such as a fee for a message. */
      selfServiceCost: Amount,
      /** Desk minutes that an incident costs more when self-service was tried first. */
      fallbackExtraMinutes: Minutes,
      /** Licences and running costs a month that exist for self-service alone; null: not said. */
      monthlyCost: Amount.nullable(),
      /** Paid once to introduce it; null: not said. */
      setupCost: Amount.nullable(),
    }),
  })
  .meta({ id: 'AssumptionSet' });
export type AssumptionSet = z.output<typeof AssumptionSet>;

const AssumptionVersion = z.object({
  /** 0: the defaults of the program. */
  version: Count,
  /** Null for the defaults. */
  madeAt: InstantText.nullable(),
  author: z.string().nullable(),
  note: z.string().nullable(),
});

/** Where a default or a preset comes from. */
const Source = z.object({ text: z.string(), address: z.string().nullable() });

/** `GET` and answer of `PUT /api/v1/assumptions` */
export const AssumptionsResponse = z.object({
  current: AssumptionVersion.extend({ set: AssumptionSet }),
  defaults: AssumptionSet,
  /** By path of the set, such as `money.handleMinutes`: what it means and where the default comes from. */
  meanings: z.array(
    z.object({
      path: z.string(),
      title: z.string(),
      meaning: z.string(),
      unit: z.string(),
      source: Source,
    }),
  ),
  /** Published costs of a ticket, to choose by name; `warning` says what is wrong with one. */
  presets: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      currency: z.string(),
      perTicket: RangeSchema,
      /** Holds user time already: user time is then not added. */
      includesUserTime: z.boolean(),
      source: Source,
      warning: z.string().nullable(),
    }),
  ),
  /** Newest first; with what each changed against the one before, in words. */
  versions: z.array(AssumptionVersion.extend({ changes: z.array(z.string()) })),
});
export type AssumptionsResponse = z.output<typeof AssumptionsResponse>;

export const AssumptionsChange = z.strictObject({
  author: AuthorText,
  note: z.string().trim().max(2000).nullable().default(null),
  set: AssumptionSet,
});
export type AssumptionsChange = z.output<typeof AssumptionsChange>;

export const DeflectionQuery = periodChecked(z.strictObject(periodFields));

/** One bar of the tornado: the likely answer with this assumption at its own 5 and 95 %, all others as they are. */
const TornadoBar = z.object({
  path: z.string(),
  title: z.string(),
  unit: z.string(),
  /** The assumption at 5 and 95 %, and the likely desk saving (or tickets avoided without a cost) then. */
  low: z.object({ at: z.number(), answer: z.number() }),
  high: z.object({ at: z.number(), answer: z.number() }),
});

export const Calibration = z
  .object({
    firstMonth: z.string(),
    lastMonth: z.string(),
    /** Months that tickets and self-service are both known for. */
    months: Count,
    /** Tickets fewer for each self-served incident, by the regression, with its standard error. */
    estimate: z.object({ share: z.number(), standardError: z.number() }),
    /** The avoided share after assumptions and tickets are put together. */
    share: RangeSchema,
    /** Weight that the tickets put on "anything may be", of 0.2 given to it. */
    flatWeight: z.number(),
    /** The tickets contradict the assumptions. */
    contradicted: z.boolean(),
    /** Whether other tickets were used as a control. */
    controlled: z.boolean(),
  })
  .meta({ id: 'Calibration' });

/** Everything that a period's answer holds: `/deflection` and a frozen statement alike. */
export const DeflectionFigures = z.object({
  /** Null: no day of the period was collected. */
  served: z.object({ reset: Count, unlock: Count }).nullable(),
  /** Null also where every incident is still settling. */
  avoided: RangeSchema.nullable(),
  /** tickets: calibrated on imported tickets; logs: by assumption. */
  evidence: z.enum(['logs', 'tickets']),
  /** Why not by tickets, in a sentence; null where it is. */
  whyLogs: z.string().nullable(),
  calibration: Calibration.nullable(),
  saving: z
    .object({
      currency: z.string(),
      /** Net of the cost of self-service and of what a fallback costs more. */
      desk: RangeSchema,
      /** Zero where the preset holds it already or no rate is given: `userTimeWhy` says so. */
      userTime: RangeSchema,
      userTimeWhy: z.string().nullable(),
      /** Desk hours not worked. */
      deskHours: RangeSchema,
      /** Working hours given back to people, before the usable share. */
      userHours: RangeSchema,
      /** Desk saving less the monthly cost over the period; null: none is given. The setup cost is in the payback alone. */
      net: RangeSchema.nullable(),
      /** Months until the setup cost is paid back, at the rate of this period; null: no cost given, or never (`paybackWhy`). */
      paybackMonths: RangeSchema.nullable(),
      paybackWhy: z.string().nullable(),
      /** Whether a default of the program is behind the desk's cost. */
      defaultCost: z.boolean(),
    })
    .nullable(),
  /** Interrupted time series: shown beside, never mixed in. Null: no tickets from before self-service. */
  secondOpinion: z
    .object({
      avoided: RangeSchema,
      /** What the answer's own method says of the very same months, to compare with; null: a month of them was not collected whole. */
      answer: RangeSchema.nullable(),
      /** Tickets that would have come. */
      expected: z.number(),
      monthsBefore: Count,
      monthsAfter: Count,
      /** Made-up beginnings whose effect is as large as the real one; null: no room for any. */
      placebo: ShareSchema.nullable(),
    })
    .nullable(),
  /** What needs no assumption. */
  ratios: z.object({
    selfServiceShare: ShareSchema,
    successRate: ShareSchema,
    /** Of the incidents that were not self-served: ended at the desk. */
    fellBackOfUnserved: ShareSchema,
    /** Counting admin resets, and people of the population (mean of the collected days); null: no snapshot in the period. */
    adminResetsPerPeople: z.object({ adminResets: Count, people: z.number() }).nullable(),
  }),
  counts: z.object({
    selfServed: Count,
    fellBack: Count,
    abandoned: Count,
    settling: Count,
    adminResets: Count,
    bypasses: Count,
    settlingBypasses: Count,
    /** Password tickets imported for the whole months of the period; null: none. */
    tickets: Count.nullable(),
  }),
  /** Tickets that more coverage could still avoid: never part of `avoided`. Null: nobody uncovered, or not known. */
  potential: z.object({ resets: Count, avoided: RangeSchema }).nullable(),
  /** Largest first. */
  tornado: z.array(TornadoBar),
  /** What the tornado's answers are. */
  tornadoOf: z.enum(['desk_saving', 'avoided']),
});
export type DeflectionFigures = z.output<typeof DeflectionFigures>;

/** `GET /api/v1/deflection` */
export const DeflectionResponse = DeflectionFigures.extend({
  asOf: InstantText.nullable(),
  timeZone: z.string(),
  daysCollected: Count,
  /** Whether people are synchronised from on-premises: what was reset there is in no log. */
  hybrid: z.boolean().nullable(),
  assumptions: AssumptionVersion.extend({ set: AssumptionSet }),
});
export type DeflectionResponse = z.output<typeof DeflectionResponse>;

/** One month of a trend. */
export const DeflectionMonth = z
  .object({
    /** YYYY-MM */
    month: z.string(),
    daysCollected: Count,
    /** Of the month. */
    days: Count,
    served: z.object({ reset: Count, unlock: Count }).nullable(),
    avoided: RangeSchema.nullable(),
    desk: RangeSchema.nullable(),
    tickets: Count.nullable(),
    otherTickets: Count.nullable(),
    adminResets: Count.nullable(),
    selfServiceShare: ShareSchema,
  })
  .meta({ id: 'DeflectionMonth' });
export type DeflectionMonth = z.output<typeof DeflectionMonth>;

export const DeflectionTrendQuery = periodChecked(z.strictObject(periodFields));

/** `GET /api/v1/deflection/trend`: the months that the period touches, each as a whole. */
export const DeflectionTrendResponse = z.object({
  asOf: InstantText.nullable(),
  evidence: z.enum(['logs', 'tickets']),
  currency: z.string(),
  months: z.array(DeflectionMonth),
});
export type DeflectionTrendResponse = z.output<typeof DeflectionTrendResponse>;
