import type { DeflectionResponse } from '../../../server/contract/deflection.ts';

/** Of a comparison period at least this share must have been read, or its figures are those of other days. */
const COMPARABLE = 0.8;

/** The figures of a comparison period of `days` days; null: too little of it was read to compare with. */
export const comparable = (
  answer: DeflectionResponse | null,
  days: number,
): DeflectionResponse | null =>
  answer?.served && answer.daysCollected >= COMPARABLE * days ? answer : null;
