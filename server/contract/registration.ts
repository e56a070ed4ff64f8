import { z } from 'zod';
import {
  Count,
  DayParameter,
  DayText,
  InstantText,
  periodChecked,
  periodFields,
  ShareSchema,
  wholeNumberParameter,
} from './common.ts';

/** Methods that a reset will require of people who are not admins. */
export const RequiredMethods = z
  .enum(['1', '2'])
  .transform(Number)
  .meta({
    override: { type: 'integer', minimum: 1, maximum: 2 },
    description:
      'Methods that will be required of people who are not admins; as today where left out.',
  });

/** Methods that are gone, as Graph spells them, with commas between. */
export const MethodsWithout = z
  .string()
  .max(2000)
  .transform((text) => [...new Set(text.split(',').map((one) => one.trim()))].filter(Boolean))
  .meta({
    override: { type: 'string' },
    description:
      'Methods that will be gone whatever the day, as Graph spells them, separated by commas.',
  });

export const DIMENSIONS = ['department', 'country', 'office', 'company', 'admin'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** In the path of `GET /api/v1/registration/by/:dimension`. */
export const DimensionParameter = z
  .enum(DIMENSIONS)
  .meta({ description: 'By which property of people the counts are split.' });

/** People counts of one snapshot; every one but `population` is a part of `population`. */
export const RegistrationCounts = z
  .object({
    population: Count,
    enabled: Count,
    registered: Count,
    capable: Count,
    mfaCapable: Count,
  })
  .meta({ id: 'RegistrationCounts' });
export type RegistrationCounts = z.output<typeof RegistrationCounts>;

/** Without `dimension` the whole population; with it and no (or an empty) `value`, people without one. */
export const CoverageQuery = periodChecked(
  z
    .strictObject({
      ...periodFields,
      dimension: DimensionParameter.optional(),
      value: z
        .string()
        .max(1000)
        .optional()
        .meta({ description: 'A value of `dimension`; without it, people who have none.' }),
    })
    .refine(({ dimension, value }) => dimension !== undefined || value === undefined, {
      error: 'needs dimension',
      path: ['value'],
    }),
);

/** `GET /api/v1/registration/coverage` */
export const CoverageResponse = z.object({
  /** IANA name of the zone in which the days below were cut. */
  timeZone: z.string(),
  /** Oldest first, one element per day of the period; counts null means not collected. */
  days: z.array(z.object({ day: DayText, counts: RegistrationCounts.nullable() })),
});
export type CoverageResponse = z.output<typeof CoverageResponse>;

export const SnapshotDayQuery = z.strictObject({ day: DayParameter.optional() });

/** `GET /api/v1/registration/by/:dimension` */
export const RegistrationByResponse = z.object({
  /** The day asked for, else the last day with a snapshot; null where there is none yet. */
  day: DayText.nullable(),
  /** One row per value of that day; a missing value is null. `rows` null: no snapshot that day. */
  rows: z.array(z.object({ value: z.string().nullable(), counts: RegistrationCounts })).nullable(),
});
export type RegistrationByResponse = z.output<typeof RegistrationByResponse>;

/** `GET /api/v1/registration/methods` */
export const RegistrationMethodsResponse = z.object({
  day: DayText.nullable(),
  /** People of the population per registered method, as Graph spells it. */
  methods: z.array(z.object({ method: z.string(), people: Count })).nullable(),
  /** People of the population by how many families of reset methods they have. */
  depth: z.array(z.object({ families: Count, people: Count })).nullable(),
});
export type RegistrationMethodsResponse = z.output<typeof RegistrationMethodsResponse>;

/** Who is in a snapshot, by how docs/data-dictionary.md counts them. The classes do not overlap. */
export const PEOPLE_CLASSES = ['member', 'unknown_type', 'excluded', 'guest', 'other'] as const;
export type PeopleClass = (typeof PEOPLE_CLASSES)[number];

/** `GET /api/v1/registration/reconciliation`: our totals beside Graph's own, line by line. */
export const ReconciliationResponse = z.object({
  day: DayText.nullable(),
  takenAt: InstantText.nullable(),
  /** Our counts per class; population = member + unknown_type. Null: no snapshot that day. */
  classes: z
    .array(
      z.object({
        class: z.enum(PEOPLE_CLASSES),
        people: Count,
        enabled: Count,
        registered: Count,
        capable: Count,
        mfaCapable: Count,
      }),
    )
    .nullable(),
  /** People whose `isAdmin` was null: counted as not admin. */
  unknownAdmin: Count.nullable(),
  /** Records of the snapshot that could not be read. */
  rejected: Count.nullable(),
  /** Graph's `usersRegisteredByFeature` at the same run; null: Graph gave none. */
  graph: z
    .array(
      z.object({
        userTypes: z.enum(['all', 'member', 'guest']),
        totalUserCount: Count,
        features: z.array(z.object({ feature: z.string(), userCount: Count })),
      }),
    )
    .nullable(),
});
export type ReconciliationResponse = z.output<typeof ReconciliationResponse>;

/** `GET /api/v1/registration/methods/trend` */
export const MethodsTrendResponse = z.object({
  /** Methods met in the period, most people on its last collected day first, as Graph spells them. */
  methods: z.array(z.string()),
  families: z.array(z.string()),
  /** One element per day of the period, oldest first. */
  days: z.array(
    z.object({
      day: DayText,
      /** Null: no snapshot that day. */
      population: Count.nullable(),
      /** People per method, in the order of `methods`. */
      people: z.array(Count).nullable(),
      /** People with 0, 1, 2 and 3 or more families of reset methods. */
      depth: z.array(Count).length(4).nullable(),
      /** People who have this family and no other, in the order of `families`; null also where it was not counted. */
      only: z.array(Count).nullable(),
    }),
  ),
});
export type MethodsTrendResponse = z.output<typeof MethodsTrendResponse>;

export const PeriodQuery = periodChecked(z.strictObject(periodFields));

export const MOVES = ['gained', 'lost', 'arrived', 'departed'] as const;
export type Move = (typeof MOVES)[number];

export const MovesQuery = periodChecked(
  z.strictObject({ ...periodFields, bucket: z.enum(['day', 'week', 'month']).default('week') }),
);

/** `GET /api/v1/registration/moves`: people who gained and lost capability. */
export const MovesResponse = z.object({
  /** Null counts: no snapshot with one before it in the bucket. */
  buckets: z.array(
    z.object({
      start: DayText,
      /** In the population before and after: capable now, and not before. */
      gained: Count.nullable(),
      lost: Count.nullable(),
      /** Capable, and new in the population. */
      arrived: Count.nullable(),
      /** Was capable, and is no longer in the population. */
      departed: Count.nullable(),
      daysCollected: Count,
    }),
  ),
});
export type MovesResponse = z.output<typeof MovesResponse>;

export const RegistrationStateSchema = z
  .object({
    admin: z.boolean().nullable(),
    enabled: z.boolean().nullable(),
    registered: z.boolean().nullable(),
    capable: z.boolean().nullable(),
    methods: z.array(z.string()).nullable(),
    reason: z.string(),
  })
  .meta({ id: 'RegistrationState' });

export const ChangesQuery = periodChecked(
  z.strictObject({
    ...periodFields,
    move: z.enum(MOVES).meta({ description: 'Which of the moves of the bars.' }),
    cursor: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: '`nextCursor` of the page before.' }),
    limit: wholeNumberParameter(1, 200, 50),
  }),
);

