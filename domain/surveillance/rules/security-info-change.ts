import type { AuditRecord } from '../../audit-record.ts';

/** The service whose records tell of security info. */
export const SECURITY_INFO_SERVICE = 'authentication methods';

/**
 * What people do to their security info themselves, as Entra's list of audit activities names it. Begun, cancelled
 * and reviewed registrations change nothing; what an admin registers or deletes is the admin's deed.
 */
export const SECURITY_INFO_CHANGES = [
  'user registered security info',
  'user updated security info',
  'user deleted security info',
  'user changed default security info',
];

/** What may stand around a service or an activity: full stops and white space. */
export const AROUND = ' .\t\n\r';

/** Whether a record tells that a person's own security info changed, by the person. */
export function isSecurityInfoChange({
  service,
  activity,
  result,
}: Pick<AuditRecord, 'service' | 'activity' | 'result'>): boolean {
  return (
    result === 'success' &&
    plain(service) === SECURITY_INFO_SERVICE &&
    SECURITY_INFO_CHANGES.includes(plain(activity))
  );
}

const plain = (text: string) => text.toLowerCase().replace(/^[ .\t\n\r]+|[ .\t\n\r]+$/g, '');
