import type { Chance } from './chance.ts';
import type { Known } from './nasty-people.ts';
import { METHODS, type recordMaker, TEXTS } from './nasty-records.ts';
import type { Raw } from './raw.ts';

type Make = ReturnType<typeof recordMaker>;

/** A step, or one with a method: `start email`, `complete email`, `contact email`. */
export type Script = readonly string[];

const SUCCESS = [
  'identified',
  'options',
  'start M',
  'complete M',
  'gates',
  'password',
  'reset',
  'RESET',
];

/** Flows as they were seen, and some that nobody has seen yet. M and N are two methods. */
const SCRIPTS: Script[] = [
  SUCCESS,
  SUCCESS,
  SUCCESS,
  SUCCESS,
  ['identified', 'options', 'start M', 'start M', 'complete M', 'gates', 'password', 'reset'],
  ['identified', 'options', 'start M', 'start N', 'complete N', 'gates', 'password', 'RESET'],
  [
    'identified',
    'options',
    'start M',
    'complete M',
    'start N',
    'complete N',
    'gates',
    'unlocked',
    'UNLOCK',
  ],
  ['start M', 'complete M', 'UNLOCK'],
  ['UNLOCK2'],
  ['unlocked'],
  ['RESET'],
  ['identified', 'options', 'start M'],
  ['identified'],
  ['identified', 'options'],
  ['options'],
  ['identified', 'options', 'start M', 'cancelled'],
  ['identified', 'cancelled', 'options'],
  ['identified', 'options', 'start M', 'start N', 'cancelled', 'identified', 'options'],
  ['identified', 'options', 'start M', 'contact M'],
  ['identified', 'options', 'contact M'],
  ['identified', 'options', 'start M', 'complete M', 'contact M'],
  ['contact ?'],
  ['identified', 'contact M', 'start N'],
  ['contact M', 'contact M'],
  ['identified', 'options', 'start M', 'too many', 'BLOCKED'],
  ['BLOCKED'],
  ['too many'],
  ['identified', 'options', 'start M', 'complete M', 'too many'],
  ['BLOCKED', 'too many', 'cancelled'],
  ['identified', 'stop'],
  ['identified', 'options', 'start M', 'complete M', 'stop'],
  ['stop', 'cancelled'],
  ['identified', 'options', 'start M', 'complete M', 'gates', 'password', 'failure'],
  ['identified', 'options', 'start M', 'complete M', 'gates', 'password', 'failure', 'cancelled'],
  ['identified', 'options', 'start M', 'complete M', 'gates', 'password', 'failure', 'password'],
  [
    'identified',
    'options',
    'start M',
    'complete M',
    'gates',
    'password',
    'password',
    'failure',
    'password',
    'reset',
  ],
  ['identified', 'failure', 'options'],
  ['failure'],
  ['RESETFAIL'],
  ['identified', 'UNLOCKFAIL', 'identified'],
  ['RESETFAIL', 'RESET'],
  ['RESETTIMEOUT', 'start M'],
  ['unknown'],
  ['unknown!'],
  ['identified', 'unknown!', 'options'],
  ['unknown?', 'identified'],
  ['unknown!', 'start M'],
  ['complete M'],
  ['gates', 'password'],
  ['identified', 'options', 'complete M', 'start M'],
];

const REAL: Record<string, { activity: string; result: string; reason: string | null }> = {
  RESET: {
    activity: 'Reset password (self-service)',
    result: 'success',
    reason: 'Successfully completed reset.',
  },
  RESETFAIL: {
    activity: 'Reset password (self-service)',
    result: 'failure',
    reason: 'PasswordDoesnotComplyFuzzyPolicy',
  },
  RESETTIMEOUT: { activity: 'Reset password (self-service)', result: 'timeout', reason: 'None' },
  UNLOCK: { activity: 'Unlock user account (self-service)', result: 'success', reason: 'Success' },
  UNLOCK2: {
    activity: 'Unlock a user account (self-service)',
    result: 'success',
    reason: 'Success',
  },
  UNLOCKFAIL: { activity: 'Unlock user account (self-service)', result: 'failure', reason: null },
  BLOCKED: {
    activity: 'Blocked from self-service password reset',
    result: 'success',
    reason: 'None',
  },
};

export interface FlowWish {
  at: number;
  person: Known | null;
  script?: Script;
  /** Between two records, ms; 0 ties them. */
  stepMs?: number;
  others?: readonly Known[];
}

/** The records of one flow, one `stepMs` after the other. */
export function nastyFlow(random: Chance, make: Make, wish: FlowWish): Raw[] {
  const { at, person, script = random.one(SCRIPTS), others = [] } = wish;
  const stepMs = wish.stepMs ?? random.one([0, 0, 1, 900, 20_000, 300_000]);
  const methods = random.shuffled(METHODS);
  const correlation = correlationOf(random);
  const address = random.one(['192.0.2.1', '192.0.2.2', '2001:db8::1', '', '198.51.100.XXX', null]);
  return script.map((step, index) => {
    const stray = others.length > 0 && random.is(0.1) ? random.one(others) : person;
    const anonymous = random.is(0.1);
    return make({
      at: at + index * stepMs,
      ...wordsOf(random, step, methods),
      correlation,
      target: anonymous ? null : stray,
      initiator: random.is(0.1) ? null : stray,
      address: random.is(0.1) ? '203.0.113.9' : address,
    });
  });
}

function correlationOf(random: Chance): string | null {
  if (random.is(0.94)) return random.guid();
  return random.one([null, '', '00000000-0000-0000-0000-000000000000']);
}

function wordsOf(random: Chance, step: string, methods: string[]) {
  const real = REAL[step];
  if (real)
    return step === 'BLOCKED' ? { ...real, result: random.one(['success', 'failure']) } : real;
  const [verb = '', place] = step.split(' ');
  const method = (place === 'N' ? methods[1] : methods[0]) ?? 'email';
  const result = random.is(0.9) ? 'success' : 'failure';
  if (verb === 'start' || verb === 'complete')
    return {
      result,
      reason: `User ${verb}${verb === 'start' ? 'ed' : 'd'} the ${method} verification option`,
    };
  if (verb === 'contact') return { result, reason: contactText(random, place, method) };
  if (verb.startsWith('unknown'))
    return {
      result:
        verb === 'unknown!'
          ? random.one(['failure', 'timeout'])
          : verb === 'unknown?'
            ? 'unknownFutureValue'
            : 'success',
      reason: random.one(TEXTS.unknown ?? []),
    };
  return { result, reason: random.one(TEXTS[step] ?? [step]) };
}

function contactText(random: Chance, place: string | undefined, method: string): string {
  if (place === '?') return 'User contacted an admin';
  const named = method === 'security questions' && random.is(0.5) ? 'security question' : method;
  return `User contacted an admin after trying the ${named} verification option`;
}
