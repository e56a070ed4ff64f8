import { fraction } from '../../domain/share.ts';
import type { FunnelResponse, STAGES } from '../../server/contract/resets.ts';
import { count, counted, percent } from '../format.ts';

export type Stage = (typeof STAGES)[number];
export type Stages = NonNullable<FunnelResponse['stages']>;

/** What somebody has done who came to a stage. */
export const STAGE_LABEL: Record<Stage, string> = {
  identified: 'Gave a user name',
  options: 'Saw the methods',
  started: 'Started a verification',
  passed: 'Passed a verification',
  gates_passed: 'Passed all verifications',
  password_submitted: 'Sent a new password',
  done: 'Done',
};

/** What those did not do who came no further than a stage. */
const STOPPED: Record<Stage, string> = {
  identified: 'left or were stopped before any method was offered',
  options: 'did not start a verification',
  started: 'did not pass a verification',
  passed: 'did not pass all verifications asked of them',
  gates_passed: 'did not send a new password',
  password_submitted: 'had the new password refused, or left',
  done: '',
};

export interface StageRow {
  stage: Stage;
  name: string;
  flows: number;
  /** Of those at the first stage. */
  share: { part: number; whole: number };
  /** The same before; null: nothing to compare with. */
  earlier: { part: number; whole: number } | null;
  /** Came exactly this far: lost here and still in progress. */
  stopped: number;
  lost: number;
  inProgress: number;
  why: string;
}

/** The stages with what is lost after each. */
export function stageRows(stages: Stages, before: Stages | null): StageRow[] {
  const whole = stages[0]?.flows ?? 0;
  const wholeBefore = before?.[0]?.flows ?? 0;
  return stages.map(({ stage, flows, inProgress }, index) => {
    const stopped = flows - (stages[index + 1]?.flows ?? flows);
    const then = before?.find((one) => one.stage === stage);
    return {
      stage,
      name: STAGE_LABEL[stage],
      flows,
      share: { part: flows, whole },
      earlier: then ? { part: then.flows, whole: wholeBefore } : null,
      stopped,
      lost: Math.max(0, stopped - inProgress),
      inProgress: stopped === 0 ? 0 : inProgress,
      why: STOPPED[stage],
    };
  });
}

/** Where most tries are lost, in a sentence for a title. */
export function funnelFinding(stages: Stages | null): string {
  if (!stages) return 'No day of this period was collected';
  const rows = stageRows(stages, null);
  const all = rows[0]?.flows ?? 0;
  if (all === 0) return 'Nobody tried a reset in this period';
  const worst = rows.toSorted((a, b) => b.lost - a.lost)[0];
  if (!worst || worst.lost === 0) return `${counted(all, 'try', 'tries')}, none of them lost`;
  return `Most tries are lost here: ${count(worst.lost)} ${worst.why}`;
}

/** All of it in a sentence for the head of the page. */
export function funnelSay(stages: Stages | null, of: string): string {
  const all = stages?.[0]?.flows ?? 0;
  const done = stages?.at(-1)?.flows ?? 0;
  if (!stages) return 'No day of this period was collected: there is nothing to show, not zero.';
  if (all === 0) return `No try ${of} in this period.`;
  const share = { part: done, whole: all };
  const words = `${count(done)} of ${counted(all, 'try', 'tries')} ${of} ended with success (${percent(share)})`;
  return fraction(share) === 1 ? `${words}.` : `${words}; the others left on the way.`;
}
