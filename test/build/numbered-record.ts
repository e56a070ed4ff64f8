import type { StoredAuditRecord } from '../../db/store/audit-records.ts';

const BEGIN = Date.UTC(2026, 2, 2);
const REASONS = [
  'User started the email verification option',
  'User completed the email verification option',
  'User successfully reset password',
  'User cancelled before passing the required authentication methods',
];

/** The `n`-th of an endless series of audit records: five to a flow, a minute apart, of thirty people. */
export function numberedRecord(n: number): StoredAuditRecord {
  const occurredAt = BEGIN + n * 60_000;
  const flow = Math.floor(n / 5);
  return {
    id: `record-${n}`,
    occurredAt,
    occurredText: new Date(occurredAt).toISOString(),
    activity: 'Self-service password reset flow activity progress',
    service: 'Self-service Password Management',
    result: 'success',
    reason: REASONS[n % 4] ?? null,
    correlationId: `flow-${flow}`,
    targetId: `person-${flow % 30}`,
    initiatorId: null,
    initiatorName: null,
    initiatorIsApp: false,
    address: `192.0.2.${flow % 250}`,
    category: null,
    operationType: null,
    onPremisesAgent: null,
    userAgent: null,
  };
}
