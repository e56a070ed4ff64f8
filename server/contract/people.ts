import { z } from 'zod';
import {
  AuthorText,
  BooleanParameter,
  Count,
  DayParameter,
  DayText,
  InstantText,
  ObjectId,
  ShareSchema,
  wholeNumberParameter,
} from './common.ts';
import { MethodsWithout, RequiredMethods } from './registration.ts';

export const REASONS = [
  'capable',
  'unknown',
  'not_enabled',
  'nothing_registered',
  'methods_not_accepted',
  'too_few_methods',
] as const;

/** In the path of `GET /api/v1/people/:id`. */
export const PersonIdParameter = ObjectId;

export const FAMILIES = [
  'mobile_phone',
  'office_phone',
  'email',
  'security_questions',
  'authenticator_app',
  'hardware_code',
] as const;

/** What the list, its CSV and its counts filter by; what is left out does not filter. */
export const PEOPLE_FILTERS = {
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
  manager: ObjectId.optional().meta({
    override: { type: 'string', maxLength: 200 },
    description: 'Object id of the manager. Empty: people without one.',
  }),
  done: BooleanParameter.optional().meta({
    description: 'Marked as done on the work-list; `false`: not marked.',
  }),
  exclusion: z
    .string()
    .regex(/^\d{1,15}$/, { error: 'must be the id of an exclusion' })
    .transform(Number)
    .optional()
    .meta({
      override: { type: 'string' },
      description: 'People whom this exclusion leaves out now; with `excluded=true`.',
    }),
  method: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Has registered this method, as Graph spells it.' }),
  families: z.enum(['0', '1', '2', '3']).optional().meta({
    description: 'How many families of reset methods; 3 means three or more.',
  }),
  onlyFamily: z.enum(FAMILIES).optional().meta({
    description: 'Has this family of reset methods and no other.',
  }),
  atRisk: DayParameter.optional().meta({
    description: 'Falls out of capability on this day: docs/data-dictionary.md, at risk.',
  }),
  required: RequiredMethods.optional(),
  without: MethodsWithout.optional(),
} as const;

/** `required` and `without` say what is at risk; alone they say nothing. */
const saysWhatIsAtRisk = <S extends z.ZodType<{ [name: string]: unknown }>>(schema: S): S =>
  schema.refine(
    ({ atRisk, required, without }) =>
      atRisk !== undefined || (required === undefined && without === undefined),
    { error: 'needs atRisk', path: ['required'] },
  );

export const PeopleCsvQuery = saysWhatIsAtRisk(
  z.strictObject({ ...PEOPLE_FILTERS, sort: z.enum(['name', 'priority']).default('name') }),
);
export type PeopleCsvQuery = z.output<typeof PeopleCsvQuery>;

export const PeopleQuery = saysWhatIsAtRisk(
  z.strictObject({
    ...PEOPLE_FILTERS,
    sort: z.enum(['name', 'priority']).default('name'),
    cursor: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: '`nextCursor` of the page before.' }),
    limit: wholeNumberParameter(1, 200, 50),
    facets: BooleanParameter.optional().meta({
      description: '`true` adds counts beside each filter value.',
    }),
  }),
);
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
    /** Expected helpdesk calls in the next 90 days; null until the product has worked it out. */
    priority: z.number().nullable(),
    /** Whether an exclusion holds now. */
    excluded: z.boolean(),
    /** From /users; null: none, or not told. A manager whom no record names has a null name. */
    manager: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    /** Null: never, or not told (it needs a permission and a licence). */
    lastSignInAt: InstantText.nullable(),
    /** Day of the snapshot in which the present state was met first. */
    stateSince: DayText.nullable(),
    /** What an admin wrote; null: nothing. */
    note: z.string().nullable(),
    done: z.boolean(),
  })
  .meta({ id: 'Person' });
export type Person = z.output<typeof Person>;

/** Values as the filter takes them, `true` and `false` for flags; null: without one. */
const Facet = z.array(z.object({ value: z.string().nullable(), people: Count }));

