import { z } from 'zod';
import { Count, InstantText, periodChecked, periodFields } from './common.ts';

export const FailuresQuery = periodChecked(
  z.strictObject({
    ...periodFields,
    bucket: z.enum(['hour', 'day']),
    /** One series per method instead of the total. */
    by: z.enum(['method']).optional(),
  }),
);

/** `GET /api/v1/verification/failures`: inferred from steps not passed; Graph logs no wrong code. */
export const FailuresResponse = z.object({
  asOf: InstantText.nullable(),
  timeZone: z.string(),
  points: z.array(
    z.object({
      /** A day, or of an hour bucket its UTC start. */
      start: z.string(),
      /** Only with `by`: the method as the log names it, `unknown` where it names none. */
      value: z.string().optional(),
      /** Null: the day or hour was not collected. */
      failed: Count.nullable(),
      people: Count.nullable(),
      addresses: Count.nullable(),
      /** The day or hour in progress. */
      partial: z.boolean(),
      /** Learned from what was before. Null: not collected, too little history, or with `by`. */
      expected: z.number().nullable(),
      /** From this count on it is unusual. */
      upper: z.number().nullable(),
      /** How unusual; null: it is not, or there is no band. */
      level: z.enum(['watch', 'alert', 'critical']).nullable(),
    }),
  ),
});
export type FailuresResponse = z.output<typeof FailuresResponse>;
