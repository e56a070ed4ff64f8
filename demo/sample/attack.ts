import { HOUR_MS } from '../../domain/day.ts';
import { canBlock } from '../vocabulary.ts';
import { deskCall } from './desk.ts';
import type { FlowScript, ScriptStep } from './flow-script.ts';
import { writeFlow } from './flow-writer.ts';
import { flowMethods } from './method-sets.ts';
import type { SamplePerson } from './people.ts';
import { isCapable } from './rows.ts';
import type { TenantState } from './state.ts';
import { startOf } from './state.ts';

const ADDRESSES = [
  '203.0.113.17',
  '203.0.113.41',
  '203.0.113.42',
  '203.0.113.118',
  '2001:db8:bad::1f',
];

/** A few tries, two days before, to see what the page answers. */
export function probeNight(state: TenantState, day: number): void {
  const start = startOf(state, day) + 2 * HOUR_MS;
  spray(state, { targets: targetsOf(state, 14, 3), start, lengthMs: HOUR_MS, addresses: 1 });
}

/**
 * From one to half past four at night somebody goes through the alphabet of user names, starts a
 * verification for each and passes none, but for one person in Finance, who tells the desk in the morning.
 */
export function attackNight(state: TenantState, day: number): void {
  const start = startOf(state, day) + HOUR_MS;
  const lengthMs = 3.5 * HOUR_MS;
  const targets = targetsOf(state, 240, 11);
  spray(state, { targets, start, lengthMs, addresses: ADDRESSES.length });
  const open = targets.filter(
    (person) =>
      isCapable(person, state.story, day) &&
      person.methods.includes('mobilePhone') &&
      person.methods.includes('email'),
  );
  const victim = open.find(({ department }) => department.name === 'Finance') ?? open[0];
  if (victim) breakIn(state, victim, Math.floor(start + 0.62 * lengthMs));
}

/** One person's two verifications are passed, the password is theirs, and the desk hears of it at seven. */
function breakIn(state: TenantState, victim: SamplePerson, at: number): void {
  const steps: ScriptStep[] = [
    ['identified', 0],
    ['options', 4],
    ['start mobile SMS', 6],
    ['complete mobile SMS', 41],
    ['start email', 5],
    ['complete email', 38],
    ['gates passed', 1],
    ['password', 22],
    ['reset', 2],
  ];
  const address = ADDRESSES[3] ?? '';
  const flow = writeFlow(state, victim, { at, script: { steps, end: 'success' }, address });
  state.truth.attackFlows.push(flow.correlationId);
  state.truth.attackSuccess = flow.correlationId;
  const noticedAt = startOf(state, state.story.attack) + 7 * HOUR_MS;
  state.truth.needs.push({
    ...{ personId: victim.id, at: noticedAt, unlock: false, capable: true, path: 'desk_first' },
    ...{ flows: [], adminResets: deskCall(state, victim, noticedAt), wouldHaveCalled: true },
  });
}

/** `count` members in alphabetical order of their user names, every `step`-th. */
function targetsOf(state: TenantState, count: number, step: number): SamplePerson[] {
  return [...state.present]
    .filter(({ guest }) => !guest)
    .sort((a, b) => (a.userPrincipalName < b.userPrincipalName ? -1 : 1))
    .filter((_, index) => index % step === 0)
    .slice(0, count);
}

function spray(
  state: TenantState,
  parts: { targets: SamplePerson[]; start: number; lengthMs: number; addresses: number },
): void {
  const { random } = state;
  const { targets, start, lengthMs, addresses } = parts;
  for (const [index, person] of targets.entries()) {
    const at = start + ((index + random.next()) / targets.length) * lengthMs;
    const address = ADDRESSES[random.int(addresses)] ?? '';
    const script = attackScript(state, person);
    const flow = writeFlow(state, person, { at: Math.floor(at), script, address });
    state.truth.attackFlows.push(flow.correlationId);
  }
}

function attackScript({ random, story }: TenantState, person: SamplePerson): FlowScript {
  const steps: ScriptStep[] = [['identified', 0]];
  if (!isCapable(person, story, story.attack)) {
    return { steps: [...steps, ['insufficient methods', 0.4]], end: 'stopped' };
  }
  steps.push(['options', 1]);
  for (const method of flowMethods(person.methods, random).slice(0, random.chance(0.35) ? 2 : 1)) {
    steps.push([`start ${method}`, random.between(1, 4)]);
    if (random.chance(0.13) && canBlock(method)) {
      steps.push([`too many ${method}`, random.between(60, 200)], ['blocked', 1]);
      return { steps, end: 'blocked' };
    }
  }
  return { steps, end: 'failed' };
}
