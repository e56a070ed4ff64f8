import type { Schema } from '../schema.ts';

/** The columns of `registration_count` that are counts. */
export function registrationCounts(counts: Schema['registrationCount']) {
  const { population, enabled, registered, capable, mfaCapable } = counts;
  return { population, enabled, registered, capable, mfaCapable };
}
