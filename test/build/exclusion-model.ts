import { addDays, type Day } from '../../domain/day.ts';
import type { ExclusionRule } from '../../domain/exclusion.ts';
import { families } from '../../domain/method.ts';
import { fold } from '../../domain/text.ts';
import type { CopiedDay, CopiedPerson } from './registration-days.ts';

interface ModelExclusion {
  /** Object id; null: a rule. */
  who: string | null;
  rule: ExclusionRule | null;
  first: Day;
  until: Day | null;
  ended: Day | null;
  /** Of a rule: whom it matched when it was last asked on a day. */
  asked: Map<Day, Set<string>>;
}

/** Exclusions in the plainest way: who is out on which day is worked out from all that was ever done. */
export class ExclusionModel {
  readonly exclusions = new Map<number, ModelExclusion>();
  /** Everybody as last heard of. */
  readonly known = new Map<string, CopiedPerson>();

  hear({ people }: CopiedDay): void {
    for (const [id, one] of people) this.known.set(id, one);
  }

  add(id: number, given: Pick<ModelExclusion, 'who' | 'rule' | 'first' | 'until'>): void {
    this.exclusions.set(id, { ...given, ended: null, asked: new Map() });
  }

  end(id: number, day: Day): void {
    const one = this.exclusions.get(id);
    if (one) one.ended = day;
  }

  /** Rules are asked of everybody known. */
  askRules(day: Day): void {
    for (const one of this.exclusions.values())
      if (one.rule && inForce(one, day)) {
        const { rule } = one;
        const matched = [...this.known].filter(([, person]) => matches(rule, person));
        one.asked.set(day, new Set(matched.map(([id]) => id)));
      }
  }

  isOut(id: string, day: Day): boolean {
    return [...this.exclusions.values()].some(
      (one) => inForce(one, day) && (one.who === id || lastAsked(one, day).has(id)),
    );
  }

  /** Numbers of exclusions that hold on `day`. */
  active(day: Day): number[] {
    return [...this.exclusions].filter(([, one]) => inForce(one, day)).map(([id]) => id);
  }
}

const inForce = ({ first, until, ended }: ModelExclusion, day: Day) =>
  first <= day && (until === null || day < until) && (ended === null || day < ended);

function lastAsked({ asked }: ModelExclusion, day: Day): Set<string> {
  const days = [...asked.keys()].filter((one) => one <= day).sort();
  return asked.get(days.at(-1) ?? addDays(day, 1)) ?? new Set();
}

/** Only what the tests use. */
function matches({ field, match, value }: ExclusionRule, person: CopiedPerson): boolean {
  const { name, userPrincipalName } = person.row;
  const text = { name, userPrincipalName, department: person.department }[field as 'name'] ?? '';
  const [long, short] = [fold(text), fold(value)];
  if (text === '') return false;
  if (match === 'starts_with') return long.slice(0, short.length) === short;
  if (match === 'ends_with') return long.slice(-short.length) === short;
  return match === 'equals' ? long === short : long.split(short).length > 1;
}

export const isMember = ({ row: { state } }: CopiedPerson): boolean =>
  ['', 'member'].includes((state.userType ?? '').toLowerCase());

/** Every count of one snapshot, counted over the whole copy. */
export function countedCopy(copy: CopiedDay, out: (id: string) => boolean) {
  const all = [...copy.people.values()];
  const members = all.filter(isMember);
  const population = members.filter(({ row }) => !out(row.id));
  const by = (value: (one: CopiedPerson) => string) =>
    Object.fromEntries(
      [...Map.groupBy(population, value)].map(([key, group]) => [key, flags(group)]),
    );
  const familiesOf = ({ row: { state } }: CopiedPerson) => [
    ...families(state.methods ?? [], { admin: state.admin === true }),
  ];
  const having = tally(population.flatMap(familiesOf));
  const only = tally(population.map(familiesOf).flatMap((own) => (own.length === 1 ? own : [])));
  return {
    all: flags(population),
    excluded: flags(members.filter(({ row }) => out(row.id))),
    department: by((one) => one.department ?? ''),
    country: by((one) => one.country ?? ''),
    company: by(() => 'Contoso'),
    admin: by(({ row }) => String(row.state.admin === true)),
    methods: tally(population.flatMap(({ row }) => [...new Set(row.state.methods)])),
    depth: tally(population.map((one) => String(familiesOf(one).length))),
    families: Object.fromEntries(
      Object.entries(having).map(([name, people]) => [name, [people, only[name] ?? 0]]),
    ),
    states: population.length,
    unknownAdmin: population.filter(({ row }) => row.state.admin === null).length,
  };
}

const NOBODY = { population: 0, enabled: 0, registered: 0, capable: 0, mfaCapable: 0 };

export function flags(group: readonly CopiedPerson[]): typeof NOBODY {
  const flag = (name: 'enabled' | 'registered' | 'capable' | 'mfaCapable') =>
    group.filter(({ row }) => row.state[name] === true).length;
  return {
    population: group.length,
    enabled: flag('enabled'),
    registered: flag('registered'),
    capable: flag('capable'),
    mfaCapable: flag('mfaCapable'),
  };
}

function tally(values: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const value of values) found[value] = (found[value] ?? 0) + 1;
  return found;
}

/** Who changed sides from one snapshot to the next, person by person. */
export function countedMoves(
  before: { copy: CopiedDay; out: (id: string) => boolean },
  now: { copy: CopiedDay; out: (id: string) => boolean },
) {
  const moves = { gained: 0, lost: 0, arrived: 0, departed: 0 };
  const ids = new Set([...before.copy.people.keys(), ...now.copy.people.keys()]);
  for (const id of ids) {
    const [a, b] = [before, now].map(({ copy, out }) => {
      const one = copy.people.get(id);
      const counts = one !== undefined && isMember(one) && !out(id);
      return { counts, capable: counts && one.row.state.capable === true };
    }) as [{ counts: boolean; capable: boolean }, { counts: boolean; capable: boolean }];
    if (b.capable && !a.capable) moves[a.counts ? 'gained' : 'arrived'] += 1;
    if (a.capable && !b.capable) moves[b.counts ? 'lost' : 'departed'] += 1;
  }
  return moves;
}
