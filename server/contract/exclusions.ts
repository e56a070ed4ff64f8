import { z } from 'zod';
import { AuthorText, Count, DayParameter, DayText, InstantText, ObjectId } from './common.ts';

export const RULE_FIELDS = [
  'userPrincipalName',
  'name',
  'department',
  'country',
  'office',
  'company',
] as const;
export const RULE_MATCHES = ['starts_with', 'ends_with', 'contains', 'equals'] as const;

/** Which people a rule leaves out; compared without regard to case. */
export const ExclusionRule = z.strictObject({
  field: z.enum(RULE_FIELDS),
  match: z.enum(RULE_MATCHES),
  value: z.string().trim().min(1, { error: 'must not be empty' }).max(200),
});
export type ExclusionRule = z.output<typeof ExclusionRule>;

/** In the path of `/exclusions/:id`. */
export const ExclusionIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be the id of an exclusion' })
  .transform(Number)
  .meta({ override: { type: 'string' }, description: 'Id of the exclusion.' });

export const Exclusion = z
  .object({
    id: z.string(),
    /** Null: a rule. */
    person: z
      .object({
        id: z.string(),
        name: z.string().nullable(),
        userPrincipalName: z.string().nullable(),
      })
      .nullable(),
    /** Null: one person. */
    rule: z
      .object({ field: z.enum(RULE_FIELDS), match: z.enum(RULE_MATCHES), value: z.string() })
      .nullable(),
    reason: z.string(),
    author: z.string(),
    setAt: InstantText,
    /** From this day on … */
    firstDay: DayText,
    /** … up to, not including, this one; null: no expiry. */
    until: DayText.nullable(),
    /** The day on which it was ended by hand, no longer excluded on it; null: not ended. */
    endedOn: DayText.nullable(),
    state: z.enum(['active', 'expired', 'ended']),
    /** People of the last complete snapshot whom it leaves out now. */
    people: Count,
  })
  .meta({ id: 'Exclusion' });
export type Exclusion = z.output<typeof Exclusion>;

/** `GET /api/v1/exclusions`: active ones first, then newest first. */
export const ExclusionsResponse = z.object({
  exclusions: z.array(Exclusion),
  /** People of the last complete snapshot who are excluded now, by one or more of them. */
  people: Count,
});
export type ExclusionsResponse = z.output<typeof ExclusionsResponse>;

/** `POST /api/v1/exclusions`: people by object id, or a rule. Begins today; all of it, or nothing. */
export const ExclusionRequest = z
  .strictObject({
    people: z.array(ObjectId).min(1).max(1000).optional(),
    rule: ExclusionRule.optional(),
    reason: z.string().trim().min(1, { error: 'must say why' }).max(500),
    author: AuthorText,
    /** The day on which it no longer holds; left out: no expiry. */
    until: DayParameter.optional(),
  })
  .refine(({ people, rule }) => (people === undefined) !== (rule === undefined), {
    error: 'give people or rule, one of them',
    path: ['people'],
  });
export type ExclusionRequest = z.output<typeof ExclusionRequest>;

/** What `POST /exclusions` has made; people who were excluded already are `unchanged`. */
export const ExclusionsMade = z.object({
  exclusions: z.array(Exclusion),
  /** People who left the population by it. */
  people: Count,
});
export type ExclusionsMade = z.output<typeof ExclusionsMade>;

/** `POST /api/v1/exclusions/preview`: whom a rule would leave out now. */
export const ExclusionPreviewRequest = z.strictObject({ rule: ExclusionRule });
export const ExclusionPreview = z.object({
  people: Count,
  /** The first few by name. */
  examples: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      userPrincipalName: z.string().nullable(),
    }),
  ),
});
export type ExclusionPreview = z.output<typeof ExclusionPreview>;
