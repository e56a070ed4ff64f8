import { HOUR_MS } from '../../domain/day.ts';
import { METHODS_SERVICE, SSPR_SERVICE } from '../audit-record.ts';
import { familyCount } from '../world.ts';
import { momentOf } from './calendar.ts';
import { REGISTERED_REASON, registeredSet } from './method-sets.ts';
import type { SamplePerson } from './people.ts';
import { RATES } from './rates.ts';
import { isEnabled, isRegistered } from './rows.ts';
import type { TenantState } from './state.ts';
import { dayNumber, showRegistration, startOf } from './state.ts';

/** Everybody who registers, changes or removes methods on day number `day`; `factor` is the day's. */
export function methodChanges(state: TenantState, day: number, factor: number): void {
  if (day === state.story.questionsOff) questionsOff(state, day);
  for (const person of state.present) {
    const { random } = state;
    if (random.chance(registerRate(state, person, day) * factor)) {
      register(state, person, momentOf(startOf(state, day), person.office.utcOffset, random));
    } else if (random.chance(RATES.methodChurn * factor)) {
      churn(state, person, day);
    } else if (day >= state.story.passkeys && random.chance(passkeyRate(person) * factor)) {
      addPasskey(state, person, day);
    }
  }
}

/** Probability of registering on that day, before weekday and season. */
function registerRate(state: TenantState, person: SamplePerson, day: number): number {
  const { story } = state;
  if (isRegistered(person) || hasOnlyPasskeys(person)) return 0;
  const { registers, joinerRegisters } = RATES;
  if (person.guest) return 0.00005;
  const isNew = person.joined > 0 && day - person.joined < 21;
  if (isNew) return joinerRegisters[day < story.campaign ? 0 : 1] * Math.min(1, person.readiness);
  if (!isEnabled(person, story, day)) return 0.0002;
  if (person.stranded) return registers.stranded * person.readiness;
  if (day < story.campaign) return registers.before * person.readiness;
  if (day < story.campaignEnd) return registers.campaign * person.readiness;
  const retail = person.department.wave === 'retail' && day < story.retailWave + 40;
  if (retail) return registers.campaign * person.readiness;
  return (day < story.passkeys ? registers.after : registers.late) * person.readiness;
}

function hasOnlyPasskeys({ methods }: SamplePerson): boolean {
  return familyCount(methods) === 0 && methods.some((method) => method.startsWith('passKey'));
}

/** The person registers what is missing, at `at` (UTC ms), and leaves the records of it. */
export function register(state: TenantState, person: SamplePerson, at: number): void {
  const day = dayNumber(state, at);
  const before = person.methods;
  const questionsAllowed = day < state.story.questionsOff && !person.isAdmin;
  person.methods = registeredSet(state.random, before, questionsAllowed);
  person.stranded = false;
  const added = person.methods.filter((method) => !before.includes(method));
  let time = at;
  const write = (activity: string, reason: string, service = METHODS_SERVICE) => {
    time += 5_000 + state.random.int(70_000);
    note(state, person, { at: time, activity, reason, service });
  };
  write('User started security info registration', 'User started the registration');
  for (const method of added) {
    const reason = REGISTERED_REASON[method];
    // The app registers push and code in one go: one record for two methods.
    if (reason) write('User registered security info', reason);
  }
  if (state.random.chance(0.04)) {
    write('User canceled security info registration', 'User canceled the registration');
  }
  write('User registered all required security info', 'User registered all required security info');
  if (isRegistered(person)) {
    write('User registered for self-service password reset', 'None', SSPR_SERVICE);
  }
  showRegistration(state, person, day);
}

function note(
  state: TenantState,
  person: SamplePerson,
  entry: { at: number; activity: string; reason: string; service?: string },
): void {
  state.journal.write({
    service: METHODS_SERVICE,
    ...entry,
    result: entry.activity.includes('canceled') ? 'failure' : 'success',
    correlationId: state.journal.correlationId(),
    target: person,
    by: person,
    address: state.random.chance(0.5) ? person.office.address : person.home,
    agent: entry.service === SSPR_SERVICE ? 'None' : undefined,
  });
}

/** A new phone, a new app, another default: little that changes what somebody can do. */
function churn(state: TenantState, person: SamplePerson, day: number): void {
  const { random } = state;
  const at = momentOf(startOf(state, day), person.office.utcOffset, random);
  if (person.methods.length === 0) return;
  if (random.chance(0.22)) {
    note(state, person, {
      at,
      activity: 'User reviewed security info',
      reason: 'User successfully reviewed security info',
    });
    return;
  }
  if (random.chance(0.3)) {
    const reason = 'User changed the default security info for Mobile Phone SMS';
    note(state, person, { at, activity: 'User changed default security info', reason });
    return;
  }
  toggleExtra(state, person, at);
  showRegistration(state, person, day);
}

function toggleExtra(state: TenantState, person: SamplePerson, at: number): void {
  const extra = state.random.chance(0.7) ? 'windowsHelloForBusiness' : 'alternateMobilePhone';
  const has = person.methods.includes(extra);
  person.methods = has
    ? person.methods.filter((method) => method !== extra)
    : [...person.methods, extra];
  note(state, person, {
    at,
    activity: has ? 'User deleted security info' : 'User registered security info',
    reason: `User ${has ? 'deleted' : 'registered'} ${extra}`,
  });
}

/** The leading departments first; Manufacturing has shared devices and stays out. */
function passkeyRate(person: SamplePerson): number {
  if (person.guest || person.methods.some((method) => method.startsWith('passKey'))) return 0;
  if (person.department.wave === 'pilot') return RATES.passkeys;
  return person.department.name === 'Manufacturing' ? 0 : RATES.passkeys / 6;
}

function addPasskey(state: TenantState, person: SamplePerson, day: number): void {
  const { random } = state;
  const passkey = random.chance(0.7) ? 'passKeyDeviceBoundAuthenticator' : 'passKeyDeviceBound';
  const at = momentOf(startOf(state, day), person.office.utcOffset, random);
  const activity = 'User registered security info';
  note(state, person, { at, activity, reason: REGISTERED_REASON[passkey] ?? '' });
  person.methods = [...person.methods, passkey];
  if (random.chance(RATES.passkeyOnly) && !person.isAdmin) {
    person.methods = [passkey];
    const reason = 'User deleted Mobile Phone Call and SMS';
    note(state, person, { at: at + HOUR_MS / 20, activity: 'User deleted security info', reason });
  }
  showRegistration(state, person, day);
}

/** The policy change: questions count no more, and whoever relied on them has one method left. */
function questionsOff(state: TenantState, day: number): void {
  for (const person of state.present) {
    if (!person.methods.includes('securityQuestion')) continue;
    const could = isRegistered(person);
    person.methods = person.methods.filter((method) => method !== 'securityQuestion');
    person.stranded = could && !isRegistered(person);
    showRegistration(state, person, day);
  }
}
