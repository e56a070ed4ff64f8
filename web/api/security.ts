import type { FailuresResponse } from '../../server/contract/verification.ts';
import type { Days } from './client.ts';
import { ask } from './request.ts';
import type { ListFilters } from './resets.ts';

// What only the Security pages ask for: apart from client.ts, so that the first page does not load it.

/** Alerts of all time, those that last first. */
export const fetchAlerts = (filters: ListFilters, signal?: AbortSignal) =>
  ask({ path: '/alerts', query: filters, answer: 'AlertsResponse', signal });

/** Counts of one series by day or hour, with its band. */
export const fetchWatched = (
  { first, last }: Days,
  { bucket, series }: { bucket: 'hour' | 'day'; series: string },
  signal?: AbortSignal,
) =>
  ask({
    path: '/verification/failures',
    query: { first, last, bucket, series },
    answer: 'FailuresResponse',
    signal,
  });

/** Failed verifications by value, day by day. */
export const fetchFailuresBy = (
  { first, last }: Days,
  by: 'method' | 'country' | 'admin' | 'address',
  signal?: AbortSignal,
): Promise<FailuresResponse> =>
  ask({
    path: '/verification/failures',
    query: { first, last, bucket: 'day', by },
    answer: 'FailuresResponse',
    signal,
  });

/** The failed verifications behind a figure. */
export const fetchFailureList = (
  { first, last }: Days,
  filters: ListFilters,
  signal?: AbortSignal,
) =>
  ask({
    path: '/verification/list',
    query: { first, last, ...filters },
    answer: 'FailureListResponse',
    signal,
  });
