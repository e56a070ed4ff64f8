import { bayesKind, cusumKind, earsKind } from './vectors/bound-kinds.ts';
import { closedFormKind } from './vectors/closed-form-kind.ts';
import { corpusDailyKind } from './vectors/corpus-daily-kind.ts';
import { corpusDeflectionKind } from './vectors/corpus-deflection-kind.ts';
import { corpusHourlyKind } from './vectors/corpus-hourly-kind.ts';
import { countModelKind } from './vectors/count-model-kind.ts';
import { farrington1996Kind, farringtonFlexibleKind } from './vectors/farrington-kind.ts';
import { forecastKind } from './vectors/forecast-kind.ts';
import { nabKind } from './vectors/nab-kind.ts';
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
  'algo.bayes': bayesKind,
  'algo.cusum': cusumKind,
  'algo.farrington': farrington1996Kind,
  corpus_daily: corpusDailyKind,
  corpus_deflection: corpusDeflectionKind,
  corpus_hourly: corpusHourlyKind,
  deflection_closed_form: closedFormKind,
  earsC: earsKind,
  farringtonFlexible: farringtonFlexibleKind,
  forecast: forecastKind,
  glm_nb: countModelKind,
  its_glm: countModelKind,
  nab: nabKind,
  nls: nlsKind,
  numerics: numericsKind,
  ols_neweywest: olsKind,
};
