import { z } from 'zod';
import { DELIVERY_KINDS, DELIVERY_STATES } from '../../domain/alerting/channel.ts';
import { ALERT_EVENT_KINDS, ALERT_STATES } from '../../domain/surveillance/alert-state.ts';
import {
  ALERT_RULES,
  QUEUES,
  RAISING_RULES,
  SUBJECT_KINDS,
  THRESHOLD_RULES,
} from '../../domain/surveillance/rule-list.ts';
import {
  AuthorText,
  Count,
  DayText,
  InstantText,
  notAnInstant,
  Somebody,
  wholeNumberParameter,
} from './common.ts';
import { AlertLevelText } from './verification.ts';

export const AlertRuleText = z.enum(ALERT_RULES as [(typeof ALERT_RULES)[number]]);

/** In the path of `/alerts/:id` and `/alert-exclusions/:id`. */
export const AlertIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be the id of an alert or exclusion' })
  .transform(Number)
  .meta({ override: { type: 'string' }, description: 'Id, as the list tells it.' });

const Chance = z.number().min(0).max(1);

/** What is unusual, against what, and who or what makes it. */
export const EvidenceSchema = z
  .object({
    startAt: InstantText,
    endAt: InstantText,
    /** The most unusual total, or the value of the rule that fired. */
    observed: Count,
    /** Null: a rule without statistics fired alone. */
    expected: z.number().nullable(),
    /** Null too where several days or hours are unusual together: they have no such bound. */
    upper: z.number().nullable(),
    p: Chance.nullable(),
    series: z.array(
      z.object({
        series: z.string(),
        /** The series in words. */
        title: z.string(),
        bucket: z.enum(['hour', 'day']),
        startAt: InstantText,
        endAt: InstantText,
        observed: Count,
        expected: z.number(),
        p: Chance,
        level: AlertLevelText,
      }),
    ),
    rules: z.array(
      z.object({
        rule: z.enum([...THRESHOLD_RULES, ...RAISING_RULES]),
        title: z.string(),
        subject: z
          .object({
            kind: z.enum(SUBJECT_KINDS),
            id: z.string(),
            /** The person's name, the reason in words; null: the id says it. */
            name: z.string().nullable(),
          })
          .nullable(),
        value: Count,
        threshold: Count,
        /** Last day of the history it was learned from; null: typed in, or the floor for want of history. */
        learnedOn: DayText.nullable(),
        level: AlertLevelText,
      }),
    ),
    /** Distinct known people and addresses with failed verifications within it. */
    people: Count,
    addresses: Count,
    /** The fewest values that make up 80 % of the excess. */
    explainedBy: z.array(
      z.object({
        by: z.enum(['person', 'address', 'method', 'country']),
        parts: z.array(
          z.object({
            value: z.string().nullable(),
            /** Of a person; null otherwise. */
            name: z.string().nullable(),
            observed: Count,
            expected: z.number(),
            isNew: z.boolean(),
            pWithout: Chance.nullable(),
          }),
        ),
        values: Count,
        covered: Chance.nullable(),
      }),
    ),
    /** How methods went in it, and in the 28 days before. */
    methods: z.array(
      z.object({
        method: z.string(),
        started: Count,
        passed: Count,
        usualStarted: Count,
        usualPassed: Count,
      }),
    ),
    /** Self-service resets that went through from what is unusual about it. */
    through: z.array(
      z.object({
        incidentId: z.string().nullable(),
        person: Somebody.nullable(),
        at: InstantText,
        address: z.string().nullable(),
        newAddress: z.boolean().nullable(),
        admin: z.boolean().nullable(),
      }),
    ),
    /** Changes of policy that the log tells of. */
    changes: z.array(z.object({ day: DayText, text: z.string() })),
    cause: z.enum(['attack', 'broken_method', 'policy_change', 'writeback', 'unclear']),
    because: z.array(z.string()),
  })
  .meta({ id: 'Evidence' });

export const Alert = z
  .object({
    id: z.string(),
    rule: AlertRuleText,
    ruleTitle: z.string(),
    level: AlertLevelText,
    queue: z.enum(QUEUES),
    /** One sentence that names nobody. */
    title: z.string(),
    startedAt: InstantText,
    /** Null: it lasts. */
    endedAt: InstantText.nullable(),
    raisedAt: InstantText,
    updatedAt: InstantText,
    state: z.enum(ALERT_STATES),
    acknowledgedAt: InstantText.nullable(),
    acknowledgedBy: z.string().nullable(),
    snoozedUntil: InstantText.nullable(),
    evidence: EvidenceSchema,
    /** What to do, in order. */
    next: z.array(z.string()),
    /** Where in the page the numbers are, filtered to it. */
    links: z.array(z.object({ title: z.string(), path: z.string() })),
  })
  .meta({ id: 'Alert' });
export type Alert = z.output<typeof Alert>;

export const AlertsQuery = z.strictObject({
  state: z
    .enum([...ALERT_STATES, 'lasting', 'any'])
    .default('any')
    .meta({
      description: '`lasting`: neither closed nor withdrawn.',
    }),
  level: AlertLevelText.optional().meta({ description: 'At least this one.' }),
  rule: AlertRuleText.optional(),
  queue: z.enum(QUEUES).optional(),
  cursor: z.string().max(2000).optional(),
  limit: wholeNumberParameter(1, 200, 50),
});

