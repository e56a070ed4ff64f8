import { STAGES } from '../funnel.ts';
import type { FlowOutcome } from '../reset-flow.ts';
import type { SeriesName } from './series.ts';

/** A failed verification, as far as it is watched by more than its method. */
export interface WatchedFailure {
  country: string | null;
  admin: boolean | null;
}

/** A flow, as far as it is watched. */
export interface WatchedFlow {
  outcome: FlowOutcome;
  /** Index into STAGES. */
  stage: number;
  /** Code of the reason it was lost for; null: it was not. */
  reason: string | null;
  /** Whether a verification step was started, also one that only a later record tells of. */
  hasStep: boolean;
}

const OPTIONS = STAGES.indexOf('options');

/** The series that a failed verification counts in, beside those of `verification_count`. */
export function seriesOfFailure({ country, admin }: WatchedFailure): SeriesName[] {
  return [
    ...(admin === true ? (['admins'] as const) : []),
    ...(country ? ([`country:${country}`] as const) : []),
  ];
}

/** By how much people exceed addresses, or addresses people, of the failed verifications of a bucket: one of them is 0. */
export function beyondEachOther({ people, addresses }: { people: number; addresses: number }): {
  series: SeriesName;
  count: number;
} {
  return people > addresses
    ? { series: 'people_beyond_addresses', count: people - addresses }
    : { series: 'addresses_beyond_people', count: addresses - people };
}

/** The series that a flow counts in. */
export function seriesOfFlow({ outcome, stage, reason, hasStep }: WatchedFlow): SeriesName[] {
  if (outcome === 'in_progress') return [];
  if (outcome === 'not_entitled') return reason === null ? [] : [`stop:${reason}`];
  const onlyOptions = stage === OPTIONS && !hasStep;
  return [
    ...(outcome === 'blocked' ? (['blocked'] as const) : []),
    ...(onlyOptions ? (['options_only'] as const) : []),
  ];
}
