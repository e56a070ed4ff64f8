import type { OracleFlow } from './flows.ts';
import type { Entry } from './raw.ts';
import type { Meaning } from './vocabulary.ts';

export const STAGES = [
  'identified',
  'options',
  'started',
  'passed',
  'gates_passed',
  'password_submitted',
  'done',
] as const;

const REFUSED_PASSWORDS = [
  'user submitted a password that did not meet',
  'the user selected a password that was automatically banned',
  'passworddoesnotcomplyfuzzypolicy',
  'fuzzypolicyviolationinvalidpassword',
];

/** Index into STAGES of the furthest stage that any record tells of. */
export function stageReached({ outcome, records, meanings }: OracleFlow): number {
  if (outcome === 'completed' || outcome === 'unlocked') return 6;
  return Math.max(...records.map((record, index) => stageTold(record, meanings[index] as Meaning)));
}

function stageTold(record: Entry, meaning: Meaning): number {
  switch (meaning.kind) {
    case 'options':
      return 1;
    case 'started':
    case 'too many':
      return 2;
    case 'contacted':
      return meaning.method === null ? 0 : 2;
    case 'completed':
      return 3;
    case 'gates':
      return 4;
    case 'password':
      return 5;
    case 'unsuccessful':
      return record.activity.toLowerCase().startsWith('unlock') ? 4 : 5;
    case 'failure':
      return REFUSED_PASSWORDS.some((start) => record.reason?.toLowerCase().startsWith(start))
        ? 5
        : 0;
    default:
      return 0;
  }
}

/** Index of the furthest stage in the funnel of a method; null: the flow never started it. */
export function stageWith(flow: OracleFlow, method: string): number | null {
  const step = flow.steps.find((one) => one.method === method);
  if (!step) return null;
  return step.passed ? stageReached(flow) : 2;
}

export interface Switch {
  from: string;
  to: string;
}

/** Methods in the order of their first start; where the one before was never passed, it was given up. */
export function switchesOf({ meanings, steps }: OracleFlow): Switch[] {
  const begun: string[] = [];
  for (const meaning of meanings) {
    const named =
      meaning.kind === 'started' || meaning.kind === 'contacted' ? meaning.method : null;
    if (named === null || begun.includes(named)) continue;
    // Contacting an admin after a method starts it only where nothing else did.
    const startsLater = meanings.some((one) => one.kind === 'started' && one.method === named);
    const isStep = steps.some(({ method }) => method === named);
    if (isStep && (meaning.kind === 'started' || !startsLater)) begun.push(named);
  }
  const isPassed = (method: string) => steps.some((one) => one.method === method && one.passed);
  return begun.flatMap((to, index) => {
    const from = begun[index - 1];
    return from === undefined || isPassed(from) ? [] : [{ from, to }];
  });
}
