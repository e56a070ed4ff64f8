import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import type { Named } from '../audit-record.ts';
import type { Random } from '../random.ts';
import { guidOf, hash32 } from '../random.ts';
import type { Name } from './names.ts';
import type { Department, Office } from './organisation.ts';
import { DEPARTMENTS, DOMAIN, OFFICES, STAFFING_COMPANY } from './organisation.ts';
import { RATES } from './rates.ts';

/** Somebody of Larkfield: what does not change, and below it what does. */
export interface SamplePerson extends Named {
  /** Number of the person, from 0; never given twice. */
  index: number;
  given: string;
  surname: string;
  guest: boolean;
  /** As the registration report spells it; null for some. */
  userType: string | null;
  isAdmin: boolean | null;
  office: Office;
  company: string;
  /** Null for a few accounts older than the property. */
  createdAt: number | null;
  /** Number of the day on which the account appeared; 0 for those there from the beginning. */
  joined: number;
  /** Works for the staffing company, which is not in the group that may reset passwords. */
  outOfScope: boolean;
  /** Loses the licence with that turn of the story. */
  temporary: boolean;
  /** Synchronised from the on-premises directory. */
  synced: boolean;
  /** Needs for a new password a day, before weekday, season and newness. */
  needRate: number;
  /** Readiness to register, 1 is average. */
  readiness: number;
  /** Added to the probability of going to self-service first. */
  liking: number;
  /** The address the person comes from when not in the office. */
  home: string;

  department: Department;
  methods: string[];
  licensed: boolean;
  /** Counts as registered by a phone number of the directory, whatever the methods say. */
  fromDirectory: boolean;
  /** Lost capability when the questions went, and knows it. */
  stranded: boolean;
  accountEnabled: boolean;
  lastPasswordAt: number | null;
  /** Object id; stays that of somebody who left until the place is taken. */
  managerId: string | null;
  /** Number of the day of leaving. */
  left: number | null;
}

export interface PersonParts {
  index: number;
  seed: number;
  name: Name;
  random: Random;
  /** Number of the day of joining, and its start (UTC ms); day 0 makes an account of years ago. */
  joined: number;
  startOfDay: number;
  guest: boolean;
}

export function newPerson(parts: PersonParts): SamplePerson {
  const { index, seed, name, random, joined, guest } = parts;
  const department = random.weighted(DEPARTMENTS.map((each) => [each, each.weight] as const));
  const outOfScope = !guest && random.chance(0.024);
  const reluctant = random.chance(RATES.reluctant);
  return {
    ...{ index, guest, joined, department, outOfScope },
    ...{ given: name.given, surname: name.surname },
    id: guidOf(hash32(seed, 'person'), index),
    displayName: `${name.given} ${name.surname}`,
    userPrincipalName: principalName(name, guest),
    userType: userTypeOf(guest, random),
    isAdmin: random.chance(0.004) ? null : false,
    office: random.weighted(OFFICES.map((each) => [each, each.weight] as const)),
    company: outOfScope ? STAFFING_COMPANY : department.company,
    createdAt: createdAt(parts),
    temporary: !guest && department.wave === 'retail' && random.chance(0.14),
    synced: !guest && random.chance(0.8),
    needRate: (RATES.needsPerYear / 365) * gamma(RATES.needShape, random),
    readiness: reluctant ? 0.025 : department.readiness * random.between(0.5, 1.5),
    liking: random.normal() * 0.12,
    home: homeAddress(index, random),
    methods: [],
    licensed: true,
    fromDirectory: false,
    stranded: false,
    accountEnabled: true,
    lastPasswordAt: null,
    managerId: null,
    left: null,
  };
}

function principalName({ local }: Name, guest: boolean): string {
  // Guests carry their own address in the name; the # in it must be escaped in every link.
  return guest
    ? `${local}_partner.example#EXT#@larkfield.onmicrosoft.example`
    : `${local}@${DOMAIN}`;
}

function userTypeOf(guest: boolean, random: Random): string | null {
  if (guest) return 'guest';
  return random.chance(0.005) ? null : 'member';
}

function createdAt({ joined, startOfDay, random }: PersonParts): number | null {
  if (joined > 0) return startOfDay + 5 * HOUR_MS + random.int(3 * HOUR_MS);
  if (random.chance(0.01)) return null;
  return startOfDay - Math.floor(random.between(30, 3_000)) * DAY_MS;
}

/** Mean 1. A sum of exponentials would need a whole shape; this takes the power of a uniform (Ahrens-Dieter). */
function gamma(shape: number, random: Random): number {
  const bound = 1 + shape / Math.E;
  for (;;) {
    const u = bound * random.next();
    const v = random.exponential(1);
    if (u <= 1) {
      const x = u ** (1 / shape);
      if (x <= v) return x / shape;
    } else {
      const x = -Math.log((bound - u) / shape);
      if ((1 - shape) * Math.log(x) <= v) return x / shape;
    }
  }
}

function homeAddress(index: number, random: Random): string {
  if (random.chance(0.22))
    return `2001:db8:${(index % 65_535).toString(16)}::${1 + random.int(250)}`;
  return random.chance(0.5)
    ? `198.51.100.${1 + random.int(250)}`
    : `192.0.2.${30 + random.int(220)}`;
}
