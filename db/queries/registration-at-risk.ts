import { type AtRiskRule, type AtRiskSettings, atRiskRule } from '../../domain/at-risk.ts';
import { type Day, dayCount } from '../../domain/day.ts';
import { StateDictionary, type StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';
import { atRiskSegments, type Dimension } from './at-risk-segments.ts';
import { listedPeople } from './listed-people.ts';
import { peopleInStates } from './people-in-states.ts';
import { populationStates } from './population-states.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

export interface AtRiskInput {
  tenantId: number;
  date: Day;
  required?: number | undefined;
  without?: readonly string[] | undefined;
  /** Splits the people at risk. */
  by?: Dimension | undefined;
  settings: AtRiskSettings & { globalAdministrators: readonly string[] };
}

/**
 * Who of the population falls out of capability on a date (docs/data-dictionary.md, at risk), by the last published
 * snapshot. A few hundred states are judged, not people; only the listed Global Administrators, for
 * whom methods end later, are looked at one by one. Before the first snapshot `day` is null and
 * every count 0.
 */
export async function registrationAtRisk(store: Store, input: AtRiskInput) {
  // Offices and companies take a while, in which nobody else should have to wait.
  if (input.by === 'office' || input.by === 'company') return atRisk(store, input);
  return store.snapshot((db) => atRisk({ ...store, read: db }, input));
}

async function atRisk(
  store: Store,
  { tenantId, date, required, without, by, settings }: AtRiskInput,
) {
  const rule = atRiskRule({ date, required, without, settings });
  const said = {
    date,
    gone: [...rule.goneFor(false)],
    requiredNow: rule.requiredNow,
    requiredThen: rule.requiredThen,
  };
  const snapshot = await snapshotOfDay(store, { tenantId });
  if (!snapshot) return { day: null, ...said, ...NOBODY, segments: by ? [] : null };
  const { day } = snapshot;
  const states = (await StateDictionary.load(store, tenantId)).byId;
  const population = await populationStates(store, { tenantId, snapshot });
  const falling = [...states.values()].filter((state) => rule.judge(state, false) === 'at_risk');
  const guestStates = falling.filter(({ userClass }) => userClass === 'guest').map(({ id }) => id);
  const guests = { tenantId, kind: 'guest' as const, states: guestStates, day };
  const entries = settings.globalAdministrators;
  const later = laterFor(await listedPeople(store, { tenantId, entries, day }), states, rule);
  const counts = sum(population, states, rule);
  for (const { kind, state, people } of later) {
    if (kind === 'member') counts.people += people;
    if (kind === 'member' && state.admin === true) counts.admins += people;
  }
  const guestsLater = later.filter(({ kind }) => kind === 'guest');
  const { capable, whole, people, unexplained, admins } = counts;
  return {
    day,
    ...said,
    coverageNow: { part: capable, whole },
    coverageThen: { part: capable - people, whole },
    people,
    unexplained,
    admins,
    guests: total(await peopleInStates(store, guests)) + total(guestsLater),
    daysLeft: dayCount(day, date) - 1,
    segments: by
      ? await atRiskSegments(store, {
          tenantId,
          snapshot,
          by,
          atRisk: inPopulation(falling, population),
          later: later.filter(({ kind }) => kind === 'member'),
        })
      : null,
  };
}

const NOBODY = {
  coverageNow: { part: 0, whole: 0 },
  coverageThen: { part: 0, whole: 0 },
  people: 0,
  unexplained: 0,
  admins: 0,
  guests: 0,
  daysLeft: null,
};

type States = ReadonlyMap<number, StateRow>;

/** Everybody by the date that holds for most. */
function sum(population: ReadonlyMap<number, number>, states: States, rule: AtRiskRule) {
  const counts = { whole: 0, capable: 0, people: 0, unexplained: 0, admins: 0 };
  for (const [id, number] of population) {
    counts.whole += number;
    const state = states.get(id);
    if (!state) throw new RangeError(`Unknown registration state ${id}`);
    const verdict = rule.judge(state, false);
    if (state.capable === true) counts.capable += number;
    if (verdict === 'unexplained') counts.unexplained += number;
    if (verdict !== 'at_risk') continue;
    counts.people += number;
    if (state.admin === true) counts.admins += number;
  }
  return counts;
}

/** The listed people for whom it is otherwise: 1 more at risk, or -1. */
function laterFor(
  listed: Awaited<ReturnType<typeof listedPeople>>,
  states: States,
  rule: AtRiskRule,
) {
  return listed.flatMap((person) => {
    const state = states.get(person.stateId);
    if (!state) return [];
    const [isAtRisk, wouldBe] = [true, false].map((listed) => rule.judge(state, listed));
    const people = Number(isAtRisk === 'at_risk') - Number(wouldBe === 'at_risk');
    return people === 0 ? [] : [{ ...person, state, people }];
  });
}

const inPopulation = (states: StateRow[], population: ReadonlyMap<number, number>) =>
  states.flatMap((state) => {
    const people = population.get(state.id) ?? 0;
    return people > 0 ? [{ ...state, people }] : [];
  });

const total = (rows: readonly { people: number }[]): number =>
  rows.reduce((all, { people }) => all + people, 0);
