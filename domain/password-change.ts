import type { AuditRecord } from './audit-record.ts';

const ACTIVITY = /^\s*change password \(self-service\)[\s.]*$/i;

/**
 * Whether a record is a change of a password by somebody who knew the old one, successful or not. It is no reset:
 * people do so because a password expires, or after an admin gave them a first one.
 */
export function isPasswordChange(record: Pick<AuditRecord, 'activity'>): boolean {
  return ACTIVITY.test(record.activity);
}
