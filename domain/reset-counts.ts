import type { Share } from './share.ts';

/** Flows by outcome; `started` is all of them. */
export interface FlowCounts {
  started: number;
  completed: number;
  unlocked: number;
  contactedAdmin: number;
  blocked: number;
  notEntitled: number;
  failed: number;
  cancelled: number;
  abandoned: number;
  inProgress: number;
}

/** Incidents by outcome; `settling` ones have none yet. */
export interface IncidentCounts {
  selfServedFirst: number;
  selfServedRetry: number;
  fellBack: number;
  abandoned: number;
  settling: number;
}

/** Of the flows that are over and entitled, those that ended with a working password. */
export function completionRate(flows: FlowCounts): Share {
  return {
    part: flows.completed + flows.unlocked,
    whole: flows.started - flows.inProgress - flows.notEntitled,
  };
}

/** Of the settled incidents, those that were self-served. */
export function successRate(incidents: IncidentCounts): Share {
  const part = incidents.selfServedFirst + incidents.selfServedRetry;
  return { part, whole: part + incidents.fellBack + incidents.abandoned };
}

/** Of all needs that ended somewhere, self-service or desk, those that were self-served. `bypasses` are settled ones. */
export function selfServiceShare(incidents: IncidentCounts, bypasses: number): Share {
  const part = incidents.selfServedFirst + incidents.selfServedRetry;
  return { part, whole: part + incidents.fellBack + bypasses };
}

/** The middle value of `sorted` (ascending), the mean of the middle two where there are two; null of nothing. */
export function median(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
