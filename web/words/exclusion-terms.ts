import type { ExclusionTerms } from '../api/work-list.ts';

/** Terms as a form says them; no day where its field is empty. */
export function termsSaid(said: (name: string) => string): ExclusionTerms {
  const until = said('until');
  return { reason: said('reason'), author: said('author'), ...(until !== '' && { until }) };
}
