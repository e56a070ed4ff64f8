import { dayAt } from './days.ts';
import { folded } from './expect-registration.ts';
import { guidOf, type Raw, textOf } from './raw.ts';
import { type OraclePerson, peopleOf, type SnapshotSeen } from './registration.ts';

export interface Taken {
  takenAt: number;
  day: string;
  /** Everybody of the report, of whatever class. */
  people: ReadonlyMap<string, OraclePerson>;
}

export interface OracleRule {
  field: 'userPrincipalName' | 'name' | 'department' | 'country' | 'office' | 'company';
  match: 'starts_with' | 'ends_with' | 'contains' | 'equals';
  value: string;
}

export interface OracleExclusion {
  id: string;
  /** Null: a rule. */
  person: string | null;
  rule: OracleRule | null;
  firstDay: string;
  until: string | null;
  endedOn: string | null;
  /** Whom a rule matched at its last asking on each day. */
  matched: Map<string, ReadonlySet<string>>;
}

export interface OracleNote {
  note: string | null;
  done: boolean;
}

export interface UserSeen {
  name: string | null;
  manager: string | null;
  lastSignInAt: string | null;
  /** UTC ms. */
  createdAt: number | null;
}

/** All that a tenant and its admin have done, in order; every figure follows from it. */
export class Chronicle {
  readonly timeZone: string;
  readonly snapshots: Taken[] = [];
  readonly exclusions: OracleExclusion[] = [];
  readonly notes = new Map<string, OracleNote>();
  /** From /users as last read. */
  users: ReadonlyMap<string, UserSeen> = new Map();
  /** As the report told last. */
  readonly #reported = new Map<string, OraclePerson>();
  /** Everybody as last heard of. */
  readonly #known = new Map<string, OraclePerson>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  dayOf(at: number): string {
    return dayAt(at, this.timeZone);
  }

  collected(snapshot: SnapshotSeen): void {
    const people = new Map(peopleOf(snapshot).map((person) => [person.id, person]));
    this.#hear(snapshot, people);
    const day = this.dayOf(snapshot.takenAt);
    this.snapshots.push({ takenAt: snapshot.takenAt, day, people });
    this.users = new Map(snapshot.users.map((user) => [guidOf(user.id) ?? '', userOf(user)]));
    for (const exclusion of this.exclusions) this.#ask(exclusion, day);
  }

  /** People outside of the report are known too: by /users, and by what it said of them before. */
  #hear({ takenAt, users }: SnapshotSeen, people: ReadonlyMap<string, OraclePerson>): void {
    const byUsers = peopleOf({ takenAt, users, report: users.map(asRow) });
    for (const person of byUsers) {
      const { name, userPrincipalName } = this.#reported.get(person.id) ?? person;
      this.#known.set(person.id, { ...person, name, userPrincipalName });
    }
    for (const [id, person] of people) {
      this.#known.set(id, person);
      this.#reported.set(id, person);
    }
  }

  /** As the report names them, or did last; who never was in it is named by /users. */
  nameOf(id: string): string | null {
    return (this.#reported.get(id) ?? this.users.get(id))?.name ?? null;
  }

  exclude(given: Pick<OracleExclusion, 'id' | 'person' | 'rule' | 'until'>, now: number): void {
    const firstDay = this.dayOf(now);
    const exclusion = { ...given, firstDay, endedOn: null, matched: new Map() };
    this.exclusions.push(exclusion);
    this.#ask(exclusion, firstDay);
  }

  end(id: string, now: number): void {
    for (const one of this.exclusions) if (one.id === id) one.endedOn = this.dayOf(now);
  }

  #ask(exclusion: OracleExclusion, day: string): void {
    const { rule } = exclusion;
    if (!rule) return;
    const matched = [...this.#known.values()].filter((person) => isMatched(rule, person));
    exclusion.matched.set(day, new Set(matched.map(({ id }) => id)));
  }

  /** Whether `exclusion` holds for the person on a day; days after the last asking are as that one. */
  holds(exclusion: OracleExclusion, id: string, day: string): boolean {
    const { firstDay, until, endedOn, person, matched } = exclusion;
    if (day < firstDay || (until !== null && day >= until)) return false;
    if (endedOn !== null && day >= endedOn) return false;
    if (person !== null) return person === id;
    const asked = [...matched.keys()].filter((one) => one <= day).at(-1);
    return asked !== undefined && matched.get(asked)?.has(id) === true;
  }

  isExcluded(id: string, day: string): boolean {
    return this.exclusions.some((exclusion) => this.holds(exclusion, id, day));
  }

  /** The last snapshot of each day, oldest first. */
  lastOfDays(): Taken[] {
    return [...new Map(this.snapshots.map((taken) => [taken.day, taken])).values()];
  }

  populationOf({ people, day }: Taken): Map<string, OraclePerson> {
    const counts = (person: OraclePerson) =>
      (person.class === 'member' || person.class === 'unknown_type') &&
      !this.isExcluded(person.id, day);
    return new Map([...people].filter(([, person]) => counts(person)));
  }

  /** Day of the first snapshot of the run of equal states that lasts until now. */
  stateSince(id: string): string | null {
    let [since, before]: [string | null, string] = [null, 'null'];
    for (const { day, people } of this.snapshots) {
      const state = stateText(people.get(id));
      if (state !== before) since = day;
      before = state;
    }
    return since;
  }
}

function asRow({ id, displayName, userPrincipalName }: Raw): Raw {
  return { id, userDisplayName: displayName, userPrincipalName };
}

/** All that makes a registration state, what is not shown included. */
export function stateText(person: OraclePerson | undefined): string {
  if (!person) return 'null';
  const { admin, enabled, registered, capable, mfaCapable, methods, class: kind } = person;
  const inOrder = methods && [...new Set(methods)].toSorted();
  return JSON.stringify([admin, enabled, registered, capable, mfaCapable, inOrder, kind]);
}

function isMatched({ field, match, value }: OracleRule, person: OraclePerson): boolean {
  const own = person[field];
  if (own === null) return false;
  const [text, wanted] = [folded(own), folded(value)];
  if (match === 'equals') return text === wanted;
  if (match === 'contains') return text.includes(wanted);
  return match === 'starts_with' ? text.startsWith(wanted) : text.endsWith(wanted);
}

function userOf(user: Raw): UserSeen {
  const signIn = (user.signInActivity ?? {}) as Raw;
  const attempts = [signIn.lastSignInDateTime, signIn.lastNonInteractiveSignInDateTime];
  const latest = attempts.map(textOf).filter((text) => text !== null);
  const created = textOf(user.createdDateTime);
  const at = textOf(signIn.lastSuccessfulSignInDateTime) ?? latest.toSorted().at(-1) ?? null;
  return {
    name: textOf(user.displayName),
    manager: guidOf((user.manager as Raw | undefined)?.id),
    lastSignInAt: at && new Date(at).toISOString(),
    createdAt: created === null ? null : Date.parse(created),
  };
}
