import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { PeopleAsked } from '../../db/queries/people-question.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { recell } from '../../db/store/person-cells.ts';
import { storeNote } from '../../db/store/person-notes.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import { atRiskRule } from '../../domain/at-risk.ts';
import { type Day, parseDay } from '../../domain/day.ts';
import { families } from '../../domain/method.ts';
import { type RegistrationState, reasonOf } from '../../domain/registration.ts';
import { fold } from '../../domain/text.ts';

/** Everything the list knows of somebody in the report, as a test made it up. */
export interface ListedPerson {
  id: string;
  name: string | null;
  userPrincipalName: string | null;
  department: string | null;
  country: string | null;
  state: RegistrationState;
  managerId: string | null;
  excluded: boolean;
  done: boolean;
  note: string | null;
  /** Of exclusions that hold. */
  exclusions: number[];
  callOrder: number;
}

export const DAY = parseDay('2026-03-01');

export const RISK = {
  requiredMethods: 1 as const,
  smsVoiceEnd: parseDay('2027-02-01'),
  smsVoiceEndGlobalAdmins: parseDay('2027-07-01'),
  ownTelephony: false,
  globalAdministrators: ['id-3', 'id-7', 'id-11', 'nobody'],
};

const NAMES = ['Ada', 'ada', 'Åsa', 'ß Straße', '李', "O'Brien", '100%_\\', '"q"', '=cmd', '', ' '];
const DEPARTMENTS = [null, 'Sales', 'sales', 'Zoë & Söhne', '東京', '1:a,1:b'];
const COUNTRIES = [null, 'AT', 'at', '0', '😀'];
const METHODS = [
  'email',
  'mobilePhone',
  'alternateMobilePhone',
  'officePhone',
  'securityQuestion',
  'softwareOneTimePasscode',
  'microsoftAuthenticatorPush',
  'passKeyDeviceBound',
  'teleport',
];
const MANAGERS = [null, 'id-1', 'id-2', 'gone'];

const flag = fc.constantFrom(true, true, false, null);
const text = (values: readonly string[]) => fc.constantFrom(...values);

const aState: fc.Arbitrary<RegistrationState> = fc.record({
  admin: fc.constantFrom(false, false, true, null),
  enabled: flag,
  registered: flag,
  capable: flag,
  mfaCapable: flag,
  methods: fc.option(fc.subarray(METHODS, { maxLength: 4 }), { freq: 8 }),
  userType: fc.constantFrom('member', 'member', 'member', 'Member', 'guest', null, '', 'robot'),
});

const aPerson: fc.Arbitrary<Omit<ListedPerson, 'id'>> = fc.record({
  name: fc.option(
    fc.tuple(text(NAMES), fc.nat(30)).map(([name, n]) => (n < 9 ? name : `${name} ${n}`)),
    { freq: 9 },
  ),
  userPrincipalName: fc.option(
    fc.nat(99).map((n) => `P${n}@Contoso.example`),
    { freq: 9 },
  ),
  department: fc.constantFrom(...DEPARTMENTS),
  country: fc.constantFrom(...COUNTRIES),
  state: aState,
  managerId: fc.constantFrom(...MANAGERS),
  excluded: fc.constantFrom(false, false, false, true),
  done: fc.constantFrom(false, false, true),
  note: fc.constantFrom(null, 'called', '-1+2'),
  exclusions: fc.subarray([1, 2], { maxLength: 2 }),
  callOrder: fc.constantFrom(0, -1, -2, -2_500_000),
});

/** Some dozens of people, few of whom are alike. */
export const someListed: fc.Arbitrary<ListedPerson[]> = fc
  .array(aPerson, { minLength: 1, maxLength: 70 })
  .map((people) => people.map((person, n) => ({ ...person, id: `id-${n}` })));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

export type ListFilter = Omit<PeopleAsked, 'tenantId'>;

/** Any combination of filters, most of them off. */
export const aFilter: fc.Arbitrary<ListFilter> = fc.record({
  userType: fc.constantFrom('member' as const, 'member' as const, 'guest' as const),
  reason: rarely(
    fc.constantFrom(
      'capable' as const,
      'unknown' as const,
      'not_enabled' as const,
      'too_few_methods' as const,
    ),
  ),
  capable: rarely(fc.boolean()),
  registered: rarely(fc.boolean()),
  enabled: rarely(fc.boolean()),
  admin: rarely(fc.boolean()),
  department: rarely(fc.constantFrom(...DEPARTMENTS.map((value) => value ?? ''), 'none')),
  country: rarely(fc.constantFrom(...COUNTRIES.map((value) => value ?? ''))),
  excluded: maybe(fc.boolean()),
  search: rarely(
    fc.constantFrom(
      'ada',
      'ADA ',
      'å',
      'SS',
      'p1',
      'contoso',
      '"',
      "'",
      '%_',
      '李',
      'nobody',
      '@con',
      'P2',
    ),
  ),
  manager: rarely(fc.constantFrom('', 'id-1', 'gone', 'none')),
  done: rarely(fc.boolean()),
  exclusion: rarely(fc.constantFrom(1, 2, 3)),
  method: rarely(fc.constantFrom('email', 'teleport', 'none')),
  families: rarely(fc.constantFrom('0' as const, '1' as const, '2' as const, '3' as const)),
  onlyFamily: rarely(fc.constantFrom('email' as const, 'mobile_phone' as const)),
  atRisk: rarely(fc.constantFrom('2026-05-01' as Day, '2027-03-01' as Day, '2027-08-01' as Day)),
  required: fc.constantFrom(undefined, 1, 2),
  without: fc.constantFrom(undefined, ['email']),
  riskSettings: fc.constant(RISK),
});

