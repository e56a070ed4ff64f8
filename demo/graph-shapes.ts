/** One row of `userRegistrationDetails`, as Graph v1.0 spells it. */
export interface RegistrationRecord {
  /** Object id of the user. */
  id: string;
  userPrincipalName: string;
  userDisplayName: string;
  /** `member`, `guest`, or null; lower case here, unlike in /users. */
  userType: string | null;
  isAdmin: boolean | null;
  isSsprRegistered: boolean;
  isSsprEnabled: boolean;
  isSsprCapable: boolean;
  isMfaRegistered: boolean;
  isMfaCapable: boolean;
  isPasswordlessCapable: boolean;
  /** When the report was refreshed, not when the person registered; 7 fraction digits. */
  lastUpdatedDateTime: string;
  methodsRegistered: string[];
  isSystemPreferredAuthenticationMethodEnabled: boolean | null;
  systemPreferredAuthenticationMethods: string[];
  userPreferredMethodForSecondaryAuthentication: string;
}

/** A user as `/users` answers one, with the properties the product may select. */
export interface UserRecord {
  id: string;
  displayName: string;
  userPrincipalName: string;
  givenName: string | null;
  surname: string | null;
  mail: string | null;
  jobTitle: string | null;
  accountEnabled: boolean;
  /** `Member`, `Guest`, or null. */
  userType: string | null;
  department: string | null;
  companyName: string | null;
  country: string | null;
  usageLocation: string | null;
  city: string | null;
  officeLocation: string | null;
  createdDateTime: string | null;
  lastPasswordChangeDateTime: string | null;
  passwordPolicies: string | null;
  onPremisesSyncEnabled: boolean | null;
  /** Served where `$expand` asks for it; absent: nobody. */
  manager?: { id: string };
  /** Served where `$select` names it; absent: never signed in. */
  signInActivity?: SignInActivity;
}

/** When an account was last used; attempts include those that failed. Null: never, or before Graph began to tell. */
export interface SignInActivity {
  lastSignInDateTime: string | null;
  lastSignInRequestId: string | null;
  lastNonInteractiveSignInDateTime: string | null;
  lastNonInteractiveSignInRequestId: string | null;
  /** Told since December 2023, not for the time before. */
  lastSuccessfulSignInDateTime: string | null;
  lastSuccessfulSignInRequestId: string | null;
}

export interface AuditInitiatorUser {
  id: string | null;
  displayName: string | null;
  userPrincipalName: string | null;
  ipAddress: string | null;
  roles: string[];
}

export interface AuditInitiatorApp {
  appId: string | null;
  displayName: string | null;
  servicePrincipalId: string | null;
  servicePrincipalName: string | null;
}

export interface AuditTarget {
  id: string | null;
  displayName: string | null;
  type: string;
  userPrincipalName: string | null;
  groupType: string | null;
  modifiedProperties: { displayName: string; oldValue: string | null; newValue: string | null }[];
}

/** One record of `/auditLogs/directoryAudits`, as Graph v1.0 spells it. */
export interface DirectoryAudit {
  /** `SSPR_<correlationId>_XXXXX_1234567`: not a GUID, whatever the documentation says. */
  id: string;
  category: string;
  correlationId: string | null;
  result: string;
  resultReason: string | null;
  activityDisplayName: string;
  /** UTC with 7 fraction digits. */
  activityDateTime: string;
  loggedByService: string;
  operationType: string;
  initiatedBy: { user: AuditInitiatorUser | null; app: AuditInitiatorApp | null };
  targetResources: AuditTarget[];
  additionalDetails: { key: string; value: string }[];
}

export interface DomainRecord {
  id: string;
  isDefault: boolean;
  isInitial: boolean;
  isVerified: boolean;
  authenticationType: string;
  /** Days; 2147483647 means that passwords never expire. */
  passwordValidityPeriodInDays: number | null;
  passwordNotificationWindowInDays: number | null;
}

export interface OrganizationRecord {
  /** The tenant id. */
  id: string;
  displayName: string;
  tenantType: string;
  createdDateTime: string;
  verifiedDomains: { name: string; type: string; isDefault: boolean; isInitial: boolean }[];
}

/** An instant (UTC milliseconds) with `ticks` further 100-ns steps, as Graph writes audit times. */
export function graphInstant(at: number, ticks = 0): string {
  return `${new Date(at).toISOString().slice(0, -1)}${String(ticks).padStart(4, '0')}Z`;
}
