import { and, asc, eq } from 'drizzle-orm';
import type { RegisteredThen } from '../../domain/priority/ranking.ts';
import { StateDictionary, type StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';

/** A row of the change log; `stateId` null: left the report. */
interface Change {
  snapshotId: number;
  stateId: number | null;
}

/** Whom the registration report counted at past instants, read from the change log. */
export class RegistrationPast {
  /** When the first published snapshot was taken, UTC milliseconds; null: there is none. */
  readonly since: number | null;
  private readonly takenAt: ReadonlyMap<number, number>;
  private readonly states: ReadonlyMap<number, StateRow>;

  private constructor(takenAt: Map<number, number>, states: Map<number, StateRow>) {
    this.takenAt = takenAt;
    this.states = states;
    this.since = takenAt.size === 0 ? null : Math.min(...takenAt.values());
  }

  static async load(store: Store, tenantId: number): Promise<RegistrationPast> {
    const { registrationSnapshot: snapshot } = store.t;
    const rows = await store.read
      .select({ id: snapshot.id, takenAt: snapshot.takenAt })
      .from(snapshot)
      .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.state, 'published')))
      .orderBy(asc(snapshot.id));
    const states = await StateDictionary.load(store, tenantId);
    return new RegistrationPast(new Map(rows.map((row) => [row.id, row.takenAt])), states.byId);
  }

  /** The state of somebody who counts in the population; null: not in it. */
  member(stateId: number | null): StateRow | null {
    const state = stateId === null ? undefined : this.states.get(stateId);
    return state?.userClass === 'member' || state?.userClass === 'unknown_type' ? state : null;
  }

  /** How the person whose `changes` (ascending by snapshot) these are was registered at an instant. */
  of(changes: readonly Change[]): (at: number) => RegisteredThen | null {
    const known = changes.flatMap(({ snapshotId, stateId }) => {
      const takenAt = this.takenAt.get(snapshotId);
      return takenAt === undefined ? [] : [{ takenAt, state: this.member(stateId) }];
    });
    return (at) => {
      const last = known.findLastIndex(({ takenAt }) => takenAt <= at);
      const now = known[last];
      if (!now?.state) return null;
      const { capable } = now.state;
      let first = last;
      while (first > 0 && known[first - 1]?.state?.capable === capable) first -= 1;
      return { capable, since: known[first]?.takenAt ?? now.takenAt };
    };
  }
}
