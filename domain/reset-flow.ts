import { type AuditRecord, compareIds, compareInstants } from './audit-record.ts';
import { type FlowOutcome, flowOutcome } from './flow-outcome.ts';
import { furthestStage } from './funnel.ts';
import { lostReason } from './lost-reason.ts';
import { endOf, type Owner, type StepKind, stepOf } from './reset-vocabulary.ts';
import {
  type FailedVerification,
  type FlowEntry,
  failedVerifications,
  type VerificationStep,
  verificationSteps,
} from './verification.ts';

export { ABANDONED_AFTER_MS, type FlowOutcome } from './flow-outcome.ts';
export type { FailedVerification, VerificationStep } from './verification.ts';

/** All records with one correlation id: one attempt of one person. */
export interface Flow {
  /** The correlation id, or `record:` and the id of a record that has none. */
  id: string;
  /** Object id; null: no record names anybody. */
  personId: string | null;
  /** First record, UTC milliseconds. It decides the day of the flow. */
  startedAt: number;
  /** Graph's own text of that instant: its 7 digits order flows within a millisecond. */
  startedText: string;
  /** Last record, UTC milliseconds. */
  lastAt: number;
  /** First record of the success that the outcome names, UTC milliseconds; null: neither completed nor unlocked. */
  succeededAt: number | null;
  outcome: FlowOutcome;
  /** Furthest stage it reached, an index into STAGES of funnel.ts. */
  stage: number;
  /** Code of the reason for which it was lost (lost-reason.ts); null: it was not. */
  reason: string | null;
  /** Who can take that reason away; null: not lost, or not known. */
  owner: Owner | null;
  /** `OnPremisesAgent` of its last reset or unlock record that has one, verbatim; null: none has. */
  agent: string | null;
  /** First address that is not empty among its records, in their order; null: none has one. */
  address: string | null;
  steps: VerificationStep[];
  /** Empty while the flow is in progress. */
  failures: FailedVerification[];
  /** How many records make up the flow; one read twice counts once. */
  records: number;
}

const SERVICE = 'self-service password management';

/** Whether a record belongs to a flow: one of four activities of Self-service Password Management. */
export function isFlowRecord(record: AuditRecord): boolean {
  return entryOf(record) !== null;
}

/** The flow a record belongs to; a record without a correlation id is a flow of its own. */
export function flowId(record: Pick<AuditRecord, 'id' | 'correlationId'>): string {
  return record.correlationId ?? `record:${record.id}`;
}

/**
 * The flow that the records of one correlation id make up, judged at `asOf` (UTC milliseconds). Records may
 * come in any order and more than once; those of other activities are passed over. Throws a RangeError where
 * none is left.
 */
export function resetFlow(records: readonly AuditRecord[], asOf: number): Flow {
  return flowOf(
    records.map(entryOf).filter((entry) => entry !== null),
    asOf,
  );
}

/** Every flow that the records make up, the earliest first, then by id. Records of anything else are passed over. */
export function resetFlows(records: readonly AuditRecord[], asOf: number): Flow[] {
  const byFlow = new Map<string, FlowEntry[]>();
  for (const record of records) {
    const entry = entryOf(record);
    if (entry === null) continue;
    const entries = byFlow.get(flowId(record));
    if (entries) entries.push(entry);
    else byFlow.set(flowId(record), [entry]);
  }
  return [...byFlow.values()].map((entries) => flowOf(entries, asOf)).sort(compareFlows);
}

/** Orders flows by the instant of their first record, to the last digit, then by id. */
export function compareFlows<F extends Pick<Flow, 'id' | 'startedAt' | 'startedText'>>(a: F, b: F) {
  return (
    compareInstants(
      { occurredAt: a.startedAt, occurredText: a.startedText },
      { occurredAt: b.startedAt, occurredText: b.startedText },
    ) || compareIds(a.id, b.id)
  );
}

/** The records of one flow in the order in which they are judged; one read twice stands once. */
export function flowRecordsInOrder(records: readonly AuditRecord[]): AuditRecord[] {
  const entries = records.map(entryOf).filter((entry) => entry !== null);
  return inOrder(entries).map(({ record }) => record);
}

function entryOf(record: AuditRecord): FlowEntry | null {
  if (record.service.trim().toLowerCase() !== SERVICE) return null;
  const step = stepOf(record);
  return step && { record, step };
}

function flowOf(unordered: readonly FlowEntry[], asOf: number): Flow {
  const entries = inOrder(unordered);
  const first = entries[0]?.record;
  const last = entries.at(-1)?.record;
  if (first === undefined || last === undefined) throw new RangeError('A flow without a record');
  const outcome = flowOutcome(entries, asOf - last.occurredAt);
  const lost = lostReason(entries, outcome);
  const steps = verificationSteps(entries);
  return {
    id: flowId(first),
    personId: personOf(entries),
    startedAt: first.occurredAt,
    startedText: first.occurredText,
    lastAt: last.occurredAt,
    succeededAt: succeededAt(entries, outcome),
    outcome,
    stage: furthestStage(entries),
    reason: lost?.code ?? null,
    owner: lost?.owner ?? null,
    agent: agentOf(entries),
    address: entries.find(({ record }) => record.address)?.record.address ?? null,
    steps,
    failures: outcome === 'in_progress' ? [] : failedVerifications(entries, steps),
    records: entries.length,
  };
}

/** What comes first among records of the same instant. */
const RANKS: readonly StepKind[] = [
  'identified',
  'options',
  'started',
  'completed',
  'gates_passed',
  'password_submitted',
];

/** Every end comes last. */
function rankOf({ step }: FlowEntry): number {
  const rank = RANKS.indexOf(step.kind);
  return rank === -1 ? RANKS.length : rank;
}

function inOrder(entries: readonly FlowEntry[]): FlowEntry[] {
  const seen = new Set<string>();
  return [...entries]
    .sort(
      (a, b) =>
        compareInstants(a.record, b.record) ||
        rankOf(a) - rankOf(b) ||
        compareIds(a.record.id, b.record.id),
    )
    .filter(({ record }) => !seen.has(record.id) && seen.add(record.id));
}

function personOf(entries: readonly FlowEntry[]): string | null {
  const target = entries.find(({ record }) => record.targetId !== null)?.record.targetId;
  const initiator = entries.find(({ record }) => record.initiatorId !== null)?.record.initiatorId;
  return target ?? initiator ?? null;
}

function agentOf(entries: readonly FlowEntry[]): string | null {
  const told = entries.findLast(
    ({ record }) => endOf(record.activity) !== null && record.onPremisesAgent,
  );
  return told?.record.onPremisesAgent ?? null;
}

function succeededAt(entries: readonly FlowEntry[], outcome: FlowOutcome): number | null {
  if (outcome !== 'completed' && outcome !== 'unlocked') return null;
  const kind = outcome === 'completed' ? 'reset' : 'unlocked';
  return entries.find(({ step }) => step.kind === kind)?.record.occurredAt ?? null;
}
