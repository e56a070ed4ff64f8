import { z } from 'zod';
import {
  BooleanParameter,
  Count,
  DayText,
  InstantText,
  ObjectId,
  optionalWholeNumber,
  periodChecked,
  periodFields,
  Somebody,
  wholeNumberParameter,
} from './common.ts';
import { FLOW_OUTCOMES } from './people.ts';
import { LOG_METHODS, OWNERS, STAGES } from './resets.ts';

export const INCIDENT_OUTCOMES = [
  'self_served_first',
  'self_served_retry',
  'fell_back',
  'abandoned',
] as const;

const cursor = z
  .string()
  .max(2000)
  .optional()
  .meta({ description: '`nextCursor` of the page before.' });

const Outcome = z.enum([...INCIDENT_OUTCOMES, 'self_served', 'settling']);

/**
 * Without a filter on flows the period, weekday, hour and outsideOffice are those of the incidents; with one
 * (FLOW_FILTERS) they are those of the flows, and the list holds the incidents of the flows that match all.
 */
const IncidentFilters = z.strictObject({
  ...periodFields,
  outcome: Outcome.optional().meta({
    description: 'Of settled incidents; `self_served` is both kinds of it.',
  }),
  kind: z.enum(['reset', 'unlock']).optional(),
  person: ObjectId.optional(),
  weekday: optionalWholeNumber(1, 7),
  hour: optionalWholeNumber(0, 23),
  outsideOffice: BooleanParameter.optional(),
  repeatWithinDays: z
    .enum(['7', '30'])
    .optional()
    .meta({ description: 'Self-served, and followed by another incident within so many days.' }),
  flowOutcome: z.enum(FLOW_OUTCOMES).optional(),
  over: BooleanParameter.optional().meta({
    description: 'Flows that are not in progress; `false`: those that are.',
  }),
  lost: BooleanParameter.optional().meta({
    description: 'Flows that neither succeeded nor are in progress; `false`: the others.',
  }),
  reason: z.string().max(2000).optional().meta({ description: '`code` of `/resets/reasons`.' }),
  owner: z.enum([...OWNERS, 'unknown']).optional(),
  method: z.enum(LOG_METHODS).optional().meta({ description: 'Flows that started it.' }),
  passed: BooleanParameter.optional().meta({ description: 'Needs method.' }),
  stage: z.enum(STAGES).optional().meta({
    description: 'Flows that came exactly this far; with `method`, in the funnel of that method.',
  }),
  reached: z.enum(STAGES).optional().meta({
    description:
      'Flows that came at least this far; with `method`, in its funnel. `identified` is all.',
  }),
  switchedFrom: z
    .enum([...LOG_METHODS, 'any'])
    .optional()
    .meta({ description: 'Flows that gave this method up for another.' }),
  switchedTo: z
    .enum(LOG_METHODS)
    .optional()
    .meta({ description: 'Needs switchedFrom: for this one.' }),
  agent: z.string().max(200).optional().meta({
    description:
      'Flows that came to the end of a reset, by agent. Empty: those whose records name none.',
  }),
  cursor,
  limit: wholeNumberParameter(1, 200, 50),
});

/** Filters on flows rather than on incidents. */
export const FLOW_FILTERS = [
  'flowOutcome',
  'over',
  'lost',
  'reason',
  'owner',
  'method',
  'stage',
  'reached',
  'switchedFrom',
  'agent',
] as const;

const LOST_OUTCOMES: readonly string[] = FLOW_OUTCOMES.filter(
  (outcome) => !['completed', 'unlocked', 'in_progress'].includes(outcome),
);

export const IncidentsQuery = periodChecked(IncidentFilters).superRefine((query, { addIssue }) => {
  for (const [path, message] of contradictions(query))
    addIssue({ code: 'custom', message, path: [path] });
});
export type IncidentsQuery = z.output<typeof IncidentsQuery>;

