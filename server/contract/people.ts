import { z } from 'zod';
import { BooleanParameter, Count, DayText, InstantText, wholeNumberParameter } from './common.ts';

export const REASONS = [
  'capable',
  'unknown',
  'not_enabled',
  'nothing_registered',
  'methods_not_accepted',
  'too_few_methods',
] as const;

/** In the path of `GET /api/v1/people/:id`. */
export const PersonIdParameter = z.string().max(200).meta({ description: 'Object id in Entra.' });

export const PeopleQuery = z.strictObject({
  reason: z
    .enum(REASONS)
    .optional()
    .meta({ description: 'Why a person can, or cannot, reset their own password.' }),
  capable: BooleanParameter.optional(),
  registered: BooleanParameter.optional(),
  enabled: BooleanParameter.optional(),
  admin: BooleanParameter.optional(),
  userType: z.enum(['member', 'guest']).default('member'),
  department: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'Empty: people without a department.' }),
  country: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'Empty: people without a country.' }),
  excluded: BooleanParameter.optional().meta({
    description: 'Excluded people are left out unless `true`.',
  }),
  search: z.string().max(200).optional().meta({
    description: 'Case-insensitive substring of name or user principal name, accents as typed.',
  }),
  sort: z.enum(['name', 'priority']).default('name'),
  cursor: z.string().max(2000).optional().meta({ description: '`nextCursor` of the page before.' }),
  limit: wholeNumberParameter(1, 200, 50),
  facets: BooleanParameter.optional().meta({
    description: '`true` adds counts beside each filter value.',
  }),
});
export type PeopleQuery = z.output<typeof PeopleQuery>;

export const Person = z
  .object({
    /** Object id in Entra. */
    id: z.string(),
    name: z.string().nullable(),
    userPrincipalName: z.string().nullable(),
    department: z.string().nullable(),
    country: z.string().nullable(),
    /** Null: Graph did not say; counted as not admin. */
    admin: z.boolean().nullable(),
    enabled: z.boolean().nullable(),
    registered: z.boolean().nullable(),
    capable: z.boolean().nullable(),
    /** As Graph spells them; null: Graph did not say. */
    methods: z.array(z.string()).nullable(),
    reason: z.enum(REASONS),
    /** Expected helpdesk calls; null until the product works it out. */
    priority: z.number().nullable(),
    excluded: z.boolean(),
  })
  .meta({ id: 'Person' });
export type Person = z.output<typeof Person>;

const Facet = z.array(z.object({ value: z.string().nullable(), people: Count }));

/** `GET /api/v1/people` */
export const PeopleResponse = z.object({
  /** Day of the snapshot the list stands on; null where there is none yet. */
  day: DayText.nullable(),
  people: z.array(Person),
  /** Null on the last page. */
  nextCursor: z.string().nullable(),
  /** All that the filters match, not only this page. */
  total: Count,
  /** Only with `facets=true`: people per value, with every other filter applied. */
  facets: z.object({ reason: Facet, department: Facet, country: Facet }).optional(),
});
export type PeopleResponse = z.output<typeof PeopleResponse>;

export const FLOW_OUTCOMES = [
  'completed',
  'unlocked',
  'contacted_admin',
  'blocked',
  'not_entitled',
  'failed',
  'cancelled',
  'abandoned',
  'in_progress',
] as const;

/** `GET /api/v1/people/:id`: one person's story, newest first. */
export const PersonResponse = z.object({
  person: Person,
  office: z.string().nullable(),
  company: z.string().nullable(),
  userType: z.string().nullable(),
  createdAt: InstantText.nullable(),
  /** What /users says; null: not known. */
  accountEnabled: z.boolean().nullable(),
  /** Whether the last complete snapshot holds this person. */
  inSnapshot: z.boolean(),
  /** State after each change; `state` null: no longer in the report. */
  registrationChanges: z.array(
    z.object({
      day: DayText,
      takenAt: InstantText,
      state: z
        .object({
          admin: z.boolean().nullable(),
          enabled: z.boolean().nullable(),
          registered: z.boolean().nullable(),
          capable: z.boolean().nullable(),
          methods: z.array(z.string()).nullable(),
          reason: z.enum(REASONS),
        })
        .nullable(),
    }),
  ),
  flows: z.array(
    z.object({
      id: z.string(),
      startedAt: InstantText,
      lastAt: InstantText,
      outcome: z.enum(FLOW_OUTCOMES),
      steps: z.array(z.object({ method: z.string(), startedAt: InstantText, passed: z.boolean() })),
      /** The records as Graph worded them, in order. */
      records: z.array(
        z.object({
          at: InstantText,
          activity: z.string(),
          reason: z.string().nullable(),
          result: z.string(),
        }),
      ),
    }),
  ),
  adminResets: z.array(
    z.object({
      at: InstantText,
      /** Why it counts or does not. */
      kind: z.string(),
      /** The incident it ended; null: a bypass, or not counted. */
      incidentId: z.string().nullable(),
    }),
  ),
});
export type PersonResponse = z.output<typeof PersonResponse>;
