import { z } from 'zod';
import { AuthorText, Count, DayText, InstantText } from './common.ts';
import { AssumptionSet, DeflectionFigures, DeflectionMonth } from './deflection.ts';

export const MonthText = z
  .string()
  .regex(/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/, { error: 'must be a month, YYYY-MM' })
  .meta({ description: "A month of the tenant's time zone, YYYY-MM." });

const StatementHead = z.object({
  id: z.string(),
  month: z.string(),
  /** From 1: a month can be frozen again, when records or assumptions have changed; the earlier ones stay. */
  revision: Count,
  madeAt: InstantText,
  author: z.string(),
  assumptionsVersion: Count,
  /** SHA-256 of the frozen text, hexadecimal. */
  hash: z.string(),
  evidence: z.enum(['logs', 'tickets']),
  currency: z.string(),
  avoided: z.object({ low: z.number(), likely: z.number(), high: z.number() }).nullable(),
  desk: z.object({ low: z.number(), likely: z.number(), high: z.number() }).nullable(),
});

/** `GET /api/v1/statements`: newest month first. */
export const StatementsResponse = z.object({
  statements: z.array(StatementHead),
  /** Months of the collected history, newest first, and whether each can be frozen. */
  months: z.array(
    z.object({
      month: z.string(),
      daysCollected: Count,
      days: Count,
      /** From this instant on, once records have been read up to it. */
      freezableFrom: InstantText,
      freezable: z.boolean(),
      /** Why not, in a sentence; null: it can. */
      why: z.string().nullable(),
      /** Id of its newest statement; null: none. */
      statement: z.string().nullable(),
    }),
  ),
});
export type StatementsResponse = z.output<typeof StatementsResponse>;

/** `POST /api/v1/statements`; conflict: too early, nothing collected, or nothing has changed since the last one. */
export const StatementRequest = z.strictObject({ month: MonthText, author: AuthorText });
export type StatementRequest = z.output<typeof StatementRequest>;

/** What is frozen: everything that its figures follow from, and the figures. */
export const StatementBody = z
  .object({
    /** Version of this form. */
    format: z.literal(1),
    /** Version of the program that froze it. */
    program: z.string(),
    month: z.string(),
    tenant: z.string(),
    timeZone: z.string(),
    sample: z.boolean(),
    asOf: InstantText,
    daysCollected: Count,
    days: Count,
    /** Days of the month that were not collected, as runs, both ends included. */
    gaps: z.array(z.object({ first: DayText, last: DayText })),
    hybrid: z.boolean().nullable(),
    assumptions: z.object({
      version: Count,
      madeAt: InstantText.nullable(),
      author: z.string().nullable(),
      set: AssumptionSet,
      /** The same in words, with where each comes from: frozen too, so that a later program says what this one said. */
      stated: z.array(
        z.object({
          path: z.string(),
          title: z.string(),
          value: z.string(),
          /** As the program came with it; else typed in. */
          isDefault: z.boolean(),
          source: z.string(),
        }),
      ),
    }),
    /** Ticket imports that counted, by id, with the hash of each file. */
    imports: z.array(z.object({ id: z.string(), label: z.string(), hash: z.string() })),
    /** Input of domain/deflection/report.ts, from which the figures can be worked out again. */
    input: z.unknown(),
    figures: DeflectionFigures,
    /** The month and the 12 before it, oldest first. */
    trend: z.array(DeflectionMonth),
  })
  .meta({ id: 'StatementBody' });
export type StatementBody = z.output<typeof StatementBody>;

/** `GET /api/v1/statements/:id` */
export const StatementResponse = StatementHead.extend({
  body: StatementBody,
  /** The frozen text still has its hash. */
  intact: z.boolean(),
  /** The figures worked out again now from the frozen input: whether they are the same to the last digit. */
  reproduced: z.boolean(),
});
export type StatementResponse = z.output<typeof StatementResponse>;

export const StatementIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be the id of a statement' });
