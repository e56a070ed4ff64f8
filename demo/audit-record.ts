import type { AuditInitiatorUser, AuditTarget, DirectoryAudit } from './graph-shapes.ts';
import { graphInstant } from './graph-shapes.ts';
import { fiveLetters, mix } from './random.ts';

export const SSPR_SERVICE = 'Self-service Password Management';
export const METHODS_SERVICE = 'Authentication Methods';

/** Who is named in a record: the parts of a user that Graph's audit log repeats. */
export interface Named {
  id: string;
  displayName: string;
  userPrincipalName: string;
}

export interface AuditParts {
  /** UTC ms. */
  at: number;
  /** Number of the record in its world: makes the id and the sub-millisecond digits. */
  number: number;
  service: string;
  activity: string;
  result: string;
  reason: string | null;
  correlationId: string | null;
  target: Named | null;
  initiator: { id: string | null; userPrincipalName: string | null; ipAddress: string | null };
  operation?: string;
  /** Default: UserManagement. */
  category?: string | undefined;
  /** What was changed, where it is not a person. */
  changed?: AuditTarget | undefined;
  /** Value of the detail `OnPremisesAgent`; left out where undefined. */
  onPremisesAgent?: string | undefined;
}

/** A record in the shape and with the quirks of Graph: id, 7 digits, `app: null`, agent detail. */
export function auditRecord(parts: AuditParts): DirectoryAudit {
  const prefix = parts.service === SSPR_SERVICE ? 'SSPR' : 'IAMUX';
  const correlation = parts.correlationId ?? '00000000-0000-0000-0000-000000000000';
  const serial = 1_000_000 + (mix(parts.number) % 9_000_000);
  return {
    id: `${prefix}_${correlation}_${fiveLetters(parts.number)}_${serial}`,
    category: parts.category ?? 'UserManagement',
    correlationId: parts.correlationId,
    result: parts.result,
    resultReason: parts.reason,
    activityDisplayName: parts.activity,
    activityDateTime: graphInstant(parts.at, mix(parts.number ^ 0x2545f491) % 10_000),
    loggedByService: parts.service,
    operationType: parts.operation ?? 'Update',
    initiatedBy: { user: initiatorOf(parts), app: null },
    targetResources: targetsOf(parts),
    additionalDetails:
      parts.onPremisesAgent === undefined
        ? []
        : [{ key: 'OnPremisesAgent', value: parts.onPremisesAgent }],
  };
}

function initiatorOf({ initiator }: AuditParts): AuditInitiatorUser {
  return { displayName: null, roles: [], ...initiator };
}

function targetsOf({ target, changed }: AuditParts): AuditTarget[] {
  if (changed) return [changed];
  return target ? [targetOf(target)] : [];
}

function targetOf({ id, displayName, userPrincipalName }: Named): AuditTarget {
  return {
    id,
    displayName,
    type: 'User',
    userPrincipalName,
    groupType: null,
    modifiedProperties: [],
  };
}
