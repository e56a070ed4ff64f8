import type { UserRow } from '../../db/store/people.ts';
import type { RegistrationRow } from '../../db/store/snapshot.ts';
import { type Random, randomOf } from '../../demo/random.ts';
import { addDays, type Day, parseDay } from '../../domain/day.ts';

/** One person as a full daily copy holds them. */
export interface CopiedPerson {
  row: RegistrationRow;
  department: string | null;
  country: string | null;
}

/** Everybody in the registration report of a day, by object id. */
export interface CopiedDay {
  day: Day;
  people: Map<string, CopiedPerson>;
}

const DEPARTMENTS = ['Sales', 'Ops', 'Zoë & Söhne', '東京', null];
const COUNTRIES = ['AT', 'NP', 'at', null];
const METHODS = ['email', 'mobilePhone', 'alternateMobilePhone', 'officePhone', 'securityQuestion'];
const OTHERS = ['softwareOneTimePasscode', 'passKeyDeviceBound', 'teleport'];
const USER_TYPES = ['member', 'member', 'member', 'Member', 'guest', null, '', 'robot'];
const FLAGS = [true, true, false, null];

/** A small tenant's report on each of `days` days: people join, change, move, leave and come back. */
export function registrationDays(seed: number, days: number, people = 40): CopiedDay[] {
  const random = randomOf('registration', seed);
  const all = Array.from({ length: people }, (_, n) => aPerson(random, n));
  const present = new Set(all.slice(0, people * 0.75));
  return Array.from({ length: days }, (_, n) => {
    for (const one of all) {
      if (random.chance(0.04)) one.row = { ...one.row, state: aState(random) };
      if (random.chance(0.02)) one.department = random.pick(DEPARTMENTS);
      if (random.chance(0.02)) one.country = random.pick(COUNTRIES);
      if (random.chance(0.01)) one.row = { ...one.row, name: `${one.row.name}*` };
      if (random.chance(0.05)) present.has(one) ? present.delete(one) : present.add(one);
    }
    const people = new Map([...present].map((one) => [one.row.id, { ...one }]));
    return { day: addDays(parseDay('2026-01-15'), n), people };
  });
}

function aPerson(random: Random, n: number): CopiedPerson {
  const name = random.pick(['Ada', 'Bob', 'Çelik', 'ß', '李', null]);
  const row = { id: `person-${n}`, name: name && `${name} ${n}`, userPrincipalName: `p${n}@x` };
  const department = random.pick(DEPARTMENTS);
  return {
    row: { ...row, state: aState(random) },
    department,
    country: random.pick(COUNTRIES),
  };
}

function aState(random: Random): RegistrationRow['state'] {
  const some = [...METHODS, ...OTHERS].filter(() => random.chance(0.3));
  const flag = () => random.pick(FLAGS);
  return {
    admin: random.pick([false, false, false, true, null]),
    enabled: flag(),
    registered: flag(),
    capable: flag(),
    mfaCapable: flag(),
    methods: random.chance(0.1) ? null : some,
    userType: random.pick(USER_TYPES),
  };
}

/** The day's report as pages in any order, with some people on more than one of them. */
export function pagesOf({ people }: CopiedDay, random: Random): RegistrationRow[][] {
  const rows = [...people.values()].map(({ row }) => row);
  const again = rows.filter(() => random.chance(0.1));
  // Somebody may also be on an early page as they were a moment before.
  const early = rows
    .filter(() => random.chance(0.05))
    .map((row) => ({ ...row, state: aState(random) }));
  const mixed = shuffled([...rows, ...again], random);
  const pages: RegistrationRow[][] = [early];
  for (let i = 0; i < mixed.length; i += 9) pages.push(mixed.slice(i, i + 9));
  return pages;
}

/** The people of /users: everybody who is or was in a report. */
export function usersOf({ people }: CopiedDay): UserRow[] {
  return [...people.values()].map(({ row, department, country }) => ({
    id: row.id,
    name: row.name,
    userPrincipalName: row.userPrincipalName,
    department,
    country,
    office: null,
    company: 'Contoso',
    createdAt: null,
    accountEnabled: null,
    passwordChangedAt: null,
    passwordPolicies: null,
    onPremisesSynced: null,
  }));
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
