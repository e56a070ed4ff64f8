import type { AuditRecord } from '../../domain/audit-record.ts';
import { graphPath, odataInstant, odataText } from './graph-path.ts';
import { instantOrNull } from './instant.ts';
import {
  type Fields,
  optionalFields,
  optionalList,
  optionalText,
  type Parsed,
  parsedAs,
  refusal,
  requiredText,
} from './parsed.ts';
import { comparableIdOrNull } from './text.ts';

/** One entry of `directoryAudits`, as far as we read it. */
export interface DirectoryAuditRow extends AuditRecord {
  category: string | null;
  operationType: string | null;
  /** Beta only. */
  userAgent: string | null;
}

export const RESET_SERVICE = 'Self-service Password Management';
export const SECURITY_INFO_SERVICE = 'Authentication Methods';

const TOP = 999;

/** The entries of one service from `since` to `until`, both inclusive, UTC milliseconds: Graph documents no `lt`. */
export function directoryAuditsPath({
  since,
  until,
  service,
  top = TOP,
}: {
  since: number;
  until: number;
  service: string;
  top?: number;
}): string {
  const filter = [
    `activityDateTime ge ${odataInstant(since)}`,
    `activityDateTime le ${odataInstant(until)}`,
    `loggedByService eq ${odataText(service)}`,
  ].join(' and ');
  return graphPath('/auditLogs/directoryAudits', { filter, top });
}

/**
 * An entry of the audit log as a row, or why not. Graph leaves out, or sends null for,
 * nearly everything at times; an entry needs an id, an instant, an activity and a service.
 */
export function parseDirectoryAudit(record: unknown): Parsed<DirectoryAuditRow> {
  return parsedAs(record, toRow);
}

function toRow(entry: Fields): DirectoryAuditRow {
  const initiatedBy = optionalFields('initiatedBy', entry.initiatedBy);
  const user = optionalFields('initiatedBy.user', initiatedBy?.user);
  const app = optionalFields('initiatedBy.app', initiatedBy?.app);
  return {
    // `SSPR_<correlation id>_P1CQE_8605821`: no GUID, whatever the reference says.
    id: requiredText('id', entry.id),
    ...occurrence(entry.activityDateTime),
    activity: requiredText('activityDisplayName', entry.activityDisplayName),
    service: requiredText('loggedByService', entry.loggedByService),
    result: optionalText('result', entry.result)?.toLowerCase() || 'unknown',
    reason: optionalText('resultReason', entry.resultReason),
    correlationId: comparableIdOrNull(optionalText('correlationId', entry.correlationId)),
    targetId: targetId(optionalList('targetResources', entry.targetResources)),
    initiatorId: comparableIdOrNull(optionalText('initiatedBy.user.id', user?.id)),
    initiatorName:
      optionalText('initiatedBy.user.userPrincipalName', user?.userPrincipalName) || null,
    initiatorIsApp: app !== null && saysSomething(app),
    address: optionalText('initiatedBy.user.ipAddress', user?.ipAddress) || null,
    category: optionalText('category', entry.category),
    operationType: optionalText('operationType', entry.operationType),
    onPremisesAgent: onPremisesAgent(optionalList('additionalDetails', entry.additionalDetails)),
    userAgent: optionalText('userAgent', entry.userAgent),
  };
}

function occurrence(value: unknown): Pick<AuditRecord, 'occurredAt' | 'occurredText'> {
  const occurredText = requiredText('activityDateTime', value);
  const occurredAt = instantOrNull(occurredText);
  if (occurredAt === null) throw refusal('activityDateTime', 'no instant');
  return { occurredAt, occurredText };
}

/** Of the first target that has one. Examples of Microsoft's spell a target's `type` as `Type`; we read neither. */
function targetId(targets: readonly unknown[] | null): string | null {
  for (const target of targets ?? []) {
    const { id } = optionalFields('targetResources', target) ?? {};
    const known = comparableIdOrNull(optionalText('targetResources.id', id));
    if (known !== null) return known;
  }
  return null;
}

function saysSomething(app: Fields): boolean {
  return Object.entries(app).some(([key, value]) => value !== null && !key.startsWith('@'));
}

/** `None`, `CloudSync`, `Microsoft Entra Connect`. Other details hold long texts, so only this one is looked at. */
function onPremisesAgent(details: readonly unknown[] | null): string | null {
  for (const detail of details ?? []) {
    const { key, value } = optionalFields('additionalDetails', detail) ?? {};
    if (key === 'OnPremisesAgent') return optionalText('additionalDetails.OnPremisesAgent', value);
  }
  return null;
}
