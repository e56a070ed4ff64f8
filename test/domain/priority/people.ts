import { DAY_MS } from '../../../domain/day.ts';
import type { FeatureInput, PriorityFeatures } from '../../../domain/priority/features.ts';
import type { PersonHistory } from '../../../domain/priority/history.ts';

/** 1 November 2026, 00:00 UTC: the instant the examples look back and ahead from. */
export const NOVEMBER = Date.UTC(2026, 10, 1);

export const daysAgo = (days: number) => NOVEMBER - days * DAY_MS;

/** Somebody of whom nothing is known but that the log was read for a year. */
export function someFeatures(over: Partial<PriorityFeatures> = {}): PriorityFeatures {
  return {
    ...{ capable: null, tenure: null, observedDays: 360, needs: 0, calls: 0 },
    ...{ needLately: null, trouble: null, passwordExpires: null, dormant: null },
    ...over,
  };
}

export function aHistory(over: Partial<PersonHistory> = {}): PersonHistory {
  return { createdAt: daysAgo(2000), needs: [], calls: [], troubles: [], ...over };
}

/** A year of the log was read before November. */
export function onNovember(over: Partial<FeatureInput> = {}): FeatureInput {
  return {
    at: NOVEMBER,
    observedDays: (since, until) => Math.max(0, until - Math.max(since, daysAgo(365))) / DAY_MS,
    capable: null,
    passwordExpires: null,
    dormant: null,
    ...over,
  };
}