type Filters = z.output<typeof IncidentFilters>;

/** What cannot go together: the parameter, and why. */
function contradictions(query: Filters): [keyof Filters, string][] {
  const { outcome, kind, repeatWithinDays, flowOutcome, lost, reason, owner, method } = query;
  const { stage, reached, switchedFrom } = query;
  const selfServed = outcome === undefined || outcome.startsWith('self_served');
  const isLost = flowOutcome === undefined ? undefined : LOST_OUTCOMES.includes(flowOutcome);
  const succeeded = flowOutcome === 'completed' || flowOutcome === 'unlocked';
  const beforeMethod = (one = stage) => one !== undefined && STAGES.indexOf(one) < 2;
  const found: [boolean, keyof Filters, string][] = [
    [query.passed !== undefined && method === undefined, 'passed', 'needs method'],
    [
      query.switchedTo !== undefined && switchedFrom === undefined,
      'switchedTo',
      'needs switchedFrom',
    ],
    [
      query.switchedTo !== undefined && query.switchedTo === switchedFrom,
      'switchedTo',
      'is the method that was given up',
    ],
    [
      repeatWithinDays !== undefined && !selfServed,
      'repeatWithinDays',
      'only a self-served incident can be followed by another',
    ],
    [kind !== undefined && outcome === 'abandoned', 'kind', 'an abandoned incident has none'],
    [reason !== undefined && lost === false, 'reason', 'a flow that was not lost has none'],
    [reason !== undefined && isLost === false, 'reason', 'a flow that was not lost has none'],
    [owner !== undefined && lost === false, 'owner', 'a flow that was not lost has none'],
    [owner !== undefined && isLost === false, 'owner', 'a flow that was not lost has none'],
    [
      isLost !== undefined && lost !== undefined && isLost !== lost,
      'lost',
      'does not go with this flowOutcome',
    ],
    [stage !== undefined && reached !== undefined, 'reached', 'does not go with stage'],
    [
      isLost !== undefined &&
        query.over !== undefined &&
        query.over === (flowOutcome === 'in_progress'),
      'over',
      'does not go with this flowOutcome',
    ],
    [lost === true && query.over === false, 'over', 'a flow that was lost is over'],
    [
      stage === 'done' && (query.over === false || (flowOutcome !== undefined && !succeeded)),
      'stage',
      'only completed and unlocked flows are done',
    ],
    [
      stage !== undefined && stage !== 'done' && method === undefined && succeeded,
      'stage',
      'completed and unlocked flows are done',
    ],
    [stage === 'done' && lost === true, 'stage', 'a flow that is done was not lost'],
    [
      method !== undefined && beforeMethod(),
      'stage',
      'a flow that started a method came further than this',
    ],
  ];
  return found.flatMap(([is, path, message]) => (is ? [[path, message]] : []));
}

export const Incident = z
  .object({
    id: z.string(),
    startedAt: InstantText,
    lastAt: InstantText,
    /** Null: no record names anybody. */
    person: Somebody.nullable(),
    /** What it would be now, while it is settling. */
    outcome: z.enum(INCIDENT_OUTCOMES),
    settling: z.boolean(),
    kind: z.enum(['reset', 'unlock']).nullable(),
    flows: Count,
    adminResets: Count,
    /** Of its lost flows, in order of time, each once. */
    reasons: z.array(
      z.object({ code: z.string(), reason: z.string(), owner: z.enum(OWNERS).nullable() }),
    ),
  })
  .meta({ id: 'Incident' });
export type Incident = z.output<typeof Incident>;

/** `GET /api/v1/resets/incidents`, newest first. */
export const IncidentsResponse = z.object({
  asOf: InstantText.nullable(),
  incidents: z.array(Incident),
  /** Incidents that match, and the flows that match (all flows of them without a filter on flows). */
  total: Count,
  flows: Count,
  nextCursor: z.string().nullable(),
});
export type IncidentsResponse = z.output<typeof IncidentsResponse>;