/** Puts people into a database as a collection would, with what admins have added. */
export async function storeListed(
  lease: HeldLease,
  people: readonly ListedPerson[],
): Promise<void> {
  const { store, tenantId } = lease;
  const rest = {
    office: null,
    company: null,
    createdAt: null,
    accountEnabled: true,
    passwordChangedAt: null,
    passwordPolicies: null,
    onPremisesSynced: null,
  };
  await storePeople(
    lease,
    people.map(({ id, name, userPrincipalName, department, country, managerId }) => ({
      ...{ id, name, userPrincipalName, department, country, managerId },
      ...rest,
    })),
  );
  const ingest = await SnapshotIngest.begin(lease, { takenAt: Date.UTC(2026, 2, 1), day: DAY });
  await ingest.page([...people]);
  await ingest.leavers();
  const { id, people: size } = ingest;
  await publishSnapshot(lease, { id, people: size, rejected: 0, totals: [] });
  await store.tx(async (db) => {
    const { person, personExclusion } = store.t;
    const numbers = new Map(
      (await db.select().from(person).where(eq(person.tenantId, tenantId))).map((row) => [
        row.objectId,
        row.id,
      ]),
    );
    for (const one of people) {
      const number = numbers.get(one.id) ?? 0;
      await db
        .update(person)
        .set({ excluded: one.excluded, callOrder: one.callOrder })
        .where(sql`${person.tenantId} = ${tenantId} and ${person.id} = ${number}`);
      for (const exclusionId of one.exclusions)
        await db
          .insert(personExclusion)
          .values({ tenantId, personId: number, exclusionId, firstDay: DAY });
    }
    await recell(store, db, tenantId, [...numbers.values()]);
  });
  for (const { id, note, done } of people)
    if (note !== null || done)
      await storeNote(store, { tenantId, id, note, done, author: 'Test', now: 0 });
}

/** Whether somebody is on the list, as server/contract/people.ts says; `left` filters are left out. */
export function isListed(
  person: ListedPerson,
  filter: ListFilter,
  left: readonly string[] = [],
): boolean {
  const asks = (name: keyof ListFilter) => filter[name] !== undefined && !left.includes(name);
  const { state } = person;
  const own = families(state.methods ?? [], { admin: state.admin === true });
  if (!left.includes('userType') && kindOf(person) !== filter.userType) return false;
  if (kindOf(person) === 'other') return false;
  if (!left.includes('excluded') && filter.excluded !== true && person.excluded) return false;
  if (asks('reason') && reasonOf(state) !== filter.reason) return false;
  for (const name of ['capable', 'registered', 'enabled', 'admin'] as const)
    if (asks(name) && (state[name] === true) !== filter[name]) return false;
  for (const name of ['department', 'country'] as const)
    if (asks(name) && (person[name] ?? '') !== filter[name]) return false;
  const needle = fold(filter.search ?? '');
  const texts = [person.name ?? '', person.userPrincipalName ?? ''].map(fold);
  if (!texts.some((one) => one.includes(needle))) return false;
  if (asks('manager') && (person.managerId ?? '') !== filter.manager) return false;
  if (asks('done') && person.done !== filter.done) return false;
  if (filter.exclusion !== undefined && !person.exclusions.includes(filter.exclusion)) return false;
  if (filter.method !== undefined && !state.methods?.includes(filter.method)) return false;
  if (filter.families !== undefined && String(Math.min(3, own.size)) !== filter.families)
    return false;
  if (filter.onlyFamily !== undefined && [...own].join() !== filter.onlyFamily) return false;
  if (filter.atRisk === undefined) return true;
  const { atRisk: date, required, without } = filter;
  const rule = atRiskRule({ date, required, without, settings: RISK });
  return rule.judge(state, RISK.globalAdministrators.includes(person.id)) === 'at_risk';
}

export function kindOf({ state: { userType } }: ListedPerson): 'member' | 'guest' | 'other' {
  const type = (userType ?? '').toLowerCase() || 'member';
  return type === 'member' || type === 'guest' ? type : 'other';
}

/** The value that a facet counts somebody under. */
export function facetValue(person: ListedPerson, facet: string): string | null {
  const { state } = person;
  if (facet === 'reason') return reasonOf(state);
  if (facet === 'userType') return kindOf(person);
  if (facet === 'department' || facet === 'country') return person[facet];
  if (facet === 'excluded') return String(person.excluded);
  return String(state[facet as 'capable' | 'registered' | 'enabled' | 'admin'] === true);
}
