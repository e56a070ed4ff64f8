import { z } from 'zod';

/** A file with input for one method and what a reference made of it; the other fields depend on the kind. */
export const Vector = z.looseObject({ kind: z.string().min(1), id: z.string().min(1).optional() });
export type Vector = z.output<typeof Vector>;

/** What a reference says beside what we say. Booleans are compared as 0 and 1. */
export interface Comparison {
  /** Which value, for people: `upperbound[12]`. */
  name: string;
  /** Null: the reference says that there is none, and so must we. */
  expected: number | boolean | null;
  actual: number | boolean | null;
  /** The relative error that passes; 0 for counts, alarms and the like. */
  tolerance: number;
  /** What the line of a file that passes should say beside it. */
  figure?: string;
}

/** Works a file through our own functions. Throws an Error, with a sentence, for one it cannot read. */
export type VectorKind = (vector: Vector) => Iterable<Comparison>;

/**
 * How far we are from the reference, as a part of it; of 0 the plain difference.
 * Infinite where one of the two is missing or no number.
 */
export function relativeError({ expected, actual }: Comparison): number {
  if (expected === null || actual === null)
    return expected === actual ? 0 : Number.POSITIVE_INFINITY;
  const [reference, ours] = [Number(expected), Number(actual)];
  if (Object.is(reference, ours)) return 0; // two infinities of one sign
  const difference = Math.abs(ours - reference);
  if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY;
  return reference === 0 ? difference : difference / Math.abs(reference);
}
