import { HOUR_MS } from '../../domain/day.ts';
import type { Named } from '../audit-record.ts';
import { SSPR_SERVICE } from '../audit-record.ts';
import { guidOf } from '../random.ts';
import { ADMIN_RESET_ACTIVITY, CHANGE_ACTIVITY } from '../vocabulary.ts';
import { isWorkday } from './calendar.ts';
import type { SamplePerson } from './people.ts';
import { RATES } from './rates.ts';
import type { TenantState } from './state.ts';
import { dayAt, dayNumber, later, showUser, somebody, startOf } from './state.ts';

/** A person's account that a script uses; only a setting can tell the product so. */
export const AUTOMATION: Named = {
  id: guidOf(0x5c1, 1),
  displayName: 'Identity service account',
  userPrincipalName: 'svc-identity@larkfield.example',
};

/** The directory synchronisation, which writes on-premises changes back. */
export const SYNC: Named = {
  id: guidOf(0x5c1, 2),
  displayName: 'On-Premises Directory Synchronization Service Account',
  userPrincipalName: 'Sync_LFDC01_3f0c9a1b7e42@larkfield.onmicrosoft.example',
};

/** Shares of the calls that the operators take. */
const OPERATOR_WEIGHTS = [24, 20, 16, 13, 10, 8, 6, 3];

/** When the desk answers somebody who calls at `at` (UTC ms): office hours of the person's country. */
export function deskMoment(state: TenantState, person: SamplePerson, at: number): number {
  const { random } = state;
  const called = at + 3 * 60_000 + random.exponential(45 * 60_000);
  const offset = person.office.utcOffset * HOUR_MS;
  const local = new Date(called + offset);
  const open = local.getUTCHours() >= 7 && local.getUTCHours() < 18;
  const day = dayNumber(state, called + offset);
  if ((open && isWorkday(dayAt(state, day))) || random.chance(0.12)) return Math.floor(called);
  let next = local.getUTCHours() < 7 ? day : day + 1;
  while (!isWorkday(dayAt(state, next))) next += 1;
  return Math.floor(startOf(state, next) - offset + 7 * HOUR_MS + random.exponential(70 * 60_000));
}

export interface DeskResetParts {
  /** Number of the operator; default by the shares of the calls. */
  operator?: number;
  by?: Named | null;
  result?: string;
  address?: string | null;
}

/** Writes an admin reset of `person` at `at` (UTC ms) and answers its correlation id. */
export function deskReset(
  state: TenantState,
  person: SamplePerson,
  at: number,
  parts: DeskResetParts = {},
): string {
  const operator = parts.operator ?? chosenOperator(state);
  const by = parts.by === undefined ? (state.operators[operator] ?? null) : parts.by;
  const correlationId = state.journal.correlationId();
  state.journal.write({
    at,
    service: SSPR_SERVICE,
    activity: ADMIN_RESET_ACTIVITY,
    result: parts.result ?? 'success',
    reason: reasonAt(state, at),
    correlationId,
    target: person,
    by,
    address: parts.address === undefined ? `192.0.2.${200 + operator}` : parts.address,
    agent: person.synced ? 'Microsoft Entra Connect' : 'None',
  });
  if (parts.result === undefined) passwordSet(state, person, at);
  return correlationId;
}

function chosenOperator({ random }: TenantState): number {
  return random.weighted(OPERATOR_WEIGHTS.map((weight, index) => [index, weight] as const));
}

/** Graph wrote `None` until, in 2026, it began to write a sentence; the story changes over half way. */
function reasonAt(state: TenantState, at: number): string {
  return dayNumber(state, at) < state.story.last / 2 ? 'None' : 'Successfully completed reset.';
}

/** A call at the desk: the reset, sometimes a second one, and the change of the temporary password. */
export function deskCall(state: TenantState, person: SamplePerson, calledAt: number): string[] {
  const { random } = state;
  const at = deskMoment(state, person, calledAt);
  if (random.chance(0.01)) deskReset(state, person, at - 40_000, { result: 'failure' });
  const resets = [deskReset(state, person, at)];
  if (random.chance(RATES.secondDeskReset)) {
    resets.push(deskReset(state, person, at + 20 * 60_000 + random.int(4 * HOUR_MS)));
  }
  if (random.chance(RATES.changesTemporary)) {
    passwordChange(state, person, at + 2 * 60_000 + Math.floor(random.exponential(HOUR_MS)));
  }
  return resets;
}

export function passwordChange(state: TenantState, person: SamplePerson, at: number): void {
  const refused = state.random.chance(0.06);
  state.journal.write({
    at,
    service: SSPR_SERVICE,
    activity: CHANGE_ACTIVITY,
    result: refused ? 'failure' : 'success',
    reason: refused ? 'PasswordDoesnotComplyFuzzyPolicy' : 'None',
    correlationId: state.journal.correlationId(),
    target: person,
    by: person,
    address: person.office.address,
    agent: person.synced ? 'Microsoft Entra Connect' : 'None',
  });
  if (!refused) passwordSet(state, person, at);
}

/** /users shows the new date of the password from the next day on. */
export function passwordSet(state: TenantState, person: SamplePerson, at: number): void {
  const day = dayNumber(state, at) + 1;
  later(state, day, () => {
    person.lastPasswordAt = Math.max(person.lastPasswordAt ?? 0, at);
    if (person.accountEnabled) showUser(state, person, day);
  });
}

const FIRST_PASSWORD_WAYS = [
  ['script', 55],
  ['desk', 28],
  ['none', 17],
] as const;

/** Most joiners get their first password from a script, some from the desk, some keep another way in. */
export function firstPassword(state: TenantState, person: SamplePerson): void {
  const { random, truth } = state;
  const at = (person.createdAt ?? 0) + 10 * 60_000 + random.int(6 * HOUR_MS);
  const way = random.weighted(FIRST_PASSWORD_WAYS);
  if (way === 'script') {
    truth.automationResets.push(deskReset(state, person, at, { by: AUTOMATION, address: '' }));
  }
  if (way === 'desk') truth.firstPasswords.push(deskReset(state, person, at));
}

/** What changes passwords without anybody in need: the script, the synchronisation, admins for themselves. */
export function backgroundResets(state: TenantState, day: number): void {
  const { random, truth } = state;
  const someone = () => somebody(state);
  const moment = () => startOf(state, day) + 6 * HOUR_MS + random.int(10 * HOUR_MS);
  if (random.chance(0.5)) {
    const by = { by: AUTOMATION, address: null };
    truth.automationResets.push(deskReset(state, someone(), moment(), by));
  }
  if (random.chance(0.4)) {
    const by = { by: SYNC, address: '' };
    truth.syncResets.push(deskReset(state, someone(), moment(), by));
  }
  if (random.chance(0.05)) {
    truth.unknownInitiatorResets.push(deskReset(state, someone(), moment(), { by: null }));
  }
  const admin = random.pick(state.operators);
  if (random.chance(0.04)) {
    truth.ownResets.push(deskReset(state, admin, moment(), { by: admin }));
  }
}