/** `GET /api/v1/alerts`: those that last first, then newest first. */
export const AlertsResponse = z.object({
  asOf: InstantText.nullable(),
  alerts: z.array(Alert),
  total: Count,
  /** Of all that last and are not withdrawn, excluded, snoozed or acknowledged, by level. */
  open: z.object({ watch: Count, alert: Count, critical: Count }),
  nextCursor: z.string().nullable(),
});
export type AlertsResponse = z.output<typeof AlertsResponse>;

/** `GET /api/v1/alerts/:id`: what a person can work from. */
export const AlertResponse = z.object({
  asOf: InstantText.nullable(),
  timeZone: z.string(),
  alert: Alert,
  /** Around it: 24 hours before and after by the hour, or 14 days by the day where it lasts over 4 days. */
  timeline: z.object({
    bucket: z.enum(['hour', 'day']),
    /** What is counted, in words. */
    title: z.string(),
    points: z.array(
      z.object({
        start: z.string(),
        /** Null: not collected. */
        observed: Count.nullable(),
        expected: z.number().nullable(),
        upper: z.number().nullable(),
        within: z.boolean(),
      }),
    ),
  }),
  /** People it is about, those with the most failures first; at most 50. */
  people: z.array(
    z.object({
      person: Somebody,
      admin: z.boolean().nullable(),
      failed: Count,
      methods: z.array(z.string()),
      addresses: z.array(z.string()),
      /** What the person did from 72 hours before its start to 72 hours after its end, in order of time. */
      story: z.array(
        z.object({
          at: InstantText,
          when: z.enum(['before', 'within', 'after']),
          /** A sentence without a name. */
          text: z.string(),
          incidentId: z.string().nullable(),
        }),
      ),
    }),
  ),
  peopleTotal: Count,
  /** Addresses it is about, those with the most people first; at most 50. */
  addresses: z.array(
    z.object({
      address: z.string(),
      failed: Count,
      people: Count,
      /** Self-service resets that went through from it within the alert. */
      through: Count,
      /** First time that it was seen in any flow; null: first in this alert. */
      firstSeen: InstantText.nullable(),
      company: z.boolean(),
    }),
  ),
  addressesTotal: Count,
  history: z.array(
    z.object({
      at: InstantText,
      kind: z.enum(ALERT_EVENT_KINDS),
      level: AlertLevelText,
      /** Null: the product itself. */
      author: z.string().nullable(),
      text: z.string().nullable(),
    }),
  ),
  deliveries: z.array(
    z.object({
      id: z.string(),
      channel: z.string(),
      kind: z.enum(DELIVERY_KINDS),
      state: z.enum(DELIVERY_STATES),
      sentAt: InstantText.nullable(),
      lastError: z.string().nullable(),
    }),
  ),
});
export type AlertResponse = z.output<typeof AlertResponse>;

const Note = z.string().trim().max(500);

/** `POST /api/v1/alerts/:id/acknowledge`: somebody has seen it; nothing more is sent of it but a higher level. */
export const AcknowledgeRequest = z.strictObject({
  author: AuthorText.optional(),
  note: Note.optional(),
});

/** `POST /api/v1/alerts/:id/snooze`: quiet until then; 24 hours where nothing is said. */
export const SnoozeRequest = z.strictObject({
  author: AuthorText.optional(),
  note: Note.optional(),
  until: z.iso.datetime({ offset: true, error: notAnInstant }).optional(),
});

/** `POST /api/v1/alert-exclusions`: no alert is sent about this, until then. */
export const AlertExclusionRequest = z
  .strictObject({
    /** Left out: every rule. */
    rule: AlertRuleText.optional(),
    /** Left out: the whole rule. */
    subject: z
      .strictObject({ kind: z.enum(SUBJECT_KINDS), id: z.string().trim().min(1).max(300) })
      .optional(),
    reason: z.string().trim().min(1, { error: 'must say why' }).max(500),
    author: AuthorText,
    until: z.iso.datetime({ offset: true, error: notAnInstant }),
  })
  .refine(({ rule, subject }) => rule !== undefined || subject !== undefined, {
    error: 'give a rule, a subject, or both',
    path: ['rule'],
  });
export type AlertExclusionRequest = z.output<typeof AlertExclusionRequest>;

/** `GET /api/v1/alert-exclusions`, and after a change of one. */
export const AlertExclusionsResponse = z.object({
  exclusions: z.array(
    z.object({
      id: z.string(),
      rule: AlertRuleText.nullable(),
      subject: z
        .object({ kind: z.enum(SUBJECT_KINDS), id: z.string(), name: z.string().nullable() })
        .nullable(),
      reason: z.string(),
      author: z.string(),
      createdAt: InstantText,
      until: InstantText,
      endedAt: InstantText.nullable(),
      endedBy: z.string().nullable(),
      state: z.enum(['active', 'expired', 'ended']),
      /** Alerts that it keeps quiet, or kept. */
      alerts: Count,
    }),
  ),
});
export type AlertExclusionsResponse = z.output<typeof AlertExclusionsResponse>;

/** `POST /api/v1/alert-exclusions/:id/end` */
export const EndAlertExclusionRequest = z.strictObject({ author: AuthorText });
