import { atRiskRule } from '../../domain/at-risk.ts';
import { families } from '../../domain/method.ts';
import { StateDictionary, type StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';
import { globalAdministrators } from './global-administrators.ts';
import type { PeopleFilter } from './people-filter.ts';
import type { RegistrationSettings } from './registration-settings.ts';

/** States that a filter asks for, and the people for whom it is otherwise. */
export interface StatesAsked {
  states: number[];
  /** Of the listed Global Administrators, whom a method's end meets on another day. */
  otherwise: { states: number[]; people: number[] } | null;
}

/**
 * What a filter by methods, families or risk comes to: some of a few hundred states. Null where it asks for none
 * of them. `settings` are needed to say who is at risk.
 */
export async function statesAsked(
  store: Store,
  filter: PeopleFilter,
  settings: RegistrationSettings | undefined,
): Promise<StatesAsked | null> {
  const { tenantId, method, families: depth, onlyFamily, atRisk } = filter;
  if ([method, depth, onlyFamily, atRisk].every((asked) => asked === undefined)) return null;
  const all = [...(await StateDictionary.load(store, tenantId)).byId.values()];
  const chosen = all.filter((state) => has(state, filter));
  const idsOf = (states: StateRow[]) => states.map(({ id }) => id);
  if (atRisk === undefined) return { states: idsOf(chosen), otherwise: null };
  if (!settings) throw new Error('Who is at risk follows from settings');
  const { required, without } = filter;
  const rule = atRiskRule({ date: atRisk, required, without, settings });
  const atRiskIf = (globalAdmin: boolean) =>
    idsOf(chosen.filter((state) => rule.judge(state, globalAdmin) === 'at_risk'));
  const entries = settings.globalAdministrators;
  const people = await globalAdministrators(store, { tenantId, entries });
  return {
    states: atRiskIf(false),
    otherwise: people.length > 0 ? { states: atRiskIf(true), people } : null,
  };
}

function has(state: StateRow, { method, families: depth, onlyFamily }: PeopleFilter): boolean {
  if (method !== undefined && !state.methods?.includes(method)) return false;
  if (depth !== undefined && Math.min(3, state.families) !== Number(depth)) return false;
  if (onlyFamily === undefined) return true;
  const own = families(state.methods ?? [], { admin: state.admin === true });
  return own.size === 1 && own.has(onlyFamily);
}
