import type { Random } from '../random.ts';
import { canBlock, type FlowMethod, type FlowStep, type STOPS } from '../vocabulary.ts';
import { flowMethods } from './method-sets.ts';
import type { SamplePerson } from './people.ts';
import { RATES, REQUIRED_METHODS } from './rates.ts';

/** A step and the seconds since the one before. */
export type ScriptStep = readonly [step: FlowStep, seconds: number];

export type ScriptEnd = 'success' | 'failed' | 'contacted' | 'blocked' | 'stopped';

export interface FlowScript {
  steps: ScriptStep[];
  end: ScriptEnd;
}

export interface ScriptParts {
  person: SamplePerson;
  random: Random;
  unlock: boolean;
  /** Why policy stops the person at once, null if it does not. */
  stop: keyof typeof STOPS | null;
  smsBroken: boolean;
  writebackBroken: boolean;
}

type Accident = keyof (typeof RATES)['flow'] | 'none';

/** What one attempt will look like: the steps the log shows, and how it ends. */
export function flowScript(parts: ScriptParts): FlowScript {
  const { random, stop, person } = parts;
  if (stop) {
    const steps: ScriptStep[] = [
      ['identified', 0],
      [stop, random.between(0.2, 2)],
    ];
    return { steps, end: 'stopped' };
  }
  const ways = flowMethods(person.methods, random);
  // Capable by data of the directory alone: the log shows no way, the service lets them through.
  if (ways.length < REQUIRED_METHODS) ways.push('email', 'mobile SMS');
  const accident = accidentOf(random);
  const script: FlowScript = { steps: [['identified', 0]], end: 'failed' };
  if (accident === 'noCookies') return withSteps(script, [['no cookies', 1]]);
  script.steps.push(['options', random.between(2, 9)]);
  return gates(parts, { script, accident, ways });
}

function accidentOf(random: Random): Accident {
  const chances = Object.entries(RATES.flow) as [Accident, number][];
  const sum = chances.reduce((total, [, chance]) => total + chance, 0);
  return random.weighted([...chances, ['none', 1 - sum] as [Accident, number]]);
}

interface Course {
  script: FlowScript;
  accident: Accident;
  ways: FlowMethod[];
}

function withSteps(script: FlowScript, steps: ScriptStep[], end: ScriptEnd = 'failed'): FlowScript {
  script.steps.push(...steps);
  script.end = end;
  return script;
}

/** The verification steps; the accident of the flow strikes at one of them. */
function gates(parts: ScriptParts, course: Course): FlowScript {
  const { random, smsBroken } = parts;
  const { script, accident, ways } = course;
  const spare = ways.slice(REQUIRED_METHODS);
  const struck = random.int(REQUIRED_METHODS);
  for (let gate = 0; gate < REQUIRED_METHODS; gate++) {
    const method = ways[gate] ?? 'mobile SMS';
    script.steps.push([`start ${method}`, random.between(3, 16)]);
    const accidentHere = gate === struck ? atGate(accident, method, random) : null;
    if (accidentHere) return withSteps(script, accidentHere.steps, accidentHere.end);
    const fails = (smsBroken && method === 'mobile SMS') || random.chance(RATES.switchesMethod / 2);
    const passed = fails ? spare.shift() : method;
    if (!passed) return withSteps(script, stuck(method, random), 'failed');
    if (fails) script.steps.push([`start ${passed}`, random.between(45, 140)]);
    script.steps.push([`complete ${passed}`, 6 + random.exponential(22)]);
  }
  script.steps.push(['gates passed', random.between(0, 1)]);
  return password(parts, course);
}

/** Whoever waits for a code that does not come, starts again or walks away. */
function stuck(method: FlowMethod, random: Random): ScriptStep[] {
  if (random.chance(0.4)) return [[`start ${method}`, random.between(60, 150)]];
  return random.chance(0.25) ? [['cancelled early', random.between(40, 200)]] : [];
}

function atGate(
  accident: Accident,
  method: FlowMethod,
  random: Random,
): { steps: ScriptStep[]; end: ScriptEnd } | null {
  if (accident === 'abandoned') return { steps: [], end: 'failed' };
  if (accident === 'cancelledEarly') {
    return { steps: [['cancelled early', random.between(10, 90)]], end: 'failed' };
  }
  const blockable = accident === 'blocked' && canBlock(method);
  if (blockable) {
    const seconds = random.between(150, 600);
    const steps: ScriptStep[] = [
      [`too many ${method}`, seconds],
      ['blocked', 1],
    ];
    return { steps, end: 'blocked' };
  }
  if (accident === 'contactedAdmin' || accident === 'blocked') {
    return { steps: [[`contacted admin ${method}`, random.between(40, 200)]], end: 'contacted' };
  }
  return null;
}

/** From the verified person to the new password, or to the unlocked account. */
function password({ random, unlock, person, writebackBroken }: ScriptParts, course: Course) {
  const { script, accident } = course;
  const typing = () => 14 + random.exponential(25);
  const refused = person.synced && random.chance(0.6) ? 'policy on-premises' : 'banned password';
  if (accident === 'cancelledLate') return withSteps(script, [['cancelled late', typing()]]);
  if (unlock && !writebackBroken) return withSteps(script, [['unlocked', typing()]], 'success');
  script.steps.push(['password', typing()]);
  if (person.synced && writebackBroken) {
    return withSteps(script, [['writeback unreachable', random.between(8, 30)]]);
  }
  if (accident === 'systemError') return withSteps(script, [['system error', 3]]);
  if (accident === 'rejectedForGood') {
    return withSteps(script, [
      [refused, 1.2],
      ['password', typing()],
      [refused, 1.1],
    ]);
  }
  if (random.chance(RATES.rejectedOnce)) {
    script.steps.push([refused, 1.2], ['password', typing()]);
  }
  return withSteps(script, [['reset', random.between(0.8, 4)]], 'success');
}
