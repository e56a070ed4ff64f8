import type { OracleEnds } from './at-risk.ts';
import { type Chance, oddCase } from './chance.ts';
import { folded } from './expect-registration.ts';
import { isAtRisk, isOfType, type ListedPerson, type Matches } from './listed.ts';
import { methodCounts } from './registration.ts';

/** Some parameters of the list, and whom they let through. */
export interface ListFilter {
  name: string;
  parameters: [name: string, value: string][];
  matches: Matches;
}

type Draw = (like: ListedPerson) => ListFilter;

/** Texts that searches go wrong on; the rest are pieces of names. */
const HARD_SEARCHES = [
  '%',
  '_',
  '\\',
  '"',
  "'",
  '""',
  '*',
  ' ',
  '  ',
  ',',
  '=',
  'ß',
  'ss',
  'SS',
  'ẞ',
  'ü',
  'Ü',
  'ö',
  'ñ',
  'å',
  'é',
  'É',
  'É',
  'İ',
  'ı',
  'i',
  'σ',
  'ς',
  'ﬁ',
  'fi',
  'Ꭰ',
  '𝒵',
  '#e',
  '@l',
  'er1',
  'AND',
  'OR ',
  'nobody at all',
];

const RISK_DATES = ['2026-01-01', '2027-01-31', '2027-02-01', '2027-06-30', '2027-07-01'];
const WITHOUT = [
  'email',
  'mobilePhone,alternateMobilePhone',
  ' officePhone , softwareOneTimePasscode',
  'microsoftAuthenticatorPush,softwareOneTimePasscode,microsoftAuthenticatorPasswordless',
  'securityQuestion,hardwareOneTimePasscode',
  'brandNewMethod',
  'notAMethod',
];

/** Every filter of the list, each drawn so that it mostly lets somebody like `like` through. */
export function filterDraws(
  random: Chance,
  people: readonly ListedPerson[],
  { ends, exclusionIds }: { ends: OracleEnds; exclusionIds: readonly string[] },
): Draw[] {
  const one = (name: string, value: string, matches: Matches): ListFilter => ({
    name,
    parameters: [[name, value]],
    matches,
  });
  const flag = (name: 'capable' | 'registered' | 'enabled' | 'admin'): Draw => {
    return (like) => {
      const wanted = random.is(0.85) ? like[name] === true : random.is(0.5);
      return one(name, String(wanted), (person) => (person[name] === true) === wanted);
    };
  };
  const value = (name: 'department' | 'country'): Draw => {
    return (like) => {
      const wanted = random.is(0.85) ? like[name] : random.one(people)[name];
      return one(name, wanted ?? '', (person) => person[name] === wanted);
    };
  };
  const methods = [...methodCounts(people).keys(), 'notAMethod', 'EMAIL'];
  return [
    ({ reason }) => one('reason', reason, (person) => person.reason === reason),
    flag('capable'),
    flag('registered'),
    flag('enabled'),
    flag('admin'),
    value('department'),
    value('country'),
    (like) => {
      const text = random.is(0.3) ? random.one(HARD_SEARCHES) : pieceOf(random, like);
      return one('search', text, (person) => isFound(person, text));
    },
    (like) => {
      const wanted = random.is(0.9) ? like.manager?.id : random.guid();
      return one('manager', wanted ?? '', ({ manager }) => manager?.id === wanted);
    },
    (like) => one('done', String(like.done), ({ done }) => done === like.done),
    (like) => {
      const id = random.is(0.7) ? (like.exclusions[0] ?? '999') : random.one(exclusionIds);
      return one('exclusion', id, ({ exclusions }) => exclusions.includes(id));
    },
    (like) => {
      const method = random.is(0.7) ? (like.methods?.at(-1) ?? 'email') : random.one(methods);
      return one('method', method, (person) => person.methods?.includes(method) === true);
    },
    (like) => {
      const families = Math.min(3, random.is(0.8) ? like.depth : random.below(4));
      return one('families', String(families), ({ depth }) => Math.min(3, depth) === families);
    },
    (like) => {
      const family = like.families[0] ?? 'email';
      return one('onlyFamily', family, (person) => person.families.join() === family);
    },
    () => {
      const date = random.one(RISK_DATES);
      const required = random.one([undefined, 1, 2] as const);
      const without = random.is(0.5) ? random.one(WITHOUT) : undefined;
      const question = {
        date,
        ...(required && { required }),
        ...(without && { without: without.split(',').map((method) => method.trim()) }),
      };
      return {
        name: 'atRisk',
        parameters: [
          ['atRisk', date],
          ...(required ? [['required', String(required)] as [string, string]] : []),
          ...(without === undefined ? [] : [['without', without] as [string, string]]),
        ],
        matches: isAtRisk(question, ends),
      };
    },
  ];
}

/** Which kind of people, and whether those who are excluded too: filters that a list always has. */
export function standingFilters(random: Chance, like: ListedPerson): ListFilter[] {
  const userType = random.is(0.9) === (like.class === 'guest') ? 'guest' : 'member';
  const excluded = random.is(0.85) ? like.excluded : random.is(0.5);
  const said = (name: string, value: string, isDefault: boolean): [string, string][] =>
    isDefault && random.is(0.7) ? [] : [[name, value]];
  return [
    {
      name: 'userType',
      parameters: said('userType', userType, userType === 'member'),
      matches: isOfType(userType),
    },
    {
      name: 'excluded',
      parameters: said('excluded', String(excluded), !excluded),
      matches: (person) => excluded || !person.excluded,
    },
  ];
}

export function isFound({ name, userPrincipalName }: ListedPerson, text: string): boolean {
  return [name, userPrincipalName].some(
    (own) => own !== null && folded(own).includes(folded(text)),
  );
}

/** One to seven letters out of a name or address, in any case. */
function pieceOf(random: Chance, { name, userPrincipalName }: ListedPerson): string {
  const letters = [...(random.one([name, userPrincipalName]) ?? 'nameless')];
  const start = random.below(letters.length);
  const piece = letters.slice(start, start + 1 + random.below(random.is(0.5) ? 2 : 7)).join('');
  return random.is(0.5) ? piece : oddCase(random, piece);
}
