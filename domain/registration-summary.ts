import type { RegistrationState, userClass } from './registration.ts';

/** How many people share one registration state and one set of dimension values. */
export interface Cell {
  stateId: number;
  department: string | null;
  country: string | null;
  office: string | null;
  company: string | null;
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
  /** People of the population whose `isAdmin` was null. */
  unknownAdmin: number;
}

/**
 * Sums a snapshot up by dimension (design: population = members and people of
 * unknown type, less excluded ones). A state that is not in `states` is a bug
 * and throws a RangeError.
 */
export function registrationSummary(
  cells: Iterable<Cell>,
  states: ReadonlyMap<number, SummarisedState>,
): RegistrationSummary {
  const counts = new Map<string, CountRow>();
  const methods = new Map<string, number>();
  const depth = new Map<number, number>();
  let unknownAdmin = 0;
  for (const cell of cells) {
    const state = states.get(cell.stateId);
    if (!state) throw new RangeError(`Unknown registration state ${cell.stateId}`);
    add(counts, 'class', state.userClass, state, cell.people);
    if (state.userClass !== 'member' && state.userClass !== 'unknown_type') continue;
    add(counts, 'all', '', state, cell.people);
    add(counts, 'department', cell.department ?? '', state, cell.people);
    add(counts, 'country', cell.country ?? '', state, cell.people);
    add(counts, 'office', cell.office ?? '', state, cell.people);
    add(counts, 'company', cell.company ?? '', state, cell.people);
    add(counts, 'admin', String(state.admin === true), state, cell.people);
    for (const method of new Set(state.methods)) increase(methods, method, cell.people);
    increase(depth, state.families, cell.people);
    if (state.admin === null) unknownAdmin += cell.people;
  }
  return {
    counts: [...counts.values()],
    methods: [...methods].map(([method, people]) => ({ method, people })),
    depth: [...depth].map(([families, people]) => ({ families, people })),
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