/** `GET /api/v1/registration/changes`: the people behind a bar, and what changed of them. Newest first. */
export const ChangesResponse = z.object({
  changes: z.array(
    z.object({
      day: DayText,
      person: z.object({
        id: z.string(),
        name: z.string().nullable(),
        userPrincipalName: z.string().nullable(),
        department: z.string().nullable(),
      }),
      /** Null: not in the report. */
      before: RegistrationStateSchema.nullable(),
      after: RegistrationStateSchema.nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  /** All of the period. */
  total: Count,
});
export type ChangesResponse = z.output<typeof ChangesResponse>;

/** Accounts made in the period; without one, since the first snapshot. */
export const JoinersQuery = z
  .strictObject({ first: DayParameter.optional(), last: DayParameter.optional() })
  .refine(({ first, last }) => !first || !last || first <= last, {
    error: 'must not come before first',
    path: ['last'],
  });

/** `GET /api/v1/registration/joiners`: people of the population by the month their account was made. */
export const JoinersResponse = z.object({
  /** Last day with a snapshot: what can be known is known up to it. */
  day: DayText.nullable(),
  months: z.array(
    z.object({
      /** First day of the month. */
      start: DayText,
      /** Accounts made in the month that were in the population of a snapshot since. */
      joined: Count,
      /** Of those whose 7th day has passed, registered by then. */
      within7: ShareSchema,
      within14: ShareSchema,
      within30: ShareSchema,
    }),
  ),
});
export type JoinersResponse = z.output<typeof JoinersResponse>;

export const AtRiskQuery = z.strictObject({
  date: DayParameter,
  required: RequiredMethods.optional(),
  without: MethodsWithout.optional(),
  by: DimensionParameter.optional(),
});

/** `GET /api/v1/registration/at-risk` */
export const AtRiskResponse = z.object({
  /** Day of the snapshot; null: there is none, and all counts are 0. */
  day: DayText.nullable(),
  date: DayText,
  coverageNow: ShareSchema,
  coverageThen: ShareSchema,
  /** People at risk. */
  people: Count,
  /** Capable, and with too few families already today: not at risk by what we know. */
  unexplained: Count,
  /** Of the people at risk. */
  admins: Count,
  /** Guests at risk, by the same rules: in no other figure here. */
  guests: Count,
  /** Days from the day of the snapshot to `date`; negative: it has passed. */
  daysLeft: z.int().nullable(),
  /** Methods that are gone by then, as Graph spells them, and required families, now and then. */
  gone: z.array(z.string()),
  requiredNow: z.int(),
  requiredThen: z.int(),
  /** With `by`: people of the population, capable now and at risk per value; most at risk first. */
  segments: z
    .array(
      z.object({ value: z.string().nullable(), population: Count, capable: Count, people: Count }),
    )
    .nullable(),
});
export type AtRiskResponse = z.output<typeof AtRiskResponse>;

const Quantile = z.number().nonnegative();

/** `GET /api/v1/registration/forecast` */
export const ForecastResponse = z.object({
  /** What the settings say; null: no target set. `share` in whole percent. */
  target: z.object({ percent: z.int(), day: DayText.nullable() }).nullable(),
  /** Null: not made yet, or the history is too short, which `reason` says. */
  forecast: z
    .object({
      /** Day of the snapshot that it starts from. */
      day: DayText,
      madeAt: InstantText,
      now: ShareSchema,
      /** From the day after `day`, oldest first: the share of the population that is capable, 0 to 1. */
      days: z.array(
        z.object({
          day: DayText,
          p2_5: Quantile,
          p10: Quantile,
          p25: Quantile,
          p50: Quantile,
          p75: Quantile,
          p90: Quantile,
          p97_5: Quantile,
        }),
      ),
      /** When the target is reached; null: no target set. */
      arrival: z
        .object({
          /** Reached already today. */
          reached: z.boolean(),
          /** Days; null: so many of the runs do not reach it within 12 months. */
          p10: DayText.nullable(),
          p50: DayText.nullable(),
          p90: DayText.nullable(),
          /** Runs, of all runs, that do not reach it within 12 months. */
          notReached: ShareSchema,
          /** Runs that are at or above the target on the target's day; null: no day set, or beyond the forecast. */
          onTime: ShareSchema.nullable(),
        })
        .nullable(),
      /** What the model found, each in a sentence with its figure. */
      model: z.array(z.object({ name: z.string(), text: z.string() })),
    })
    .nullable(),
  reason: z.string().nullable(),
});
export type ForecastResponse = z.output<typeof ForecastResponse>;

/** `GET /api/v1/controls` */
export const ControlsResponse = z.object({
  day: DayText.nullable(),
  controls: z.array(
    z.object({
      /** Name of the control in the baseline, such as ID-03. */
      id: z.string(),
      title: z.string(),
      source: z.string(),
      expectations: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          state: z.enum(['pass', 'fail', 'cannot_be_seen']),
          /** What it was judged by, in a sentence with its figures. */
          evidence: z.string(),
          /** What to do, or what would have to be known; null: nothing. */
          advice: z.string().nullable(),
          /** People who meet it, of the population; null: not a matter of people. */
          people: ShareSchema.nullable(),
          /** Filters of `/people` that list those who do not; null: nobody to list. */
          filters: z.record(z.string(), z.string()).nullable(),
        }),
      ),
    }),
  ),
});
export type ControlsResponse = z.output<typeof ControlsResponse>;
