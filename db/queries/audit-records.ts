import { and, eq, type SQL } from 'drizzle-orm';
import type { AuditRecord } from '../../domain/audit-record.ts';
import type { Store } from '../store-types.ts';

export interface FoundRecord {
  flowId: string | null;
  record: AuditRecord;
}

/**
 * Audit records as the domain reads them. The initiator's name is looked up in
 * `person`; an account of directory synchronisation keeps a name that says so.
 */
export async function auditRecords(
  { t: { auditRecord, person }, read }: Store,
  tenantId: number,
  condition: SQL,
): Promise<FoundRecord[]> {
  const rows = await read
    .select({
      flowId: auditRecord.flowId,
      id: auditRecord.id,
      occurredAt: auditRecord.occurredAt,
      occurredText: auditRecord.occurredText,
      activity: auditRecord.activity,
      service: auditRecord.service,
      result: auditRecord.result,
      reason: auditRecord.reason,
      correlationId: auditRecord.correlationId,
      targetId: auditRecord.targetId,
      initiatorId: auditRecord.initiatorId,
      initiatorKind: auditRecord.initiatorKind,
      address: auditRecord.address,
      onPremisesAgent: auditRecord.onPremisesAgent,
      operator: person.userPrincipalName,
    })
    .from(auditRecord)
    .leftJoin(
      person,
      and(eq(person.tenantId, auditRecord.tenantId), eq(person.objectId, auditRecord.initiatorId)),
    )
    .where(and(eq(auditRecord.tenantId, tenantId), condition));
  return rows.map(({ flowId, initiatorKind, operator, ...fields }) => ({
    flowId,
    record: {
      ...fields,
      initiatorIsApp: initiatorKind === 'app',
      initiatorName: initiatorKind === 'sync' ? 'Sync_' : operator,
    },
  }));
}
