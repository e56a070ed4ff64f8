import type { Bucket, Day } from '../../domain/day.ts';
import type { Dimension } from '../../server/contract/registration.ts';
import { apiAddress, ask } from './request.ts';

/** Inclusive days in the tenant's time zone. */
export interface Days {
  first: Day;
  last: Day;
}

/** One value of one dimension; `value` null: people without one. */
export interface Slice {
  dimension: Dimension;
  value: string | null;
}

/** Parameters of the people list, as its address spells them. */
export type PeopleFilters = Readonly<Record<string, string>>;

export const fetchSession = () => ask({ path: '/session', answer: 'SessionResponse' });

export const signIn = (token: string) =>
  ask({ path: '/session', method: 'POST', body: { token }, answer: 'SessionResponse' });

export const fetchCollection = (signal?: AbortSignal) =>
  ask({ path: '/collection', answer: 'CollectionResponse', signal });

export const fetchSetAside = (signal?: AbortSignal) =>
  ask({ path: '/collection/set-aside', answer: 'SetAsideResponse', signal });

export const fetchCoverage = ({ first, last }: Days, slice: Slice | null, signal?: AbortSignal) =>
  ask({
    path: '/registration/coverage',
    query: { first, last, dimension: slice?.dimension, value: slice?.value ?? undefined },
    answer: 'CoverageResponse',
    signal,
  });

export const fetchRegistrationBy = (dimension: Dimension, day: Day | null, signal?: AbortSignal) =>
  ask({
    path: `/registration/by/${dimension}`,
    query: { day: day ?? undefined },
    answer: 'RegistrationByResponse',
    signal,
  });

export const fetchMethods = (day: Day | null, signal?: AbortSignal) =>
  ask({
    path: '/registration/methods',
    query: { day: day ?? undefined },
    answer: 'RegistrationMethodsResponse',
    signal,
  });

export const fetchReconciliation = (signal?: AbortSignal) =>
  ask({ path: '/registration/reconciliation', answer: 'ReconciliationResponse', signal });

export const fetchAnnotations = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/annotations', query: { first, last }, answer: 'AnnotationsResponse', signal });

export const fetchPeople = (filters: PeopleFilters, signal?: AbortSignal) =>
  ask({ path: '/people', query: filters, answer: 'PeopleResponse', signal });

/** Where the browser downloads the same list as CSV. */
export const peopleCsvAddress = (filters: PeopleFilters) => apiAddress('/people.csv', filters);

export const fetchPerson = (id: string, signal?: AbortSignal) =>
  ask({ path: `/people/${encodeURIComponent(id)}`, answer: 'PersonResponse', signal });

export const fetchResetsSummary = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/resets/summary', query: { first, last }, answer: 'ResetsSummaryResponse', signal });

export const fetchResetsTrend = ({ first, last }: Days, bucket: Bucket, signal?: AbortSignal) =>
  ask({
    path: '/resets/trend',
    query: { first, last, bucket },
    answer: 'ResetsTrendResponse',
    signal,
  });

export const fetchFailures = (
  { first, last }: Days,
  bucket: 'hour' | 'day',
  by: 'method' | null,
  signal?: AbortSignal,
) =>
  ask({
    path: '/verification/failures',
    query: { first, last, bucket, by: by ?? undefined },
    answer: 'FailuresResponse',
    signal,
  });

export const fetchSettings = (signal?: AbortSignal) =>
  ask({ path: '/settings', answer: 'SettingsResponse', signal });

/** Changes settings by name; an empty text puts the default back. Answers with all of them. */
export const saveSettings = (settings: Record<string, string>) =>
  ask({ path: '/settings', method: 'PUT', body: { settings }, answer: 'SettingsResponse' });
