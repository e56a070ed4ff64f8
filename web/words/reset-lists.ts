import { hrefWithPeriod } from '../state/period.svelte.ts';

/** The list of incidents behind a figure, for the period on screen. */
export const incidentsHref = (filters: Readonly<Record<string, string>> = {}) =>
  hrefWithPeriod('/resets/incidents', filters);

/** The list of admin resets behind a figure, for the period on screen. */
export const adminResetsHref = (filters: Readonly<Record<string, string>> = {}) =>
  hrefWithPeriod('/resets/admin-resets', filters);

/** The story of one incident. */
export const incidentHref = (id: string) =>
  hrefWithPeriod(`/resets/incidents/${encodeURIComponent(id)}`);
