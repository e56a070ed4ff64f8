import { z } from 'zod';
import {
  AuthorText,
  DayParameter,
  DayText,
  InstantText,
  periodChecked,
  periodFields,
} from './common.ts';

/**
 * note and campaign are written by hand (the forecast knows campaigns); policy and writeback come
 * from audit records, microsoft from Microsoft's announced dates, gap from days not collected.
 */
export const ANNOTATION_KINDS = [
  'note',
  'campaign',
  'policy',
  'writeback',
  'microsoft',
  'gap',
] as const;

export const AnnotationsQuery = periodChecked(z.strictObject(periodFields));

export const Annotation = z
  .object({
    /** Stable; of a note written by hand the id to remove it by. */
    id: z.string(),
    kind: z.enum(ANNOTATION_KINDS),
    day: DayText,
    /** Last day of what lasts; null: one day. */
    lastDay: DayText.nullable(),
    text: z.string(),
    /** Where it comes from, or the address of Microsoft's notice; null: written by hand. */
    source: z.string().nullable(),
    /** Who wrote it and when; null: automatic. */
    author: z.string().nullable(),
    createdAt: InstantText.nullable(),
  })
  .meta({ id: 'Annotation' });
export type Annotation = z.output<typeof Annotation>;

/** `GET /api/v1/annotations`: everything that touches the period, by day. */
export const AnnotationsResponse = z.object({ annotations: z.array(Annotation) });
export type AnnotationsResponse = z.output<typeof AnnotationsResponse>;

/** `POST /api/v1/annotations`; answers the note as it is kept, `DELETE /api/v1/annotations/:id` as it was. */
export const AnnotationRequest = z
  .strictObject({
    kind: z.enum(['note', 'campaign']),
    day: DayParameter,
    lastDay: DayParameter.optional(),
    text: z.string().trim().min(1, { error: 'must not be empty' }).max(200),
    author: AuthorText,
  })
  .refine(({ day, lastDay }) => lastDay === undefined || lastDay >= day, {
    error: 'must not come before day',
    path: ['lastDay'],
  });
export type AnnotationRequest = z.output<typeof AnnotationRequest>;

/** In the path of `/annotations/:id`. */
export const AnnotationIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be the id of a note written by hand' })
  .transform(Number)
  .meta({ override: { type: 'string' }, description: 'Id of a note written by hand.' });
