import type { INCIDENT_OUTCOMES } from '../../server/contract/incidents.ts';
import type { IncidentCounts } from '../../server/contract/resets.ts';
import type { IconName } from '../parts/icon-name.ts';

export type IncidentOutcome = (typeof INCIDENT_OUTCOMES)[number];

interface OutcomeSight {
  word: string;
  icon: IconName;
  level: 'ok' | 'warn' | 'mute';
}

/** How an incident ended: a word and a sign. */
export const INCIDENT_OUTCOME: Record<IncidentOutcome, OutcomeSight> = {
  self_served_first: { word: 'Self-served at first', icon: 'check', level: 'ok' },
  self_served_retry: { word: 'Self-served after a retry', icon: 'check', level: 'ok' },
  fell_back: { word: 'Fell back to the desk', icon: 'warn', level: 'warn' },
  abandoned: { word: 'Abandoned', icon: 'off', level: 'mute' },
};

/** Every class of incident, with the filter of the list that holds those it counts. */
export const INCIDENT_CLASSES: { key: keyof IncidentCounts; name: string; outcome: string }[] = [
  { key: 'selfServedFirst', name: 'Self-served at first', outcome: 'self_served_first' },
  { key: 'selfServedRetry', name: 'Self-served after a retry', outcome: 'self_served_retry' },
  { key: 'fellBack', name: 'Fell back to the desk', outcome: 'fell_back' },
  { key: 'abandoned', name: 'Abandoned', outcome: 'abandoned' },
  { key: 'settling', name: 'Still settling', outcome: 'settling' },
];
