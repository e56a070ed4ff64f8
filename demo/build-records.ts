import type { Named } from './audit-record.ts';
import { auditRecord, METHODS_SERVICE, SSPR_SERVICE } from './audit-record.ts';
import type { DirectoryAudit } from './graph-shapes.ts';
import { guidOf, hash32 } from './random.ts';
import type { FlowStep } from './vocabulary.ts';
import {
  ADMIN_RESET_ACTIVITY,
  BLOCKED_ACTIVITY,
  CHANGE_ACTIVITY,
  FLOW_ACTIVITY,
  flowReason,
  RESET_ACTIVITY,
  UNLOCK_ACTIVITY,
} from './vocabulary.ts';
import { aPerson } from './world.ts';

const SECOND_MS = 1000;

export interface FlowParts {
  /** UTC ms of the first record, or an ISO text. */
  at: number | string;
  person?: Named;
  /** Default: a reset by mobile SMS that succeeds. */
  steps?: FlowStep[];
  /** Default: made from instant and person. Null leaves the field null, as a few real records have it. */
  correlationId?: string | null;
  address?: string | null;
  /** Seconds from one step to the next. */
  secondsApart?: number;
}

export const SUCCESSFUL_STEPS: FlowStep[] = [
  'identified',
  'options',
  'start mobile SMS',
  'complete mobile SMS',
  'gates passed',
  'password',
  'reset',
];

/**
 * The audit records of one flow, oldest first: one per step, and after `reset` or `unlocked` also the
 * closing record that Graph writes beside the step.
 */
export function aFlow(parts: FlowParts): DirectoryAudit[] {
  const { person = someone(), steps = SUCCESSFUL_STEPS, secondsApart = 20 } = parts;
  const start = instantOf(parts.at);
  const serial = hash32('flow', start, person.id);
  const correlationId = parts.correlationId === undefined ? guidOf(serial, 1) : parts.correlationId;
  const common = { person, correlationId, address: parts.address ?? '192.0.2.10' };
  return steps.flatMap((step, index) => {
    const at = start + index * secondsApart * SECOND_MS;
    return stepRecords(step, { ...common, at, number: serial + index * 2 });
  });
}

interface StepParts {
  person: Named;
  correlationId: string | null;
  address: string | null;
  at: number;
  number: number;
}

function stepRecords(step: FlowStep, parts: StepParts): DirectoryAudit[] {
  if (step === 'blocked') return [ofPerson(parts, BLOCKED_ACTIVITY, 'success', 'None')];
  const { reason, result } = flowReason(step);
  const record = ofPerson(parts, FLOW_ACTIVITY, result, reason);
  const closing = { ...parts, at: parts.at + 300, number: parts.number + 1 };
  if (step === 'reset') {
    const said = 'Successfully completed reset.';
    return [record, ofPerson(closing, RESET_ACTIVITY, 'success', said)];
  }
  if (step === 'unlocked') {
    return [record, ofPerson(closing, UNLOCK_ACTIVITY, 'success', 'Success')];
  }
  return [record];
}

function ofPerson(
  { person, correlationId, address, at, number }: StepParts,
  activity: string,
  result: string,
  reason: string,
): DirectoryAudit {
  const initiator = {
    id: person.id,
    userPrincipalName: person.userPrincipalName,
    ipAddress: address,
  };
  return auditRecord({
    ...{ at, number, activity, result, reason, correlationId, target: person, initiator },
    service: SSPR_SERVICE,
    onPremisesAgent: 'None',
  });
}

/** A successful `Reset password (by admin)`; `by: null` leaves the initiator's id out. */
export function anAdminReset(parts: {
  at: number | string;
  person?: Named;
  by?: Named | null;
  result?: string;
}): DirectoryAudit {
  const { person = someone(), by = someone('Hollis Deskley'), result = 'success' } = parts;
  const at = instantOf(parts.at);
  const number = hash32('admin reset', at, person.id);
  const initiator = {
    id: by?.id ?? null,
    userPrincipalName: by?.userPrincipalName ?? null,
    ipAddress: by ? '192.0.2.200' : null,
  };
  return auditRecord({
    ...{ at, number, result, initiator, target: person, reason: 'None' },
    activity: ADMIN_RESET_ACTIVITY,
    service: SSPR_SERVICE,
    correlationId: guidOf(number, 2),
    onPremisesAgent: 'None',
  });
}

/** `Change password (self-service)`: the person knew the old password, so nobody was spared a call. */
export function aPasswordChange(parts: { at: number | string; person?: Named }): DirectoryAudit {
  const { person = someone() } = parts;
  const at = instantOf(parts.at);
  const number = hash32('change', at, person.id);
  const step = { person, at, number, correlationId: guidOf(number, 3), address: '192.0.2.10' };
  return ofPerson(step, CHANGE_ACTIVITY, 'success', 'None');
}

/** A record of Authentication Methods, `User registered security info` unless said otherwise. */
export function aSecurityInfoRecord(parts: {
  at: number | string;
  person?: Named;
  activity?: string;
  reason?: string;
}): DirectoryAudit {
  const { person = someone(), activity = 'User registered security info' } = parts;
  const at = instantOf(parts.at);
  const number = hash32('security info', at, person.id, activity);
  const { id, userPrincipalName } = person;
  return auditRecord({
    ...{ at, number, activity, target: person, result: 'success', operation: 'Add' },
    initiator: { id, userPrincipalName, ipAddress: '192.0.2.10' },
    reason: parts.reason ?? 'User registered Mobile Phone Call and SMS',
    service: METHODS_SERVICE,
    correlationId: guidOf(number, 4),
  });
}

function someone(name = 'Quill Testerman'): Named {
  return aPerson(name).user;
}

function instantOf(at: number | string): number {
  return typeof at === 'number' ? at : Date.parse(at);
}
