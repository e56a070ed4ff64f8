import type { Served } from './deflection/avoided-from-logs.ts';
import type { IncidentKind, IncidentOutcome } from './incident.ts';

/** Incidents that are alike. */
export interface IncidentGroup {
  outcome: IncidentOutcome;
  settling: boolean;
  kind: IncidentKind | null;
  incidents: number;
}

/** Whether an incident is settled and its person solved it alone, at first or after a retry. */
export function isSelfServed({
  outcome,
  settling,
}: Pick<IncidentGroup, 'outcome' | 'settling'>): boolean {
  return !settling && (outcome === 'self_served_first' || outcome === 'self_served_retry');
}

/**
 * The self-served incidents by what people got: together both classes of self-served. Throws a RangeError for one
 * without a success, as it would be in neither count.
 */
export function servedCounts(groups: readonly IncidentGroup[]): Served {
  const served = { reset: 0, unlock: 0 };
  for (const { kind, incidents } of groups.filter(isSelfServed)) {
    if (kind === null) throw new RangeError('A self-served incident without a success');
    served[kind] += incidents;
  }
  return served;
}
