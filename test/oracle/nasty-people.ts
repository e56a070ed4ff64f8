import { type Chance, oddCase } from './chance.ts';
import type { Raw } from './raw.ts';

/** Somebody the audit records can speak of. */
export interface Known {
  id: string;
  displayName: string;
  userPrincipalName: string;
}

export interface NastyPeople {
  users: Raw[];
  report: Raw[];
  known: Known[];
}

const NAMES = [
  'Ana Ødegård',
  'Bérénice Ünal',
  'Chloé Żak',
  'Đorđe Šarić',
  'Εύα Παπαδόπουλος',
  'ΟΔΥΣΣΕΥΣ Σίγμας',
  'Фёдор Ёлкин',
  'İpek Işık',
  'Jörg Weiß',
  'JÜRGEN GROẞ',
  'ქეთი მელაძე',
  '李 小龍',
  'ﬁona Æther',
  "Quinn O'Brien",
  'Rob_ert 100% Ray',
  'Back\\slash Bo',
  'Ｆｕｌｌ Ｗｉｄｔｈ',
  '𐐔𐐯𐑅𐐨𐑉𐐯𐐻 Deseret',
  'Zoë Zöe',
  'plain jane',
  'PLAIN JANE',
  'Émile Éluard',
  'emile eluard',
  'Ａda',
  'Կարեն Սարգսյան',
  'Ꭰma',
];
const METHOD_SETS: unknown[] = [
  [],
  [],
  ['mobilePhone'],
  ['mobilePhone', 'alternateMobilePhone'],
  ['mobilePhone', 'email'],
  ['email'],
  ['officePhone'],
  ['securityQuestion'],
  ['securityQuestion', 'email'],
  ['microsoftAuthenticatorPush'],
  ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'],
  ['microsoftAuthenticatorPasswordless'],
  ['hardwareOneTimePasscode', 'mobilePhone', 'email', 'officePhone'],
  ['fido2SecurityKey'],
  ['windowsHelloForBusiness', 'passKeyDeviceBound'],
  ['brandNewMethod'],
  ['toString', 'mobilePhone'],
  [
    'mobilePhone',
    'email',
    'officePhone',
    'securityQuestion',
    'softwareOneTimePasscode',
    'hardwareOneTimePasscode',
  ],
  ['MobilePhone'],
  ['brandNewMethod', 'email'],
  ['email', 'email'],
];
const USER_TYPES = ['member', 'Member', 'MEMBER', 'guest', 'Guest', null, '', 'unknownFutureValue'];
const TYPE_WEIGHTS = [60, 5, 3, 10, 3, 5, 3, 4];
const DEPARTMENTS = [
  'Sales',
  ' Sales',
  'sales',
  'Sales\t',
  'R&D',
  '研究',
  'Ärzte',
  null,
  '',
  '   ',
  '100%_',
  "O'Dept",
];
const COUNTRIES = ['Austria', 'Österreich', 'null', null, '', 'US '];

function typeOf(random: Chance): string | null {
  let left = random.next() * TYPE_WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of TYPE_WEIGHTS.entries()) {
    left -= weight;
    if (left < 0) return USER_TYPES[index] ?? null;
  }
  return 'member';
}

/** `count` people as the registration report and /users know them, with every oddity the two have shown. */
export function nastyPeople(random: Chance, count: number, now: number): NastyPeople {
  const people: NastyPeople = { users: [], report: [], known: [] };
  for (let number = 0; number < count; number += 1) addPerson(people, random, number, now);
  return people;
}

function addPerson(
  { users, report, known }: NastyPeople,
  random: Chance,
  number: number,
  now: number,
) {
  const id = random.guid();
  const userType = typeOf(random);
  const displayName = number % 3 === 0 ? `${random.one(NAMES)} ${number}` : random.one(NAMES);
  const guest = userType?.toLowerCase() === 'guest';
  const local = guest ? `Guest${number}_gmail.com#EXT#` : oddCase(random, `user${number}`);
  const userPrincipalName = `${local}@larkfield.example`;
  known.push({ id, displayName, userPrincipalName });
  const inReport = random.is(0.92);
  if (inReport) report.push(reportRow(random, { id, displayName, userPrincipalName, userType }));
  if (inReport && random.is(0.04)) return; // not in /users
  const created = random.is(0.8) ? now - (40 + random.below(2000)) * 86_400_000 : null;
  users.push({
    id: random.is(0.2) ? id.toUpperCase() : id,
    displayName,
    userPrincipalName,
    userType: guest ? 'Guest' : 'Member',
    accountEnabled: inReport ? random.is(0.95) : false,
    department: random.one(DEPARTMENTS),
    country: random.one(COUNTRIES),
    officeLocation: random.is(0.5) ? ` Office ${random.below(4)}` : null,
    ...(random.is(0.5) ? { companyName: random.one(['Lark', 'Lark ', null]) } : {}),
    createdDateTime: created === null ? null : new Date(created).toISOString(),
    lastPasswordChangeDateTime: null,
    passwordPolicies: null,
    onPremisesSyncEnabled: null,
  });
}

function reportRow(random: Chance, person: Known & { userType: string | null }): Raw {
  const methods = random.one(METHOD_SETS) as string[];
  const registered = random.is(0.9) ? methods.length > 0 : random.is(0.5);
  const enabled = random.is(0.75);
  const row: Raw = {
    id: random.is(0.2) ? oddCase(random, person.id) : person.id,
    userPrincipalName: person.userPrincipalName,
    userDisplayName: random.is(0.03) ? null : person.displayName,
    userType: person.userType,
    isAdmin: random.is(0.1) ? true : random.is(0.05) ? null : false,
    isSsprRegistered: registered,
    isSsprEnabled: enabled,
    isSsprCapable: random.is(0.95) ? registered && enabled : random.is(0.5),
    isMfaRegistered: methods.length > 0,
    isMfaCapable: random.is(0.6),
    isPasswordlessCapable: false,
    lastUpdatedDateTime: '2026-03-02T03:30:00.1234567Z',
    methodsRegistered: methods,
    systemPreferredAuthenticationMethods: ['PhoneAppNotification'],
    userPreferredMethodForSecondaryAuthentication: '',
    addedLastTuesday: { nested: [1] },
  };
  if (person.userType === null && random.is(0.5)) delete row.userType;
  const missing = [
    'isSsprRegistered',
    'isSsprEnabled',
    'isSsprCapable',
    'methodsRegistered',
    'isMfaCapable',
  ];
  for (const field of missing) {
    if (random.is(0.015)) row[field] = null;
    else if (random.is(0.01)) delete row[field];
  }
  return row;
}
