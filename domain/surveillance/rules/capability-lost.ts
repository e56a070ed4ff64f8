import { type RuleValue, TENANT } from './rule-value.ts';

/** A published snapshot of the day that has one before it, each with when it was taken, UTC milliseconds. */
export interface SnapshotLoss {
  /** People of the population of both who were capable only before. */
  lost: number;
  takenAt: number;
  beforeAt: number;
}

/** People who lost capability in the snapshots of a day, each against the one before it. */
export function capabilityLost(snapshots: readonly SnapshotLoss[]): RuleValue[] {
  const moving = snapshots.filter(({ lost }) => lost > 0);
  if (moving.length === 0) return [];
  return [
    {
      ...{ rule: 'capability_lost', subject: TENANT },
      value: moving.reduce((sum, { lost }) => sum + lost, 0),
      startAt: Math.min(...moving.map(({ beforeAt }) => beforeAt)),
      endAt: Math.max(...moving.map(({ takenAt }) => takenAt)),
    },
  ];
}
