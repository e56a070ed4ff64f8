import { HOUR_MS } from '../../domain/day.ts';
import type { STOPS } from '../vocabulary.ts';
import { momentOf } from './calendar.ts';
import { deskCall } from './desk.ts';
import { flowScript } from './flow-script.ts';
import { writeFlow } from './flow-writer.ts';
import { register } from './method-changes.ts';
import type { SamplePerson } from './people.ts';
import { RATES } from './rates.ts';
import { isCapable, isEnabled } from './rows.ts';
import type { TenantState } from './state.ts';
import { dayNumber, later, startOf } from './state.ts';
import type { Need } from './truth.ts';

/** Everybody who needs a new password on day number `day`; `factor` is weekday and season. */
export function needsOf(state: TenantState, day: number, factor: number): void {
  const { random } = state;
  for (const person of state.present) {
    const rate = person.needRate * factor * newness(person, day);
    if (random.chance(person.guest ? rate * RATES.guestNeedFactor : rate)) {
      const at = momentOf(startOf(state, day), person.office.utcOffset, random);
      need(state, person, at);
    }
  }
}

function newness({ joined }: SamplePerson, day: number): number {
  return joined > 0 && day - joined < 30 ? RATES.joinerNeedFactor : 1;
}

/** One need from beginning to end: self-service, the desk, or neither. */
export function need(state: TenantState, person: SamplePerson, at: number): void {
  const { random, story } = state;
  const day = dayNumber(state, at);
  const capable = isCapable(person, story, day);
  const told: Need = {
    ...{ personId: person.id, at, capable, path: 'other', flows: [], adminResets: [] },
    unlock: random.chance(RATES.unlock),
    wouldHaveCalled: random.chance(RATES.wouldHaveCalled),
  };
  state.truth.needs.push(told);
  if (capable && random.chance(selfServiceShare(state, day) + person.liking)) {
    selfService(state, person, told);
  } else if (!capable && random.chance(RATES.triesInVain)) {
    stopped(state, person, told);
  } else if (capable || random.chance(RATES.callsWhenNotCapable)) {
    call(state, person, { told, at, path: 'desk_first' });
  }
  if (random.chance(RATES.relapse)) again(state, person, day);
}

/** Straight from the first to the last value over the story. */
function selfServiceShare({ story }: TenantState, day: number): number {
  const [first, last] = RATES.selfServiceFirst;
  return first + (last - first) * Math.min(1, day / story.last);
}

const TRIES_MAX = 3;

function selfService(state: TenantState, person: SamplePerson, told: Need): void {
  const { random } = state;
  let at = told.at;
  for (let number = 1; number <= TRIES_MAX; number++) {
    const { end, endedAt } = attempt(state, person, { told, at, stop: null });
    if (end === 'success') {
      told.path = number === 1 ? 'self_service' : 'self_service_retry';
      return;
    }
    at = endedAt;
    if (end !== 'failed' || !random.chance(RATES.retries)) break;
    at += 40_000 + Math.floor(random.exponential(random.chance(0.8) ? 9 * 60_000 : 5 * HOUR_MS));
  }
  if (random.chance(RATES.callsAfterFailure)) {
    call(state, person, { told, at, path: 'desk_after_failure' });
  }
}

function attempt(
  state: TenantState,
  person: SamplePerson,
  parts: { told: Need; at: number; stop: keyof typeof STOPS | null },
) {
  const { random } = state;
  const { told, at, stop } = parts;
  const script = flowScript({
    ...{ person, random, stop, unlock: told.unlock },
    smsBroken: smsBroken(state, at) && random.chance(0.96),
    writebackBroken: writebackBroken(state, at),
  });
  const address = random.chance(0.48) ? person.office.address : person.home;
  const { correlationId, endedAt } = writeFlow(state, person, { at, script, address });
  told.flows.push(correlationId);
  return { end: script.end, endedAt };
}

/** From early morning to late evening, UTC. */
function smsBroken(state: TenantState, at: number): boolean {
  const hours = (at - startOf(state, state.story.smsOutage)) / HOUR_MS;
  return hours >= 5 && hours < 20;
}

/** Nine hours of a working day, UTC. */
function writebackBroken(state: TenantState, at: number): boolean {
  const hours = (at - startOf(state, state.story.writebackOutage)) / HOUR_MS;
  return hours >= 7 && hours < 16;
}

/** Somebody who cannot tries all the same, once or twice, and then mostly calls. */
function stopped(state: TenantState, person: SamplePerson, told: Need): void {
  const { random } = state;
  const stop = stopOf(state, person, dayNumber(state, told.at));
  const first = attempt(state, person, { told, at: told.at, stop });
  let at = first.endedAt;
  if (random.chance(0.3)) {
    at = attempt(state, person, { told, at: at + 30_000 + random.int(200_000), stop }).endedAt;
  }
  if (random.chance(RATES.callsWhenNotCapable)) {
    call(state, person, { told, at, path: 'desk_after_stop' });
  }
}

function stopOf(
  { story, random }: TenantState,
  person: SamplePerson,
  day: number,
): keyof typeof STOPS {
  if (isEnabled(person, story, day)) return 'insufficient methods';
  if (!person.licensed) return 'no licence';
  if (person.guest) return 'not enabled';
  return random.chance(0.75) ? 'not in group' : 'not enabled';
}

function call(
  state: TenantState,
  person: SamplePerson,
  { told, at, path }: { told: Need; at: number; path: Need['path'] },
): void {
  told.path = path;
  told.adminResets = deskCall(state, person, at);
  if (!told.capable && state.random.chance(RATES.nudged)) nudge(state, person, at);
}

/** The operator asks the person to register, and some do within the week. */
function nudge(state: TenantState, person: SamplePerson, at: number): void {
  const { random, story } = state;
  const day = dayNumber(state, at) + 1 + random.int(6);
  later(state, day, () => {
    if (!state.present.has(person) || isCapable(person, story, day) || person.guest) return;
    if (!isEnabled(person, story, day)) return;
    register(state, person, momentOf(startOf(state, day), person.office.utcOffset, random));
  });
}

/** Who has just chosen a new password forgets it more easily. */
function again(state: TenantState, person: SamplePerson, day: number): void {
  const { random } = state;
  const next = day + 1 + Math.floor(random.exponential(3.5));
  later(state, next, () => {
    if (!state.present.has(person)) return;
    need(state, person, momentOf(startOf(state, next), person.office.utcOffset, random));
  });
}
