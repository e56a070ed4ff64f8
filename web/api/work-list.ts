import type { ExclusionRule } from '../../server/contract/exclusions.ts';
import type { NoteChange } from '../../server/contract/people.ts';
import type { PeopleFilters } from './client.ts';
import { ask } from './request.ts';

// Apart from client.ts, which every page loads: only the People pages ask these.

/** Writes note and done mark of a person; both are replaced. */
export const saveNote = (id: string, change: NoteChange) =>
  ask({
    path: `/people/${encodeURIComponent(id)}/note`,
    method: 'PUT',
    body: change,
    answer: 'NoteResponse',
  });

/** People of the same list per manager; takes its filters, neither order nor page. */
export const fetchManagers = (filters: PeopleFilters, signal?: AbortSignal) =>
  ask({ path: '/managers', query: filters, answer: 'ManagersResponse', signal });

export const fetchPriority = (signal?: AbortSignal) =>
  ask({ path: '/priority', answer: 'PriorityResponse', signal });

export const fetchExclusions = (signal?: AbortSignal) =>
  ask({ path: '/exclusions', answer: 'ExclusionsResponse', signal });

/** Whom a rule would leave out now. */
export const previewExclusion = (rule: ExclusionRule, signal?: AbortSignal) =>
  ask({
    path: '/exclusions/preview',
    method: 'POST',
    body: { rule },
    answer: 'ExclusionPreview',
    signal,
  });

/** Why, by whom and until when; `until` is the first day that counts again, left out: no expiry. */
export interface ExclusionTerms {
  reason: string;
  author: string;
  until?: string;
}

/** Leaves people, or those whom a rule matches, out of the population from today on. */
export const makeExclusion = (
  whom: { people: readonly string[] } | { rule: ExclusionRule },
  terms: ExclusionTerms,
) =>
  ask({
    path: '/exclusions',
    method: 'POST',
    body: { ...whom, ...terms },
    answer: 'ExclusionsMade',
  });

/** From today on the exclusion no longer holds. */
export const endExclusion = (id: string) =>
  ask({ path: `/exclusions/${encodeURIComponent(id)}`, method: 'DELETE', answer: 'Exclusion' });
