import { guidOf, type Raw, textOf } from './raw.ts';

/** The report and /users as one snapshot saw them. */
export interface SnapshotSeen {
  takenAt: number;
  report: readonly Raw[];
  users: readonly Raw[];
}

export type PeopleClass = 'member' | 'unknown_type' | 'guest' | 'other';

export interface OraclePerson {
  id: string;
  name: string | null;
  userPrincipalName: string | null;
  department: string | null;
  country: string | null;
  office: string | null;
  company: string | null;
  admin: boolean | null;
  enabled: boolean | null;
  registered: boolean | null;
  capable: boolean | null;
  mfaCapable: boolean | null;
  methods: string[] | null;
  reason: string;
  depth: number;
  class: PeopleClass;
}

/** Everybody of the report, each object id once. */
export function peopleOf({ report, users }: SnapshotSeen): OraclePerson[] {
  const byId = new Map(users.map((user) => [guidOf(user.id), user]));
  const people = report.map((row) => personOf(row, byId.get(guidOf(row.id)) ?? {}));
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

function personOf(row: Raw, user: Raw): OraclePerson {
  const flags = {
    admin: flagOf(row.isAdmin),
    enabled: flagOf(row.isSsprEnabled),
    registered: flagOf(row.isSsprRegistered),
    capable: flagOf(row.isSsprCapable),
    mfaCapable: flagOf(row.isMfaCapable),
  };
  const methods = Array.isArray(row.methodsRegistered) ? (row.methodsRegistered as string[]) : null;
  return {
    id: guidOf(row.id) ?? '',
    name: textOf(row.userDisplayName),
    userPrincipalName: textOf(row.userPrincipalName),
    department: trimmedOf(user.department),
    country: trimmedOf(user.country),
    office: trimmedOf(user.officeLocation),
    company: trimmedOf(user.companyName),
    ...flags,
    methods,
    reason: reasonOf(flags, methods),
    depth: depthOf(flags, methods),
    class: classOf(textOf(row.userType)),
  };
}

function flagOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function trimmedOf(value: unknown): string | null {
  return textOf(value)?.trim() || null;
}

function classOf(userType: string | null): PeopleClass {
  if (userType === null || userType === '') return 'unknown_type';
  if (userType.toLowerCase() === 'member') return 'member';
  return userType.toLowerCase() === 'guest' ? 'guest' : 'other';
}

const FAMILIES: Record<string, string> = {
  mobilePhone: 'mobile phone',
  alternateMobilePhone: 'mobile phone',
  officePhone: 'office phone',
  email: 'email',
  securityQuestion: 'security questions',
  microsoftAuthenticatorPush: 'authenticator app',
  microsoftAuthenticatorPasswordless: 'authenticator app',
  softwareOneTimePasscode: 'authenticator app',
  hardwareOneTimePasscode: 'hardware code',
};

interface Flags {
  admin: boolean | null;
  enabled: boolean | null;
  registered: boolean | null;
  capable: boolean | null;
}

/** Families of reset methods; security questions are none for admins. */
export function familiesOf(
  { admin }: Pick<Flags, 'admin'>,
  methods: readonly string[],
): Set<string> {
  const families = new Set<string>();
  for (const method of methods) {
    const family = Object.hasOwn(FAMILIES, method) ? FAMILIES[method] : undefined;
    if (family && !(admin === true && family === 'security questions')) families.add(family);
  }
  return families;
}

/** "A missing or null flag keeps the row (not counted as set, reason unknown, depth 0)". */
function depthOf(flags: Flags, methods: string[] | null): number {
  return methods === null ? 0 : familiesOf(flags, methods).size;
}

function reasonOf(flags: Flags, methods: string[] | null): string {
  const { enabled, registered, capable } = flags;
  if (capable === true) return 'capable';
  if (enabled === null || registered === null || capable === null || methods === null)
    return 'unknown';
  if (registered && enabled) return 'unknown';
  if (!enabled) return 'not_enabled';
  if (methods.length === 0) return 'nothing_registered';
  return familiesOf(flags, methods).size === 0 ? 'methods_not_accepted' : 'too_few_methods';
}

export function populationOf(people: readonly OraclePerson[]): OraclePerson[] {
  return people.filter((person) => person.class === 'member' || person.class === 'unknown_type');
}

export interface OracleCounts {
  population: number;
  enabled: number;
  registered: number;
  capable: number;
  mfaCapable: number;
}

export function countsOf(people: readonly OraclePerson[]): OracleCounts {
  const having = (flag: 'enabled' | 'registered' | 'capable' | 'mfaCapable') =>
    people.filter((person) => person[flag] === true).length;
  return {
    population: people.length,
    enabled: having('enabled'),
    registered: having('registered'),
    capable: having('capable'),
    mfaCapable: having('mfaCapable'),
  };
}

export const DIMENSIONS = ['department', 'country', 'office', 'company', 'admin'] as const;
export type OracleDimension = (typeof DIMENSIONS)[number];

export function dimensionOf(person: OraclePerson, dimension: OracleDimension): string | null {
  return dimension === 'admin' ? String(person.admin === true) : person[dimension];
}

/** Counts by value; the key of a missing value is null. */
export function countsBy(
  people: readonly OraclePerson[],
  dimension: OracleDimension,
): Map<string | null, OracleCounts> {
  const groups = Map.groupBy(people, (person) => dimensionOf(person, dimension));
  return new Map([...groups].map(([value, group]) => [value, countsOf(group)]));
}

export function methodCounts(people: readonly OraclePerson[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const person of people)
    for (const method of new Set(person.methods ?? []))
      counts.set(method, (counts.get(method) ?? 0) + 1);
  return counts;
}

export function depthCounts(people: readonly OraclePerson[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { depth } of people) counts.set(depth, (counts.get(depth) ?? 0) + 1);
  return counts;
}
