import type { Day } from '../../domain/day.ts';
import { addDays, DAY_MS } from '../../domain/day.ts';
import type { RegistrationRecord, UserRecord } from '../graph-shapes.ts';
import type { Random } from '../random.ts';
import { hash32, randomOf } from '../random.ts';
import type { DailyLog } from './daily-log.ts';
import { dailyLog } from './daily-log.ts';
import type { Journal } from './journal.ts';
import { journal } from './journal.ts';
import type { Name } from './names.ts';
import { nameGiver } from './names.ts';
import type { OrgChart } from './org-chart.ts';
import { orgChart } from './org-chart.ts';
import type { SamplePerson } from './people.ts';
import { newPerson } from './people.ts';
import { registrationRow, userRow } from './rows.ts';
import type { Story } from './story.ts';
import type { Truth } from './truth.ts';
import { emptyTruth } from './truth.ts';

/** The made-up tenant while its story is being told, day by day. Days are numbers from the story's first. */
export interface TenantState {
  story: Story;
  /** Hash of the tenant's seed. */
  seed: number;
  random: Random;
  /** Everybody there ever was, by index. */
  people: SamplePerson[];
  /** Those with an account that may sign in. */
  present: Set<SamplePerson>;
  /** The people of the helpdesk, busiest first. */
  operators: SamplePerson[];
  chart: OrgChart;
  journal: Journal;
  registration: DailyLog<RegistrationRecord>;
  users: DailyLog<UserRecord>;
  truth: Truth;
  nextName: () => Name;
  /** What is to happen at the start of a later day. */
  agenda: Map<number, (() => void)[]>;
}

export function newState(seed: number, story: Story): TenantState {
  return {
    story,
    seed,
    random: randomOf(seed, 'larkfield'),
    people: [],
    present: new Set(),
    operators: [],
    chart: orgChart(),
    journal: journal(hash32(seed, 'correlation')),
    registration: dailyLog(),
    users: dailyLog(),
    truth: emptyTruth(),
    nextName: nameGiver(),
    agenda: new Map(),
  };
}

export function dayAt({ story }: TenantState, day: number): Day {
  return addDays(story.first, day);
}

/** Start of day number `day`, UTC ms. */
export function startOf({ story }: TenantState, day: number): number {
  return Date.parse(`${story.first}T00:00:00Z`) + day * DAY_MS;
}

/** The number of the day on which `at` (UTC ms) falls. */
export function dayNumber(state: TenantState, at: number): number {
  return Math.floor((at - startOf(state, 0)) / DAY_MS);
}

/** Anyone who has an account, guests left out. */
export function somebody({ random, people, present }: TenantState): SamplePerson {
  for (;;) {
    const person = random.pick(people);
    if (present.has(person) && !person.guest) return person;
  }
}

export function later(state: TenantState, day: number, action: () => void): void {
  const actions = state.agenda.get(day) ?? [];
  state.agenda.set(day, actions);
  actions.push(action);
}

/** Adds somebody and shows the account in /users; the registration report follows a day later. */
export function addPerson(
  state: TenantState,
  day: number,
  { guest, shape }: { guest: boolean; shape?: (person: SamplePerson) => void },
): SamplePerson {
  const { random, seed } = state;
  const person = newPerson({
    ...{ index: state.people.length, seed, random, guest, joined: day },
    name: state.nextName(),
    startOfDay: startOf(state, day),
  });
  shape?.(person);
  state.people.push(person);
  state.present.add(person);
  takePlace(state, person, day);
  showRegistration(state, person, day === 0 ? -1 : day);
  return person;
}

/** Puts somebody into the department, and shows that in /users. */
export function takePlace(state: TenantState, person: SamplePerson, day: number): void {
  const reports = state.chart.enter(person, day);
  for (const changed of [person, ...reports]) showUser(state, changed, day);
}

/** The registration report of the day after `day` shows the person as now; it is made in the early morning. */
export function showRegistration(state: TenantState, person: SamplePerson, day: number): void {
  const row = registrationRow(person, state.story, Math.max(0, day));
  state.registration.set(day + 1, person.index, row);
}

export function showUser(state: TenantState, person: SamplePerson, day: number): void {
  state.users.set(day, person.index, userRow(person));
}
