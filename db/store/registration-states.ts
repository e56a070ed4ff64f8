import { eq } from 'drizzle-orm';
import { depthOf, type RegistrationState, reasonOf, userClass } from '../../domain/registration.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db, Store } from '../store-types.ts';

/** A state of the dictionary, with what follows from it. */
export interface StateRow extends RegistrationState {
  id: number;
  userClass: ReturnType<typeof userClass>;
  reason: ReturnType<typeof reasonOf>;
  families: number;
}

/**
 * The dictionary of registration states, in memory: a few hundred rows that stand
 * for every person and day. States met for the first time are added as they come.
 */
export class StateDictionary {
  readonly byId = new Map<number, StateRow>();
  private readonly idByKey = new Map<string, number>();
  private readonly store: Store;
  private readonly tenantId: number;

  private constructor(store: Store, tenantId: number) {
    this.store = store;
    this.tenantId = tenantId;
  }

  static async load(store: Store, tenantId: number): Promise<StateDictionary> {
    const dictionary = new StateDictionary(store, tenantId);
    const { registrationState } = store.t;
    const rows = await store.read
      .select()
      .from(registrationState)
      .where(eq(registrationState.tenantId, tenantId));
    for (const { key, tenantId: _, ...row } of rows) dictionary.remember(key, row as StateRow);
    return dictionary;
  }

  /** The id of a state, or null for one never met. */
  idOf(state: RegistrationState): number | null {
    return this.idByKey.get(keyOf(state)) ?? null;
  }

  /** Ids of `states`, in their order; adds the new ones within the caller's transaction. */
  async ids(db: Db, states: RegistrationState[]): Promise<number[]> {
    let last = Math.max(0, ...this.byId.keys());
    const added: (StateRow & { tenantId: number; key: string })[] = [];
    const ids = states.map((state) => {
      const key = keyOf(state);
      const known = this.idByKey.get(key);
      if (known !== undefined) return known;
      const row = rowOf(state, ++last);
      this.remember(key, row);
      added.push({ ...row, tenantId: this.tenantId, key });
      return row.id;
    });
    await bulkInsert(this.store, db, this.store.t.registrationState, added);
    return ids;
  }

  private remember(key: string, row: StateRow): void {
    this.byId.set(row.id, row);
    this.idByKey.set(key, row.id);
  }
}

function rowOf(state: RegistrationState, id: number): StateRow {
  return {
    ...state,
    id,
    methods: state.methods && [...state.methods].sort(),
    userClass: userClass(state.userType),
    reason: reasonOf(state),
    families: depthOf(state),
  };
}

// An array, because it is shorter than an object and its order is fixed.
function keyOf({
  admin,
  enabled,
  registered,
  capable,
  mfaCapable,
  methods,
  userType,
}: RegistrationState): string {
  const sorted = methods && [...methods].sort();
  return JSON.stringify([admin, enabled, registered, capable, mfaCapable, sorted, userType]);
}
