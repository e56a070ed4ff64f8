import { graphInstant, type RegistrationRecord, type UserRecord } from '../graph-shapes.ts';
import { familyCount } from '../world.ts';
import type { SamplePerson } from './people.ts';
import { REQUIRED_METHODS } from './rates.ts';
import type { Story } from './story.ts';

/** Whether policy lets the person reset the password on day number `day`. Admins have Microsoft's own policy. */
export function isEnabled(person: SamplePerson, story: Story, day: number): boolean {
  if (person.isAdmin) return true;
  if (person.guest || person.outOfScope || !person.licensed) return false;
  const { wave } = person.department;
  if (wave === 'pilot') return true;
  return day >= (wave === 'retail' ? story.retailWave : story.campaign);
}

export function isRegistered(person: SamplePerson): boolean {
  if (person.fromDirectory) return true;
  return familyCount(person.methods, person.isAdmin === true) >= REQUIRED_METHODS;
}

export function isCapable(person: SamplePerson, story: Story, day: number): boolean {
  return isRegistered(person) && isEnabled(person, story, day);
}

const STRONG = /Phone$|Authenticator|OneTimePasscode|passKey|fido2|windowsHello/;
const PASSWORDLESS = /passKey|fido2|windowsHello|Passwordless/;

export function registrationRow(
  person: SamplePerson,
  story: Story,
  day: number,
): RegistrationRecord {
  const { methods } = person;
  const strong = methods.some((method) => STRONG.test(method));
  return {
    id: person.id,
    userPrincipalName: person.userPrincipalName,
    userDisplayName: person.displayName,
    userType: person.userType,
    isAdmin: person.isAdmin,
    isSsprRegistered: isRegistered(person),
    isSsprEnabled: isEnabled(person, story, day),
    isSsprCapable: isCapable(person, story, day),
    isMfaRegistered: strong,
    isMfaCapable: strong,
    isPasswordlessCapable: methods.some((method) => PASSWORDLESS.test(method)),
    lastUpdatedDateTime: '',
    methodsRegistered: [...methods],
    isSystemPreferredAuthenticationMethodEnabled: true,
    ...preferred(methods),
  };
}

function preferred(
  methods: string[],
): Pick<
  RegistrationRecord,
  'systemPreferredAuthenticationMethods' | 'userPreferredMethodForSecondaryAuthentication'
> {
  const preferences = (system: string[], own: string) => ({
    systemPreferredAuthenticationMethods: system,
    userPreferredMethodForSecondaryAuthentication: own,
  });
  if (methods.includes('microsoftAuthenticatorPush')) {
    return preferences(['PhoneAppNotification'], 'push');
  }
  if (methods.includes('mobilePhone')) return preferences(['sms'], 'sms');
  return preferences([], '');
}

export function userRow(person: SamplePerson): UserRecord {
  const { office, guest } = person;
  const ofMember = <T>(value: T) => (guest ? null : value);
  return {
    id: person.id,
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    givenName: person.given,
    surname: person.surname,
    mail: guest ? null : person.userPrincipalName,
    jobTitle: null,
    accountEnabled: person.accountEnabled,
    userType: person.userType && person.userType[0]?.toUpperCase() + person.userType.slice(1),
    department: ofMember(person.department.name),
    companyName: ofMember(person.company),
    country: ofMember(office.country),
    usageLocation: ofMember(office.code),
    city: ofMember(office.city),
    officeLocation: ofMember(office.name),
    createdDateTime: instant(person.createdAt),
    lastPasswordChangeDateTime: instant(person.lastPasswordAt),
    passwordPolicies: null,
    onPremisesSyncEnabled: person.synced || null,
    ...(person.managerId === null ? {} : { manager: { id: person.managerId } }),
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : graphInstant(at).replace(/\.\d+Z$/, 'Z');
}
