import type {
  DirectoryAudit,
  DomainRecord,
  OrganizationRecord,
  RegistrationRecord,
  SignInActivity,
  UserRecord,
} from './graph-shapes.ts';
import { guidOf, hash32 } from './random.ts';

/** Anything Graph might put into a list; tests also serve records that no schema fits. */
export type Served = object;

/**
 * What the Graph-compatible server serves. All instants are UTC milliseconds. The same question
 * must get the same answer for as long as one walk through its pages lasts.
 */
export interface World {
  organization(): OrganizationRecord;
  domains(): readonly Served[];
  /** `/users` as of `now`, disabled accounts included. */
  users(now: number): readonly Served[];
  /**
   * When a user of `users` had last signed in by `now`, null for never; asked only for what is put on a page.
   * Where not given, the records say so themselves.
   */
  signInActivity?(user: Served, now: number): SignInActivity | null;
  /** The registration report as of `now`; disabled accounts are missing from it. */
  registration(now: number): readonly Served[];
  /** Every audit record with `since` <= its instant < `until`, in any order. */
  auditRecords(since: number, until: number): readonly Served[];
  /** How long after its instant a record becomes visible, ms; where not given, all are visible at once. */
  latencyMs?(record: Served): number;
}

export interface Person {
  user: UserRecord;
  /** Null: not in the registration report, as disabled accounts are not. */
  registration: RegistrationRecord | null;
}

/** A small world of which a test sets every part itself; the arrays may be changed at any time. */
export interface HandMadeWorld extends World {
  people: Person[];
  /** Served in the registration report after those of `people`; may have any shape. */
  registrations: Served[];
  audits: Served[];
  domainRecords: Served[];
  organizationRecord: OrganizationRecord;
}

export const MADE_UP_TENANT_ID = '7e57ab1e-0000-4000-a000-00000000da7a';

/** A world with an organization, one domain and nobody in it. */
export function emptyWorld(): HandMadeWorld {
  const world: HandMadeWorld = {
    people: [],
    registrations: [],
    audits: [],
    domainRecords: [aDomain()],
    organizationRecord: anOrganization(),
    organization: () => world.organizationRecord,
    domains: () => world.domainRecords,
    users: () => world.people.map(({ user }) => user),
    registration: () => [
      ...world.people.flatMap(({ registration }) => (registration ? [registration] : [])),
      ...world.registrations,
    ],
    auditRecords: (since, until) =>
      world.audits.filter((record) => {
        const at = auditInstant(record);
        return at >= since && at < until;
      }),
  };
  return world;
}

/** Instant of an audit record, UTC ms, floored; NaN where it has none that can be read. */
export function auditInstant(record: Served): number {
  const text = (record as Partial<DirectoryAudit>).activityDateTime;
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}

export function anOrganization(fields: Partial<OrganizationRecord> = {}): OrganizationRecord {
  const domain = { type: 'Managed', isDefault: true, isInitial: false };
  return {
    id: MADE_UP_TENANT_ID,
    displayName: 'Larkfield (made-up tenant)',
    tenantType: 'AAD',
    createdDateTime: '2016-04-11T08:00:00Z',
    verifiedDomains: [{ name: 'larkfield.example', ...domain }],
    ...fields,
  };
}

export function aDomain(fields: Partial<DomainRecord> = {}): DomainRecord {
  return {
    id: 'larkfield.example',
    isDefault: true,
    isInitial: false,
    isVerified: true,
    authenticationType: 'Managed',
    passwordValidityPeriodInDays: 180,
    passwordNotificationWindowInDays: 14,
    ...fields,
  };
}

/** Authentication methods with which a password can be reset; those of one family share a bit. */
const FAMILY_BIT: Record<string, number> = {
  mobilePhone: 1,
  alternateMobilePhone: 1,
  officePhone: 2,
  email: 4,
  securityQuestion: 8,
  microsoftAuthenticatorPush: 16,
  microsoftAuthenticatorPasswordless: 16,
  softwareOneTimePasscode: 16,
  hardwareOneTimePasscode: 32,
};

const QUESTIONS_BIT = 8;

/** How many families of reset methods `methods` make; admins may not use security questions. */
export function familyCount(methods: readonly string[], isAdmin = false): number {
  let bits = 0;
  for (const method of methods) bits |= FAMILY_BIT[method] ?? 0;
  if (isAdmin) bits &= ~QUESTIONS_BIT;
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count += 1;
  return count;
}

/**
 * A person with sensible fields; `name` makes the id, so that the same name is the same person.
 * Capability follows from methods and `enabled` with one required method unless fields say otherwise.
 */
export function aPerson(
  name: string,
  fields: {
    methods?: string[];
    enabled?: boolean;
    required?: number;
    user?: Partial<UserRecord>;
    registration?: Partial<RegistrationRecord> | null;
  } = {},
): Person {
  const user = { ...aUser(name), ...fields.user };
  if (fields.registration === null) return { user, registration: null };
  const { methods = [], enabled = true, required = 1 } = fields;
  const registered = familyCount(methods) >= required;
  const registration: RegistrationRecord = {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType?.toLowerCase() ?? null,
    isAdmin: false,
    isSsprRegistered: registered,
    isSsprEnabled: enabled,
    isSsprCapable: registered && enabled,
    isMfaRegistered: methods.length > 0,
    isMfaCapable: methods.length > 0,
    isPasswordlessCapable: false,
    lastUpdatedDateTime: '2026-03-02T03:30:00.1234567Z',
    methodsRegistered: methods,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: [],
    userPreferredMethodForSecondaryAuthentication: '',
    ...fields.registration,
  };
  return { user, registration };
}

/** Sign-ins that succeeded, the last one at `at` (as Graph writes instants). */
export function signedIn(at: string, fields: Partial<SignInActivity> = {}): SignInActivity {
  return {
    lastSignInDateTime: at,
    lastSignInRequestId: null,
    lastNonInteractiveSignInDateTime: null,
    lastNonInteractiveSignInRequestId: null,
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: null,
    ...fields,
  };
}

function aUser(name: string): UserRecord {
  const [given = name, surname = ''] = name.split(' ');
  const local = `${given[0] ?? 'x'}${surname ? `.${surname}` : given.slice(1)}`.toLowerCase();
  return {
    id: guidOf(hash32('person', name), 1),
    displayName: name,
    userPrincipalName: `${local}@larkfield.example`,
    givenName: given,
    surname: surname || null,
    mail: `${local}@larkfield.example`,
    jobTitle: null,
    accountEnabled: true,
    userType: 'Member',
    department: 'Manufacturing',
    companyName: 'Larkfield Works',
    country: 'Austria',
    usageLocation: 'AT',
    city: 'Graz',
    officeLocation: 'Graz 1',
    createdDateTime: '2021-05-03T07:00:00Z',
    lastPasswordChangeDateTime: null,
    passwordPolicies: null,
    onPremisesSyncEnabled: null,
  };
}