/** People per value of each filter, with every other filter applied. */
export const PeopleFacets = z.object({
  reason: Facet,
  capable: Facet,
  registered: Facet,
  enabled: Facet,
  admin: Facet,
  userType: Facet,
  department: Facet,
  country: Facet,
  excluded: Facet,
});
export type PeopleFacets = z.output<typeof PeopleFacets>;

/** `GET /api/v1/people` */
export const PeopleResponse = z.object({
  /** Day of the snapshot the list stands on; null where there is none yet. */
  day: DayText.nullable(),
  people: z.array(Person),
  /** Null on the last page. */
  nextCursor: z.string().nullable(),
  /** All that the filters match, not only this page. */
  total: Count,
  /** Only with `facets=true`. */
  facets: PeopleFacets.optional(),
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
  /** Exclusions of this person, newest first; `lastDay` is included, null: open. */
  exclusions: z.array(
    z.object({
      id: z.string(),
      reason: z.string(),
      author: z.string(),
      firstDay: DayText,
      lastDay: DayText.nullable(),
    }),
  ),
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

/** `PUT /api/v1/people/:id/note` */
export const NoteChange = z.strictObject({
  note: z.string().trim().max(2000).nullable(),
  done: z.boolean(),
  /** Who writes it: the access token does not tell people apart. */
  author: AuthorText,
});
export type NoteChange = z.output<typeof NoteChange>;

export const NoteResponse = z.object({
  note: z.string().nullable(),
  done: z.boolean(),
  author: z.string().nullable(),
  changedAt: InstantText.nullable(),
});
export type NoteResponse = z.output<typeof NoteResponse>;

/** `GET /api/v1/managers`: the same filters as the list, people per manager, most first. */
export const ManagersQuery = saysWhatIsAtRisk(z.strictObject(PEOPLE_FILTERS));
export const ManagersResponse = z.object({
  day: DayText.nullable(),
  /** At most 1,000; `id` null: people without a manager. */
  managers: z.array(
    z.object({ id: z.string().nullable(), name: z.string().nullable(), people: Count }),
  ),
  /** Managers in all. */
  total: Count,
});
export type ManagersResponse = z.output<typeof ManagersResponse>;

/** A share of people and the share of calls that they made. */
const Caught = z.object({
  people: ShareSchema,
  calls: ShareSchema,
  /** Calls that as many people would hold if everybody called at the same rate: chance alone is uneven. */
  chance: z.number(),
});

/** `GET /api/v1/priority`: how expected calls are worked out, and how good the order is. */
export const PriorityResponse = z.object({
  /** Null: not worked out yet. */
  priority: z
    .object({
      day: DayText,
      madeAt: InstantText,
      /** fitted: on this tenant's history; stated: by weights that are judgement. */
      basis: z.enum(['fitted', 'stated']),
      /** Why not fitted, in a sentence; null where fitted. */
      whyStated: z.string().nullable(),
      /** What counts, each with the factor by which it multiplies the expected calls. */
      weights: z.array(z.object({ feature: z.string(), meaning: z.string(), factor: z.number() })),
      /** Expected calls in the next 90 days of everybody ranked, and how many people are ranked. */
      expectedCalls: z.number(),
      people: Count,
      /** Calls of the last 12 months (or as far as collected) by the top people. Null: no calls. */
      concentration: z
        .object({ first: DayText, last: DayText, calls: Count, top: z.array(Caught) })
        .nullable(),
      /** The order made 90 days ago against the calls since. Null: history too short, `whyNoBacktest` says so. */
      backtest: z
        .object({
          first: DayText,
          last: DayText,
          calls: Count,
          top: z.array(
            z.object({
              people: ShareSchema,
              calls: Count,
              /** Calls that the same number of longest unregistered people made. */
              longestUnregistered: Count,
              /** Calls that as many people drawn by lot would have made on average. */
              random: z.number(),
            }),
          ),
          /** Tenths of the order, first to last: expected and counted calls. */
          deciles: z.array(z.object({ people: Count, expected: z.number(), calls: Count })),
        })
        .nullable(),
      whyNoBacktest: z.string().nullable(),
    })
    .nullable(),
});
export type PriorityResponse = z.output<typeof PriorityResponse>;
