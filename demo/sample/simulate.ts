import type { Day } from '../../domain/day.ts';
import { attackNight, probeNight } from './attack.ts';
import { dayFactor, isWorkday, momentOf } from './calendar.ts';
import { backgroundResets, passwordChange } from './desk.ts';
import { methodChanges } from './method-changes.ts';
import { needsOf } from './needs.ts';
import { policyChanges } from './policy-changes.ts';
import { RATES } from './rates.ts';
import { firstPeople, incidentResponse, staffChanges } from './staff-changes.ts';
import type { TenantState } from './state.ts';
import { dayAt, newState, startOf } from './state.ts';
import { storyEnding } from './story.ts';

/** Tells the story that ends on `end`, and `aheadDays` further days of ordinary life. */
export function simulate(seed: number, end: Day, aheadDays: number): TenantState {
  const state = newState(seed, storyEnding(end));
  firstPeople(state);
  state.operators = state.people
    .filter(({ isAdmin, department }) => isAdmin && department.name === 'Information technology')
    .slice(0, 8);
  for (let day = 0; day <= state.story.last + aheadDays; day++) oneDay(state, day);
  policyChanges(state);
  return state;
}

function oneDay(state: TenantState, day: number): void {
  const { story } = state;
  const factor = dayFactor(dayAt(state, day));
  for (const action of state.agenda.get(day) ?? []) action();
  state.agenda.delete(day);
  staffChanges(state, day, isWorkday(dayAt(state, day)));
  needsOf(state, day, factor);
  backgroundResets(state, day);
  changes(state, day, factor);
  if (day === story.incidentResponse) incidentResponse(state, day);
  if (day === story.probe) probeNight(state, day);
  if (day === story.attack) attackNight(state, day);
  methodChanges(state, day, factor);
}

/** People who change a password they know; no reset, and never counted as one. */
function changes(state: TenantState, day: number, factor: number): void {
  const { random } = state;
  for (const person of state.present) {
    if (person.guest || !random.chance(RATES.changesPerDay * factor)) continue;
    const at = momentOf(startOf(state, day), person.office.utcOffset, random);
    passwordChange(state, person, at);
  }
}
