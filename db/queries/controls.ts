import type { ControlPeople } from '../../domain/controls/expectation.ts';
import { type Control, resetControl } from '../../domain/controls/reset-control.ts';
import type { Day } from '../../domain/day.ts';
import { StateDictionary } from '../store/registration-states.ts';
import { type Settings, typedSettings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';
import { populationStates } from './population-states.ts';
import { registrationSettings } from './registration-settings.ts';
import { type SnapshotOfDay, snapshotOfDay } from './snapshot-of-day.ts';

/**
 * What a common baseline expects of self-service reset, judged by the last published snapshot and by the settings.
 * A few hundred registration states are looked at, not people.
 */
export async function controls(
  store: Store,
  { tenantId, defaults }: { tenantId: number; defaults: Settings },
): Promise<{ day: Day | null; controls: Control[] }> {
  const snapshot = await snapshotOfDay(store, { tenantId });
  const day = snapshot?.day ?? null;
  const control = resetControl({
    day,
    population: snapshot ? await populationOf(store, tenantId, snapshot) : [],
    settings: await registrationSettings(store, tenantId, defaults),
    requiredTypedIn: (await typedSettings(store, tenantId)).has('required_methods'),
  });
  return { day, controls: [control] };
}

async function populationOf(
  store: Store,
  tenantId: number,
  snapshot: SnapshotOfDay,
): Promise<ControlPeople[]> {
  const states = (await StateDictionary.load(store, tenantId)).byId;
  const population = await populationStates(store, { tenantId, snapshot });
  return [...population].map(([id, people]) => {
    const state = states.get(id);
    if (!state) throw new RangeError(`Unknown registration state ${id}`);
    return { ...state, people };
  });
}