/** In the path of `/resets/incidents/:id`. */
export const IncidentIdParameter = z.string().min(1).max(500);

const Flow = z.object({
  id: z.string(),
  startedAt: InstantText,
  lastAt: InstantText,
  outcome: z.enum(FLOW_OUTCOMES),
  /** How far it came. */
  stage: z.enum(STAGES),
  /** Why it was lost; null: it was not. */
  reason: z
    .object({ code: z.string(), reason: z.string(), owner: z.enum(OWNERS).nullable() })
    .nullable(),
  steps: z.array(z.object({ method: z.string(), startedAt: InstantText, passed: z.boolean() })),
  /** The records as Graph worded them, in order. */
  records: z.array(
    z.object({
      at: InstantText,
      activity: z.string(),
      reason: z.string().nullable(),
      result: z.string(),
      address: z.string().nullable(),
    }),
  ),
});

const Neighbour = z
  .object({ id: z.string(), startedAt: InstantText, outcome: z.enum(INCIDENT_OUTCOMES) })
  .nullable();

/** `GET /api/v1/resets/incidents/:id`: one need, from the first try to its end. */
export const IncidentResponse = z.object({
  asOf: InstantText.nullable(),
  incident: Incident,
  /** Last instant at which it may still change its outcome; null: settled. */
  settlesAt: InstantText.nullable(),
  flows: z.array(Flow),
  /** Those that ended it. */
  adminResets: z.array(
    z.object({
      id: z.string(),
      at: InstantText,
      operator: Somebody.nullable(),
      agent: z.string().nullable(),
    }),
  ),
  /** The same person's incidents before and after. */
  before: Neighbour,
  after: Neighbour,
});
export type IncidentResponse = z.output<typeof IncidentResponse>;

export const ADMIN_RESET_KINDS = [
  'counted',
  'first_password',
  'mass',
  'unknown_initiator',
  'automation',
  'self',
] as const;

export const AdminResetsQuery = periodChecked(
  z.strictObject({
    ...periodFields,
    kind: z.enum(ADMIN_RESET_KINDS).default('counted'),
    bypass: BooleanParameter.optional().meta({
      description:
        '`true`: the first reset of each settled bypass; `false`: those that ended an incident.',
    }),
    settling: BooleanParameter.optional().meta({
      description: 'With `bypass=true`: the settling ones instead.',
    }),
    operator: ObjectId.optional(),
    agent: z.string().max(200).optional().meta({ description: 'Empty: without an agent.' }),
    cursor,
    limit: wholeNumberParameter(1, 200, 50),
  }),
).superRefine(({ kind, bypass, settling }, { addIssue }) => {
  const complain = (path: string, message: string) =>
    addIssue({ code: 'custom', message, path: [path] });
  if (bypass !== undefined && kind !== 'counted')
    complain('bypass', 'only an admin reset that counts is a bypass or ended an incident');
  if (settling !== undefined && bypass !== true) complain('settling', 'needs bypass=true');
});
export type AdminResetsQuery = z.output<typeof AdminResetsQuery>;

/** `GET /api/v1/resets/admin-resets`, newest first. */
export const AdminResetsResponse = z.object({
  asOf: InstantText.nullable(),
  adminResets: z.array(
    z.object({
      id: z.string(),
      at: InstantText,
      day: DayText,
      person: Somebody.nullable(),
      operator: Somebody.nullable(),
      kind: z.enum(ADMIN_RESET_KINDS),
      /** The incident it ended; null: a bypass, or not counted. */
      incidentId: z.string().nullable(),
      /** The bypass it belongs to: id of its first admin reset. */
      bypassId: z.string().nullable(),
      settling: z.boolean(),
      agent: z.string().nullable(),
    }),
  ),
  total: Count,
  nextCursor: z.string().nullable(),
});
export type AdminResetsResponse = z.output<typeof AdminResetsResponse>;
