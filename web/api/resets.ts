import type { Days } from './client.ts';
import { ask } from './request.ts';

// What only the Resets pages ask for: apart from client.ts, so that the first page does not load it.

/** Filters of a list, as its address spells them. */
export type ListFilters = Readonly<Record<string, string>>;

/** `method` null: all tries. */
export const fetchFunnel = ({ first, last }: Days, method: string | null, signal?: AbortSignal) =>
  ask({
    path: '/resets/funnel',
    query: { first, last, method: method ?? undefined },
    answer: 'FunnelResponse',
    signal,
  });

export const fetchResetMethods = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/resets/methods', query: { first, last }, answer: 'ResetMethodsResponse', signal });

export const fetchReasons = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/resets/reasons', query: { first, last }, answer: 'ReasonsResponse', signal });

export const fetchHours = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/resets/hours', query: { first, last }, answer: 'HoursResponse', signal });

export const fetchTimes = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/resets/times', query: { first, last }, answer: 'TimesResponse', signal });

export const fetchWriteback = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/resets/writeback', query: { first, last }, answer: 'WritebackResponse', signal });

export const fetchIncidents = ({ first, last }: Days, filters: ListFilters, signal?: AbortSignal) =>
  ask({
    path: '/resets/incidents',
    query: { first, last, ...filters },
    answer: 'IncidentsResponse',
    signal,
  });

export const fetchIncident = (id: string, signal?: AbortSignal) =>
  ask({ path: `/resets/incidents/${encodeURIComponent(id)}`, answer: 'IncidentResponse', signal });

export const fetchAdminResets = (
  { first, last }: Days,
  filters: ListFilters,
  signal?: AbortSignal,
) =>
  ask({
    path: '/resets/admin-resets',
    query: { first, last, ...filters },
    answer: 'AdminResetsResponse',
    signal,
  });
