import { z } from 'zod';
import {
  Count,
  DayParameter,
  DayText,
  InstantText,
  periodChecked,
  periodFields,
} from './common.ts';

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
