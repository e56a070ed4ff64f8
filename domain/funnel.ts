import { endOf, type StepKind } from './reset-vocabulary.ts';
import type { FlowEntry } from './verification.ts';

/** How far a flow came, in order. */
export const STAGES = [
  'identified',
  'options',
  'started',
  'passed',
  'gates_passed',
  'password_submitted',
  'done',
] as const;

export type Stage = (typeof STAGES)[number];

const REACHED: Partial<Record<StepKind, Stage>> = {
  options: 'options',
  started: 'started',
  too_many: 'started', // nobody tries too often without having begun
  completed: 'passed',
  gates_passed: 'gates_passed',
  password_submitted: 'password_submitted',
  reset: 'done',
  unlocked: 'done',
};

/**
 * The furthest stage that the records of a flow tell of, an index into STAGES: 6 where it reset or unlocked. The log
 * leaves steps out, so a flow counts as having come through every stage before its furthest one; an unlock needs no
 * new password and counts as past that stage.
 */
export function furthestStage(entries: readonly FlowEntry[]): number {
  return entries.reduce((furthest, entry) => Math.max(furthest, STAGES.indexOf(stageOf(entry))), 0);
}

function stageOf({ record, step }: FlowEntry): Stage {
  const { kind, method, owner } = step;
  // "Contacted an admin after trying M" tells of a start that the log may not have.
  if (kind === 'contacted_admin' && method !== null) return 'started';
  if (kind === 'failed') {
    const end = endOf(record.activity);
    if (end !== null) return end === 'reset' ? 'password_submitted' : 'gates_passed';
    if (owner === 'password_policy') return 'password_submitted'; // one was submitted, and refused
  }
  return REACHED[kind] ?? 'identified';
}

/**
 * The stage at which a flow stands in the funnel of one method that it started: those that did not pass the method
 * went no further with it, even where another one took them on.
 */
export function stageWithMethod(stage: number, passed: boolean): number {
  return passed ? stage : STAGES.indexOf('started');
}

/** Flows that came exactly to a stage. */
export interface StageGroup {
  stage: number;
  inProgress: boolean;
  flows: number;
}

export interface StageCount {
  stage: number;
  /** Flows that came at least this far. */
  flows: number;
  /** Of them, those in progress that are at this very stage. */
  inProgress: number;
}

/**
 * The funnel of the flows, one row a stage, never rising. Lost at a stage are its flows, minus those in progress at
 * it, minus the flows of the next stage.
 */
export function stageCounts(groups: readonly StageGroup[]): StageCount[] {
  const sum = (of: readonly StageGroup[]) => of.reduce((all, { flows }) => all + flows, 0);
  return STAGES.map((_, stage) => ({
    stage,
    flows: sum(groups.filter((group) => group.stage >= stage)),
    inProgress: sum(groups.filter((group) => group.stage === stage && group.inProgress)),
  }));
}
