import type { RegistrationRecord, UserRecord } from '../demo/graph-shapes.ts';
import { guidOf, hash32, type Random, randomOf } from '../demo/random.ts';
import { extraMethods, registeredSet, singleMethod } from '../demo/sample/method-sets.ts';
import { type Name, nameGiver } from '../demo/sample/names.ts';
import { signedIn } from '../demo/world.ts';

const SEED = 4711;
/** Share of people whose registration differs from the day before. */
export const CHURN = 0.003;

/** How finely a tenant of a size is divided; departments, countries and offices grow with it up to a limit. */
interface Divisions {
  departments: number;
  countries: number;
}

export function divisionsOf(people: number): Divisions {
  return {
    departments: Math.min(200, Math.max(20, Math.round(people / 1000))),
    countries: Math.min(40, Math.max(10, Math.round(people / 2000))),
  };
}

/** Names of the first `people` people; somebody's name does not depend on how many there are. */
export function namesOf(people: number): Name[] {
  const give = nameGiver();
  return Array.from({ length: people }, give);
}

export const departmentName = (number: number): string => `Department ${number + 1}`;
export const principalName = ({ local }: Name): string => `${local}@bench.example`;

/**
 * Who changes on a day: `CHURN` of the people. Day 0 is the beginning: nobody does.
 * Somebody's record on a day is that of the last day on which they changed.
 */
export function changedOn(day: number, people: number): Set<number> {
  const changed = new Set<number>();
  if (day === 0) return changed;
  const random = randomOf(SEED, 'changed', day);
  const count = Math.round(people * CHURN);
  while (changed.size < count) changed.add(random.int(people));
  return changed;
}

interface Registered {
  enabled: boolean;
  registered: boolean;
  methods: string[];
}

function drawn(random: Random): Registered {
  const enabled = random.chance(0.9);
  const kind = random.next();
  const chosen =
    kind < 0.66 ? registeredSet(random, [], true) : kind < 0.8 ? singleMethod(random) : [];
  return { enabled, registered: kind < 0.66, methods: [...chosen, ...extraMethods(random)] };
}

/** What somebody has registered since they changed on day `since`; never what it was at the beginning. */
function registeredSince(number: number, since: number): Registered {
  const first = drawn(randomOf(SEED, 'registered', number));
  if (since === 0) return first;
  const random = randomOf(SEED, 'registered', number, since);
  const before = JSON.stringify(first);
  for (;;) {
    const now = drawn(random);
    if (JSON.stringify(now) !== before) return now;
  }
}

/** Somebody's row of the registration report. `refreshedAt` is the report's, the same for everybody. */
export function registrationRecord(
  number: number,
  name: Name,
  { since, refreshedAt }: { since: number; refreshedAt: string },
): RegistrationRecord {
  const { enabled, registered, methods } = registeredSince(number, since);
  const chance = hash32(SEED, 'who', number) / 2 ** 32;
  return {
    id: guidOf(SEED, number),
    userPrincipalName: principalName(name),
    userDisplayName: `${name.given} ${name.surname}`,
    userType: chance < 0.08 ? 'guest' : chance < 0.082 ? null : 'member',
    isAdmin: chance > 0.992,
    isSsprRegistered: registered,
    isSsprEnabled: enabled,
    isSsprCapable: enabled && registered,
    isMfaRegistered: methods.length > 0,
    isMfaCapable: methods.length > 0,
    isPasswordlessCapable: methods.includes('fido2SecurityKey'),
    lastUpdatedDateTime: refreshedAt,
    methodsRegistered: methods,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: methods.slice(0, 1),
    userPreferredMethodForSecondaryAuthentication: methods.length > 0 ? 'push' : 'none',
  };
}

/** Somebody's row of /users. Departments and countries differ in size; an office lies in one country. */
export function userRecord(number: number, name: Name, divisions: Divisions): UserRecord {
  const random = randomOf(SEED, 'user', number);
  const country = Math.floor(random.next() ** 2 * divisions.countries);
  return {
    id: guidOf(SEED, number),
    displayName: `${name.given} ${name.surname}`,
    userPrincipalName: principalName(name),
    givenName: name.given,
    surname: name.surname,
    mail: principalName(name),
    jobTitle: null,
    accountEnabled: random.chance(0.98),
    userType: 'Member',
    department: departmentName(Math.floor(random.next() ** 2 * divisions.departments)),
    companyName: `Company ${(country % 4) + 1}`,
    country: `Country ${country + 1}`,
    usageLocation: null,
    city: null,
    officeLocation: `Office ${country + 1}-${random.int(3) + 1}`,
    // A fifth of the accounts are made in the years of the history.
    createdDateTime: new Date(Date.UTC(2015, 0, 1 + random.int(5_100))).toISOString(),
    lastPasswordChangeDateTime: new Date(Date.UTC(2025, 0, 1 + random.int(360))).toISOString(),
    passwordPolicies: null,
    onPremisesSyncEnabled: random.chance(0.7) ? true : null,
    manager: { id: guidOf(SEED, Math.floor(number / 12)) },
    signInActivity: signedIn(new Date(Date.UTC(2026, 0, 1 + random.int(4), 8)).toISOString()),
  };
}
