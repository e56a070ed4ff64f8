import type { VectorKind } from './vectors/vector.ts';

/**
 * Which kinds of reference files the product can be held against, and how: for each
 * kind, what its own functions in `domain/` make of a file's input beside what the
 * file says. A kind is one entry here; one without is skipped.
 */
export const VECTOR_KINDS: Readonly<Record<string, VectorKind>> = {};
