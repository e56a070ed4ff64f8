import { METHODS_SERVICE, SSPR_SERVICE } from '../audit-record.ts';
import type { RouteName } from '../faults.ts';

export interface RouteMatch {
  route: RouteName;
  version: 'v1.0' | 'beta';
  /** Path after the version, decoded, without parameters in round brackets. */
  path: string;
  /** What stood in round brackets; undefined where there were none. */
  parameters: string | undefined;
}

const REPORTS = '/reports/authenticationMethods';

const ROUTES: Record<string, RouteName> = {
  '/organization': 'organization',
  '/users': 'people',
  '/domains': 'domains',
  '/auditLogs/directoryAudits': 'audits',
  [`${REPORTS}/userRegistrationDetails`]: 'registration',
  [`${REPORTS}/usersRegisteredByFeature`]: 'features',
  [`${REPORTS}/usersRegisteredByMethod`]: 'methods',
  [`${REPORTS}/userPasswordResetsAndChangesSummary`]: 'checksum',
};

/** The route of an address, null for none. Audit queries are told apart by the service they ask for. */
export function routeOf(url: URL): RouteMatch | null {
  const match = /^\/(v1\.0|beta)(\/[^(]*)(?:\((.*)\))?$/.exec(decodeURIComponent(url.pathname));
  const path = match?.[2] ?? '';
  const route = ROUTES[path];
  if (!match || !route) return null;
  const version = match[1] === 'beta' ? 'beta' : 'v1.0';
  if (route === 'checksum' && version !== 'beta') return null;
  return { route: auditRoute(route, url), version, path, parameters: match[3] };
}

function auditRoute(route: RouteName, url: URL): RouteName {
  if (route !== 'audits') return route;
  const filter = url.searchParams.get('$filter') ?? '';
  if (filter.includes(`'${SSPR_SERVICE}'`)) return 'resets';
  return filter.includes(`'${METHODS_SERVICE}'`) ? 'security-info' : 'audits';
}

const DIRECTORY: ReadonlySet<RouteName> = new Set(['organization', 'people', 'domains']);

/** Whether the request counts against the limit for reports and audit logs. */
export function isReport(route: RouteName): boolean {
  return !DIRECTORY.has(route);
}

const SINGLE: ReadonlySet<RouteName> = new Set(['features', 'methods']);

/** Whether the answer is a list with a `value`. */
export function isList(route: RouteName): boolean {
  return !SINGLE.has(route);
}
