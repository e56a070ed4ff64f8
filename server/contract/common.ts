import { z } from 'zod';
import { type Day, dayCount, isDay } from '../../domain/day.ts';

/** Longest period that may be asked for in one request: ten years and a little. */
export const PERIOD_DAYS_MAX = 3660;

/** A calendar day in the tenant's time zone, `YYYY-MM-DD`. */
export const DayText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ id: 'Day', description: "A calendar day in the tenant's time zone.", format: 'date' });

/** An instant, ISO 8601 in UTC. */
export const InstantText = z.string().meta({
  id: 'Instant',
  description: 'An instant, ISO 8601 in UTC.',
  format: 'date-time',
});

export const Count = z.int().nonnegative();

/** A part of a whole, both counts; a share of nothing is `{part:0,whole:0}`. */
export const ShareSchema = z
  .object({ part: Count, whole: Count })
  .meta({ id: 'Share', description: 'A part of a whole; divide only for display.' });

export const DayParameter = z
  .string()
  .refine(isDay, { error: 'must be a calendar day, YYYY-MM-DD' })
  .transform((text) => text as Day)
  .meta({ description: 'A calendar day, YYYY-MM-DD.' });

export const BooleanParameter = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

/** Object id of a person in Entra; its case does not matter. */
export const ObjectId = z
  .string()
  .max(200)
  .transform((id) => id.toLowerCase())
  .meta({ override: { type: 'string', maxLength: 200 }, description: 'Object id in Entra.' });

/** A person as lists show one; `name` null where no record names them. */
export const Somebody = z.object({
  id: z.string(),
  name: z.string().nullable(),
  userPrincipalName: z.string().nullable(),
});

/** In words, where a text is no instant; one that is missing is told as such. */
export const notAnInstant = ({ code }: { code: string }) =>
  code === 'invalid_format' ? 'must be an instant such as 2026-03-01T12:00:00Z' : undefined;

/** Who does something, as typed in: the local access token does not tell people apart. */
export const AuthorText = z
  .string()
  .trim()
  .min(1, { error: 'must say who' })
  .max(200)
  .meta({ description: 'Who does this, as typed in.' });

const wholeNumberText = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);

/** A whole number from `min` to `max` in decimal digits, no sign, exponent or blank; `fallback` where it is left out. */
export const wholeNumberParameter = (min: number, max: number, fallback: number) =>
  wholeNumberText(min, max)
    .default(fallback)
    .meta({ override: { type: 'integer', minimum: min, maximum: max, default: fallback } });

/** The same that may be left out. */
export const optionalWholeNumber = (min: number, max: number) =>
  wholeNumberText(min, max)
    .meta({ override: { type: 'integer', minimum: min, maximum: max } })
    .optional();

/** `first` and `last` of a query, both inclusive. Spread into a strictObject, then `periodChecked`. */
export const periodFields = {
  first: DayParameter.meta({ description: 'First day of the period, YYYY-MM-DD.' }),
  last: DayParameter.meta({ description: 'Last day of the period, included, YYYY-MM-DD.' }),
};

/** Refuses a period that runs backwards or is longer than `PERIOD_DAYS_MAX`. */
export function periodChecked<S extends z.ZodType<{ first: Day; last: Day }>>(schema: S): S {
  return schema.superRefine(({ first, last }, { addIssue }) => {
    const complain = (message: string) => addIssue({ code: 'custom', message, path: ['last'] });
    if (first > last) complain('must not come before first');
    else if (dayCount(first, last) > PERIOD_DAYS_MAX)
      complain(`is more than ${PERIOD_DAYS_MAX} days after first`);
  });
}

export const ERROR_CODES = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'unavailable',
  'internal',
] as const;

/** The one shape of every error. */
export const ErrorAnswer = z
  .object({ error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }) })
  .meta({ id: 'Error' });
export type ErrorAnswer = z.output<typeof ErrorAnswer>;
