import type { Bucket } from '../../domain/day.ts';
import type { Dimension, Move } from '../../server/contract/registration.ts';
import type { Days } from './client.ts';
import { ask } from './request.ts';

// What only the Coverage pages ask for: apart from client.ts, so that the first page does not load it.

export const fetchMethodsTrend = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({
    path: '/registration/methods/trend',
    query: { first, last },
    answer: 'MethodsTrendResponse',
    signal,
  });

export const fetchMoves = ({ first, last }: Days, bucket: Bucket, signal?: AbortSignal) =>
  ask({
    path: '/registration/moves',
    query: { first, last, bucket },
    answer: 'MovesResponse',
    signal,
  });

export const fetchChanges = (
  { first, last }: Days,
  { move, cursor, limit }: { move: Move; cursor?: string | undefined; limit?: number | undefined },
  signal?: AbortSignal,
) =>
  ask({
    path: '/registration/changes',
    query: { first, last, move, cursor, limit },
    answer: 'ChangesResponse',
    signal,
  });

export const fetchJoiners = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/registration/joiners', query: { first, last }, answer: 'JoinersResponse', signal });

/** What is asked of `/registration/at-risk`; `without` as Graph spells the methods. */
export interface WhatIf {
  date: string;
  required?: 1 | 2 | undefined;
  without?: readonly string[] | undefined;
  by?: Dimension | undefined;
}

export const fetchAtRisk = ({ date, required, without = [], by }: WhatIf, signal?: AbortSignal) =>
  ask({
    path: '/registration/at-risk',
    query: { date, required, without: without.length > 0 ? without.join(',') : undefined, by },
    answer: 'AtRiskResponse',
    signal,
  });

export const fetchForecast = (signal?: AbortSignal) =>
  ask({ path: '/registration/forecast', answer: 'ForecastResponse', signal });

export const fetchControls = (signal?: AbortSignal) =>
  ask({ path: '/controls', answer: 'ControlsResponse', signal });

/** Writes a dated note for the charts. */
export const addAnnotation = (note: {
  kind: 'note' | 'campaign';
  day: string;
  lastDay?: string | undefined;
  text: string;
  author: string;
}) => ask({ path: '/annotations', method: 'POST', body: note, answer: 'Annotation' });

/** Takes a note written by hand away. */
export const removeAnnotation = (id: string) =>
  ask({
    path: `/annotations/${encodeURIComponent(id)}`,
    method: 'DELETE',
    answer: 'Annotation',
  });
