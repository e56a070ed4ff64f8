import type { Owner } from '../../domain/reset-vocabulary.ts';

/** A lost flow and what became of its incident. */
export interface LostFlow {
  reason: string;
  owner: Owner | null;
  /** Null: no record names anybody. */
  personId: string | null;
  /** Null: not worked out yet; then the rest is null, too. */
  incidentId: string | null;
  outcome: string | null;
  /** SQLite answers 0 or 1. */
  settling: boolean | number | null;
  /** Day of the incident. */
  day: string | null;
}

interface Group {
  owner: Owner | null;
  flows: number;
  people: Set<string>;
  /** Incidents seen, so that each counts once. */
  incidents: Set<string>;
  fellBack: number;
  met: { settled: number; selfServed: number };
}

/** Counts lost flows, their people and their incidents by one key. */
export class LostTally {
  readonly #groups = new Map<string, Group>();
  readonly #days: ReadonlySet<string>;

  /** `days`: those whose incidents are compared with others. */
  constructor(days: ReadonlySet<string>) {
    this.#days = days;
  }

  add(key: string, { owner, personId, incidentId, outcome, settling, day }: LostFlow): void {
    const group = this.#groupOf(key, owner);
    group.flows += 1;
    if (personId !== null) group.people.add(personId);
    if (incidentId === null || group.incidents.has(incidentId)) return;
    group.incidents.add(incidentId);
    if (settling || outcome === null) return;
    if (outcome === 'fell_back') group.fellBack += 1;
    if (day === null || !this.#days.has(day)) return;
    group.met.settled += 1;
    if (outcome.startsWith('self_served')) group.met.selfServed += 1;
  }

  #groupOf(key: string, owner: Owner | null): Group {
    const found = this.#groups.get(key);
    if (found) return found;
    const none = { flows: 0, fellBack: 0, met: { settled: 0, selfServed: 0 } };
    const made: Group = { owner, ...none, people: new Set(), incidents: new Set() };
    this.#groups.set(key, made);
    return made;
  }

  /** In the order in which their first flow came. */
  groups() {
    return [...this.#groups].map(([key, { people, incidents, ...group }]) => ({
      key,
      ...group,
      people: people.size,
      incidents: incidents.size,
    }));
  }
}
