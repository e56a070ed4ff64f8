/** The application permissions Graph wants for what we read, by the beginning of the path. */
const PERMISSIONS: readonly (readonly [prefix: string, permissions: string])[] = [
  ['/reports', 'AuditLog.Read.All'],
  ['/auditLogs', 'AuditLog.Read.All and Directory.Read.All'],
  ['/users', 'User.Read.All'],
  ['/domains', 'Domain.Read.All'],
  ['/organization', 'Organization.Read.All'],
];

/** What to grant so that `path` (without base and version) may be read; null if we do not know. */
export function permissionsFor(path: string): string | null {
  return PERMISSIONS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? null;
}
