import { DAY_MS } from '../../domain/day.ts';
import type { DirectoryAudit, RegistrationRecord } from '../graph-shapes.ts';
import { guidOf } from '../random.ts';
import { ADMIN_RESET_ACTIVITY, CHANGE_ACTIVITY, RESET_ACTIVITY } from '../vocabulary.ts';
import type { GraphFailure } from './errors.ts';
import { badRequest } from './errors.ts';

export interface Included {
  types: string;
  roles: string;
}

const TYPES = ['all', 'member', 'guest'];
const ROLES = ['all', 'privilegedAdmin', 'admin', 'user'];

/** Reads `includedUserTypes='…',includedUserRoles='…'`; undefined means the overload without parameters. */
export function includedOf(parameters: string | undefined): Included | GraphFailure {
  if (parameters === undefined || parameters.trim() === '') return { types: 'all', roles: 'all' };
  const named = new Map<string, string>();
  for (const part of parameters.split(',')) {
    const match = /^\s*(\w+)='(\w+)'\s*$/.exec(part);
    if (!match) return badRequest('Bad Request - Error in query syntax.');
    named.set(match[1] ?? '', match[2] ?? '');
  }
  const types = named.get('includedUserTypes') ?? '';
  const roles = named.get('includedUserRoles') ?? '';
  // Graph has two overloads: both parameters, or none.
  if (named.size !== 2 || !TYPES.includes(types) || !ROLES.includes(roles)) {
    return badRequest('Resource not found for the segment.');
  }
  return { types, roles };
}

/** People without a type count under `all` only, and every admin as a privileged one. */
function included(rows: readonly RegistrationRecord[], { types, roles }: Included) {
  return rows.filter(
    (row) =>
      (types === 'all' || row.userType === types) &&
      (roles === 'all' || (row.isAdmin === true) === (roles !== 'user')),
  );
}

export function featureSummary(all: readonly RegistrationRecord[], { types, roles }: Included) {
  const rows = included(all, { types, roles });
  const count = (feature: string, has: (row: RegistrationRecord) => boolean) => ({
    feature,
    userCount: rows.filter(has).length,
  });
  return {
    '@odata.type': '#microsoft.graph.userRegistrationFeatureSummary',
    totalUserCount: rows.length,
    userTypes: types,
    userRoles: roles,
    userRegistrationFeatureCounts: [
      count('ssprRegistered', (row) => row.isSsprRegistered),
      count('ssprEnabled', (row) => row.isSsprEnabled),
      count('ssprCapable', (row) => row.isSsprCapable),
      count('passwordlessCapable', (row) => row.isPasswordlessCapable),
      count('mfaCapable', (row) => row.isMfaCapable),
    ],
  };
}

export function methodSummary(all: readonly RegistrationRecord[], { types, roles }: Included) {
  const rows = included(all, { types, roles });
  const counts = new Map<string, number>([['password', rows.length]]);
  for (const method of rows.flatMap(({ methodsRegistered }) => methodsRegistered ?? [])) {
    counts.set(method, (counts.get(method) ?? 0) + 1);
  }
  return {
    '@odata.type': '#microsoft.graph.userRegistrationMethodSummary',
    userTypes: types,
    userRoles: roles,
    userRegistrationMethodCounts: [...counts].map(([authenticationMethod, userCount]) => ({
      authenticationMethod,
      userCount,
    })),
  };
}

/** Rows of the beta report `userPasswordResetsAndChangesSummary`: one per UTC day, newest first. */
export function dailyResetSummary(records: readonly DirectoryAudit[]): object[] {
  const days = new Map<number, Record<string, number>>();
  for (const { activityDateTime, activityDisplayName, result } of records) {
    if (result !== 'success') continue;
    const day = Math.floor(Date.parse(activityDateTime) / DAY_MS);
    const counts = days.get(day) ?? {};
    counts[activityDisplayName] = (counts[activityDisplayName] ?? 0) + 1;
    days.set(day, counts);
  }
  return [...days]
    .sort(([a], [b]) => b - a)
    .map(([day, counts]) => ({
      '@odata.type': '#microsoft.graph.userPasswordResetsAndChangesSummary',
      id: guidOf(day, 99),
      aggregatedDateTime: `${new Date(day * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`,
      passwordResetsByAdminCount: counts[ADMIN_RESET_ACTIVITY] ?? 0,
      passwordResetsSelfServiceCount: counts[RESET_ACTIVITY] ?? 0,
      changePasswordSelfServiceCount: counts[CHANGE_ACTIVITY] ?? 0,
    }));
}
