import type { AuditRecord } from './audit-record.ts';
import type { Step, VerificationMethod } from './reset-vocabulary.ts';

/** One record of a flow together with what it says. Lists of them are in the order of the flow. */
export interface FlowEntry {
  record: AuditRecord;
  step: Step;
}

/** One method started inside a flow, however often. */
export interface VerificationStep {
  method: VerificationMethod;
  /** First start, UTC milliseconds. */
  startedAt: number;
  /** The same flow completes the method, before or after: records can come unordered. */
  passed: boolean;
  /** Address in the record of the first start; null where it has none. */
  address: string | null;
  /** The method begun last before it, where that one was not passed: given up for this one. Null: none was. */
  switchedFrom: VerificationMethod | null;
}

/**
 * A verification that did not succeed. It is an inference: Graph logs no wrong code, only starts, completions
 * and blocks. Whoever shows the number has to say so.
 */
export interface FailedVerification {
  /** UTC milliseconds. */
  at: number;
  /** Null: a block whose text names no method. */
  method: VerificationMethod | null;
  /** Address in the record it is timed at; null where it has none. */
  address: string | null;
}

/** The methods started in a flow, in the order of their first starts. */
export function verificationSteps(entries: readonly FlowEntry[]): VerificationStep[] {
  const started = methodsOf(entries, 'started');
  const passed = methodsOf(entries, 'completed');
  const steps = new Map<VerificationMethod, VerificationStep>();
  let before: VerificationStep | undefined;
  for (const { record, step } of entries) {
    const { kind, method } = step;
    if (method === null || steps.has(method)) continue;
    // "Contacted an admin after trying M" tells of a start that the log does not have.
    const impliesStart = kind === 'contacted_admin' && !started.has(method) && !passed.has(method);
    if (kind !== 'started' && !impliesStart) continue;
    const { occurredAt: startedAt, address } = record;
    const switchedFrom = before && !before.passed ? before.method : null;
    before = { method, startedAt, passed: passed.has(method), address, switchedFrom };
    steps.set(method, before);
  }
  return [...steps.values()];
}

/**
 * The failed verifications of a flow that has ended, a successful one included: each step not passed, at its
 * first start. A flow that was blocked without one has exactly one, at the first record of the block.
 */
export function failedVerifications(
  entries: readonly FlowEntry[],
  steps: readonly VerificationStep[],
): FailedVerification[] {
  const open = steps.filter(({ passed }) => !passed);
  if (open.length > 0) {
    return open.map(({ method, startedAt, address }) => ({ at: startedAt, method, address }));
  }
  const block = entries.find(({ step }) => step.kind === 'blocked' || step.kind === 'too_many');
  if (block === undefined) return [];
  const { record, step } = block;
  return [{ at: record.occurredAt, method: step.method, address: record.address }];
}

function methodsOf(
  entries: readonly FlowEntry[],
  kind: 'started' | 'completed',
): Set<VerificationMethod | null> {
  return new Set(entries.filter(({ step }) => step.kind === kind).map(({ step }) => step.method));
}
