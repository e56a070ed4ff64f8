import { HOUR_MS } from '../../domain/day.ts';
import { deskReset, firstPassword } from './desk.ts';
import { extraMethods, registeredSet, singleMethod } from './method-sets.ts';
import { DEPARTMENTS } from './organisation.ts';
import type { SamplePerson } from './people.ts';
import { RATES } from './rates.ts';
import type { TenantState } from './state.ts';
import {
  addPerson,
  later,
  showRegistration,
  showUser,
  somebody,
  startOf,
  takePlace,
} from './state.ts';

/** Everybody who is there on the first day, with the methods they had before the story. */
export function firstPeople(state: TenantState): void {
  const { random } = state;
  const withMethods = (person: SamplePerson): void => {
    const methods = methodsBefore(state, person);
    const extras = methods.length > 0 || random.chance(0.1) ? extraMethods(random) : [];
    person.methods = [...methods, ...extras];
    person.fromDirectory = methods.length === 1 && random.chance(0.015);
  };
  const total = RATES.membersAtStart + RATES.guestsAtStart;
  for (let i = 0; i < total; i++) {
    const guest = i % 13 === 12 && i / 13 < RATES.guestsAtStart;
    addPerson(state, 0, {
      guest,
      shape: (person) => {
        if (!guest && isToBeAdmin(i, person)) person.isAdmin = true;
        withMethods(person);
      },
    });
  }
}

/** The first admins are of the information technology; the last third stands in the departments. */
function isToBeAdmin(number: number, { department }: SamplePerson): boolean {
  const technology = department.name === 'Information technology';
  return technology ? number < 640 : number > 0 && number % 330 === 0;
}

function methodsBefore({ random }: TenantState, person: SamplePerson): string[] {
  if (person.guest) return random.chance(0.35) ? singleMethod(random) : [];
  if (person.isAdmin) return registeredSet(random, [], false);
  const full = person.department.wave === 'pilot' ? 0.72 : 0.2;
  if (random.chance(full)) return registeredSet(random, [], true);
  return random.chance(0.27) ? singleMethod(random) : [];
}

/** Joiners, leavers, movers, and the waves of policy on day number `day`. */
export function staffChanges(state: TenantState, day: number, workday: boolean): void {
  policyWaves(state, day);
  if (!workday) return;
  for (let n = arrivals(state, RATES.joinersPerWeek); n > 0; n--) join(state, day);
  for (let n = arrivals(state, RATES.guestsPerWeek); n > 0; n--) {
    addPerson(state, day, { guest: true });
  }
  for (let n = arrivals(state, RATES.leaversPerWeek); n > 0; n--) leave(state, day);
  for (let n = arrivals(state, RATES.moversPerWeek); n > 0; n--) move(state, day);
}

/** How many of a weekly number fall on one of five workdays. */
function arrivals({ random }: TenantState, perWeek: number): number {
  return Math.floor(perWeek / 5 + random.next());
}

function join(state: TenantState, day: number): void {
  const person = addPerson(state, day, { guest: false });
  firstPassword(state, person);
}

/** Somebody leaves: the account is disabled, missing in the report at once, in /users after 30 days. */
function leave(state: TenantState, day: number): void {
  const person = state.random.chance(0.1) ? state.random.pick(state.people) : somebody(state);
  if (!state.present.has(person) || person.isAdmin) return;
  state.present.delete(person);
  person.accountEnabled = false;
  person.left = day;
  state.chart.leave(person, day);
  showUser(state, person, day);
  state.registration.set(day + 1, person.index, null);
  later(state, day + 30, () => state.users.set(day + 30, person.index, null));
}

function move(state: TenantState, day: number): void {
  const person = somebody(state);
  if (person.outOfScope) return;
  state.chart.leave(person, day);
  person.department = state.random.pick(DEPARTMENTS);
  person.company = person.department.company;
  takePlace(state, person, day);
  showRegistration(state, person, day);
}

function policyWaves(state: TenantState, day: number): void {
  const { story } = state;
  if (day === story.licencesEnd) {
    for (const person of state.present) if (person.temporary) person.licensed = false;
  }
  const everybody = day === story.campaign || day === story.retailWave || day === story.licencesEnd;
  if (!everybody) return;
  for (const person of state.present) showRegistration(state, person, day);
}

/** After a phishing wave one operator resets 300 people in an afternoon. */
export function incidentResponse(state: TenantState, day: number): void {
  const start = startOf(state, day) + 13 * HOUR_MS;
  const members = [...state.present].filter(({ guest }) => !guest);
  const step = Math.floor(members.length / 300);
  for (let n = 0; n < 300; n++) {
    const person = members[n * step];
    if (!person) continue;
    state.truth.massResets.push(deskReset(state, person, start + n * 21_000, { operator: 0 }));
  }
}
