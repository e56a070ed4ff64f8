import { SSPR_SERVICE } from '../audit-record.ts';
import {
  BLOCKED_ACTIVITY,
  FLOW_ACTIVITY,
  flowReason,
  RESET_ACTIVITY,
  UNLOCK_ACTIVITY,
} from '../vocabulary.ts';
import { passwordSet } from './desk.ts';
import type { FlowScript, ScriptStep } from './flow-script.ts';
import type { SamplePerson } from './people.ts';
import type { TenantState } from './state.ts';

export interface WrittenFlow {
  correlationId: string;
  /** Instant of its last record, UTC ms. */
  endedAt: number;
}

/** Puts the records of one attempt into the journal, starting at `at` (UTC ms). */
export function writeFlow(
  state: TenantState,
  person: SamplePerson,
  { at, script, address }: { at: number; script: FlowScript; address: string },
): WrittenFlow {
  const correlationId = state.journal.correlationId();
  const flow = { state, person, correlationId, address };
  let time = at;
  for (const [step, seconds] of script.steps) {
    time += Math.round(seconds * 1000);
    writeStep(flow, step, time);
  }
  if (script.end === 'success') passwordSet(state, person, time);
  return { correlationId, endedAt: time };
}

interface Flow {
  state: TenantState;
  person: SamplePerson;
  correlationId: string;
  address: string;
}

function writeStep(flow: Flow, step: ScriptStep[0], at: number): void {
  if (step === 'blocked') {
    // Success, although it is the opposite for the person: so Graph writes it.
    write(flow, { at, activity: BLOCKED_ACTIVITY, result: 'success', reason: 'None' });
    return;
  }
  const { reason, result } = flowReason(step);
  // The documentation spells it with one l, the log mostly with two.
  const spelled = flow.state.random.chance(0.08) ? reason.replace('cancelled', 'canceled') : reason;
  write(flow, { at, activity: FLOW_ACTIVITY, result, reason: spelled });
  if (step === 'reset') {
    const said = 'Successfully completed reset.';
    write(flow, { at: at + 240, activity: RESET_ACTIVITY, result: 'success', reason: said });
  }
  if (step === 'unlocked') {
    write(flow, { at: at + 240, activity: UNLOCK_ACTIVITY, result: 'success', reason: 'Success' });
  }
}

function write(
  { state, person, correlationId, address }: Flow,
  record: { at: number; activity: string; result: string; reason: string },
): void {
  state.journal.write({
    ...record,
    service: SSPR_SERVICE,
    correlationId,
    target: person,
    by: person,
    address,
    agent: person.synced ? 'Microsoft Entra Connect' : 'None',
  });
}
