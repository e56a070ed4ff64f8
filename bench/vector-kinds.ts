import { closedFormKind } from './vectors/closed-form-kind.ts';
import { corpusDeflectionKind } from './vectors/corpus-deflection-kind.ts';
import { countModelKind } from './vectors/count-model-kind.ts';
import { nlsKind } from './vectors/nls-kind.ts';
import { numericsKind } from './vectors/numerics-kind.ts';
import { olsKind } from './vectors/ols-kind.ts';
import type { VectorKind } from './vectors/vector.ts';

/**
 * Which kinds of reference files the product can be held against, and how: for each
 * kind, what its own functions in `domain/` make of a file's input beside what the
 * file says. A kind is one entry here; one without is skipped.
 */
export const VECTOR_KINDS: Readonly<Record<string, VectorKind>> = {
  corpus_deflection: corpusDeflectionKind,
  deflection_closed_form: closedFormKind,
  glm_nb: countModelKind,
  its_glm: countModelKind,
  nls: nlsKind,
  numerics: numericsKind,
  ols_neweywest: olsKind,
};
