import { HOUR_MS } from './day.ts';
import type { StepKind } from './reset-vocabulary.ts';
import type { FlowEntry } from './verification.ts';

export type FlowOutcome =
  | 'completed'
  | 'unlocked'
  | 'contacted_admin'
  | 'blocked'
  | 'not_entitled'
  | 'failed'
  | 'cancelled'
  | 'abandoned'
  | 'in_progress';

/** After this long without a record a flow counts as abandoned. */
export const ABANDONED_AFTER_MS = HOUR_MS;

/** Outcomes that any one record of the flow decides, the strongest first. */
const DECIDED_BY_ANY: [FlowOutcome, readonly StepKind[]][] = [
  ['completed', ['reset']],
  ['unlocked', ['unlocked']],
  ['contacted_admin', ['contacted_admin']],
  ['blocked', ['blocked', 'too_many']],
  ['not_entitled', ['not_entitled']],
];

/** How a flow ended whose `entries` (in its order) have been silent for so long. */
export function flowOutcome(entries: readonly FlowEntry[], silentForMs: number): FlowOutcome {
  const kinds = new Set(entries.map(({ step }) => step.kind));
  const decided = DECIDED_BY_ANY.find(([, deciding]) => deciding.some((kind) => kinds.has(kind)));
  if (decided) return decided[0];
  const last = lastTelling(entries);
  if (last && isFailure(last)) return 'failed';
  if (last?.step.kind === 'cancelled') return 'cancelled';
  return silentForMs > ABANDONED_AFTER_MS ? 'abandoned' : 'in_progress';
}

/** The last record but entering a name and reading the options, which tell nothing about how a flow ended. */
export function lastTelling(entries: readonly FlowEntry[]): FlowEntry | undefined {
  return entries.findLast(({ step: { kind } }) => kind !== 'identified' && kind !== 'options');
}

/** An unknown reason is a failure where Graph says so. */
function isFailure({ record, step }: FlowEntry): boolean {
  if (step.kind !== 'unknown') return step.kind === 'failed';
  return record.result === 'failure' || record.result === 'timeout';
}
