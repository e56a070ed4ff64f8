import { z } from 'zod';
import {
  Count,
  InstantText,
  notAnInstant,
  ObjectId,
  periodChecked,
  periodFields,
  Somebody,
  wholeNumberParameter,
} from './common.ts';
import { LOG_METHODS } from './resets.ts';

export const ALERT_LEVELS = ['watch', 'alert', 'critical'] as const;
export const AlertLevelText = z.enum(ALERT_LEVELS);

/** Series with a name of their own; `failed` with `by` is one series per value. */
export const WATCHED = [
  'failed',
  'people',
  'addresses',
  'blocked',
  'options_only',
  'admin_resets',
] as const;

const FailuresFilters = z.strictObject({
  ...periodFields,
  bucket: z.enum(['hour', 'day']),
  by: z.enum(['method', 'country', 'admin', 'address']).optional().meta({
    description:
      'One series per value instead of the total; of countries and addresses the 20 with the most failures.',
  }),
  series: z.enum(WATCHED).default('failed').meta({
    description: 'Which count the band, `upper` and `level` are of; `observed` is that count.',
  }),
});
export const FailuresQuery = periodChecked(FailuresFilters).refine(
  ({ by, series }) => by === undefined || series === 'failed',
  { error: 'only failed verifications are told by value', path: ['series'] },
);

/** `GET /api/v1/verification/failures`: inferred from steps not passed; Graph logs no wrong code. */
export const FailuresResponse = z.object({
  asOf: InstantText.nullable(),
  timeZone: z.string(),
  points: z.array(
    z.object({
      /** A day, or of an hour bucket its UTC start. */
      start: z.string(),
      /** Only with `by`: the method as the log names it (`unknown`: it names none), a country, an address, `true` or `false`; null: not known. */
      value: z.string().nullable().optional(),
      /** Null: the day or hour was not collected. */
      failed: Count.nullable(),
      people: Count.nullable(),
      addresses: Count.nullable(),
      /** The count that `series` asks for; null: not collected. */
      observed: Count.nullable(),
      /** The day or hour in progress. */
      partial: z.boolean(),
      /** Learned from what was before. Null: not collected, too little history, or a series that is not watched. */
      expected: z.number().nullable(),
      /** From this count on it is unusual by itself; one below it may be together with those before it. */
      upper: z.number().nullable(),
      /** How unusual; null: it is not, it only comes after something unusual, or there is no band. */
      level: AlertLevelText.nullable(),
    }),
  ),
  /** Values without a series of their own, because others failed more often. */
  valuesLeftOut: Count,
});
export type FailuresResponse = z.output<typeof FailuresResponse>;

const FailureListFilters = periodChecked(
  z.strictObject({
    ...periodFields,
    since: z.iso
      .datetime({ error: notAnInstant })
      .optional()
      .meta({ description: 'Instant from which on, besides first.' }),
    until: z.iso
      .datetime({ error: notAnInstant })
      .optional()
      .meta({ description: 'Instant before which, besides last.' }),
    method: z.enum([...LOG_METHODS, 'unknown']).optional(),
    country: z.string().max(200).optional().meta({ description: 'Empty: not known.' }),
    admin: z.enum(['true', 'false', '']).optional().meta({ description: 'Empty: not known.' }),
    address: z.string().max(200).optional().meta({ description: 'Empty: none was told.' }),
    person: ObjectId.optional(),
    cursor: z.string().max(2000).optional(),
    limit: wholeNumberParameter(1, 200, 50),
  }),
);
export const FailureListQuery = FailureListFilters.refine(
  ({ since, until }) => !since || !until || Date.parse(since) <= Date.parse(until),
  { error: 'must not come before since', path: ['until'] },
);

/** `GET /api/v1/verification/list`: the failed verifications behind a number, newest first. */
export const FailureListResponse = z.object({
  asOf: InstantText.nullable(),
  failures: z.array(
    z.object({
      at: InstantText,
      /** `unknown` where the log names none. */
      method: z.string(),
      person: Somebody.nullable(),
      address: z.string().nullable(),
      country: z.string().nullable(),
      admin: z.boolean().nullable(),
      /** The need it belongs to (`/resets/incidents/:id`); null: not worked out yet. */
      incidentId: z.string().nullable(),
    }),
  ),
  total: Count,
  people: Count,
  addresses: Count,
  nextCursor: z.string().nullable(),
});
export type FailureListResponse = z.output<typeof FailureListResponse>;
