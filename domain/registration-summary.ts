import { type Family, families } from './method.ts';
import type { RegistrationState, userClass } from './registration.ts';

/** How many people share one registration state and one set of dimension values. */
export interface Cell {
  stateId: number;
  department: string | null;
  country: string | null;
  office: string | null;
  company: string | null;
  /** Whether an exclusion holds on the day of the snapshot. */
  excluded: boolean;
  /** May be negative, where a difference is summed up. */
  people: number;
}

export interface SummarisedState extends RegistrationState {
  userClass: ReturnType<typeof userClass>;
  families: number;
}

/** Counts of people; each but `population` is a part of it. */
export interface CountRow {
  dimension: string;
  /** '' where the value is missing. */
  value: string;
  population: number;
  enabled: number;
  registered: number;
  capable: number;
  mfaCapable: number;
}

export interface RegistrationSummary {
  /** Dimension `class` splits everybody; all the others count the population. */
  counts: CountRow[];
  /** People of the population per registered method. */
  methods: { method: string; people: number }[];
  /** People of the population per number of method families. */
  depth: { families: number; people: number }[];
  /** People of the population per state. */
  states: { stateId: number; people: number }[];
  /** People of the population who have each family of reset methods, and of those, who have no other. */
  families: { family: Family; people: number; only: number }[];
  /** People of the population whose `isAdmin` was null. */
  unknownAdmin: number;
}

/**
 * Sums a snapshot up by dimension (design: population = members and people of
 * unknown type, less excluded ones). Of excluded people only those are a class of
 * their own who would be in the population; a guest stays a guest. A state that is
 * not in `states` is a bug and throws a RangeError.
 */
export function registrationSummary(
  cells: Iterable<Cell>,
  states: ReadonlyMap<number, SummarisedState>,
): RegistrationSummary {
  const counts = new Map<string, CountRow>();
  const byState = new Map<number, number>();
  for (const cell of cells) {
    const state = states.get(cell.stateId);
    if (!state) throw new RangeError(`Unknown registration state ${cell.stateId}`);
    const member = state.userClass === 'member' || state.userClass === 'unknown_type';
    const kind = member && cell.excluded ? 'excluded' : state.userClass;
    add(counts, 'class', kind, state, cell.people);
    if (!member || cell.excluded) continue;
    add(counts, 'all', '', state, cell.people);
    add(counts, 'department', cell.department ?? '', state, cell.people);
    add(counts, 'country', cell.country ?? '', state, cell.people);
    add(counts, 'office', cell.office ?? '', state, cell.people);
    add(counts, 'company', cell.company ?? '', state, cell.people);
    add(counts, 'admin', String(state.admin === true), state, cell.people);
    increase(byState, cell.stateId, cell.people);
  }
  return { counts: [...counts.values()], ...ofStates(byState, states) };
}

/** What follows from how many people of the population are in each state. */
function ofStates(
  byState: ReadonlyMap<number, number>,
  states: ReadonlyMap<number, SummarisedState>,
): Omit<RegistrationSummary, 'counts'> {
  const methods = new Map<string, number>();
  const depth = new Map<number, number>();
  const having = new Map<Family, number>();
  const only = new Map<Family, number>();
  let unknownAdmin = 0;
  for (const [id, people] of byState) {
    const state = states.get(id) as SummarisedState;
    for (const method of new Set(state.methods)) increase(methods, method, people);
    increase(depth, state.families, people);
    const own = [...families(state.methods ?? [], { admin: state.admin === true })];
    for (const family of own) increase(having, family, people);
    for (const family of own.length === 1 ? own : []) increase(only, family, people);
    if (state.admin === null) unknownAdmin += people;
  }
  return {
    methods: [...methods].map(([method, people]) => ({ method, people })),
    depth: [...depth].map(([families, people]) => ({ families, people })),
    states: [...byState].map(([stateId, people]) => ({ stateId, people })),
    families: [...having].map(([family, people]) => {
      return { family, people, only: only.get(family) ?? 0 };
    }),
    unknownAdmin,
  };
}

function add(
  counts: Map<string, CountRow>,
  dimension: string,
  value: string,
  state: RegistrationState,
  people: number,
): void {
  const key = `${dimension}\n${value}`;
  let row = counts.get(key);
  if (!row) {
    const none = { population: 0, enabled: 0, registered: 0, capable: 0, mfaCapable: 0 };
    row = { dimension, value, ...none };
    counts.set(key, row);
  }
  row.population += people;
  if (state.enabled) row.enabled += people;
  if (state.registered) row.registered += people;
  if (state.capable) row.capable += people;
  if (state.mfaCapable) row.mfaCapable += people;
}

function increase<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
