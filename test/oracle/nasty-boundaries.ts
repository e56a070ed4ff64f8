import type { Chance } from './chance.ts';
import { nastyFlow } from './nasty-flows.ts';
import type { Known } from './nasty-people.ts';
import type { recordMaker } from './nasty-records.ts';
import type { Raw } from './raw.ts';

type Make = ReturnType<typeof recordMaker>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the boundary cases are made with. */
export interface BoundaryTools {
  random: Chance;
  make: Make;
  /** As-of. */
  now: number;
  /** Somebody of whom nothing else is told. */
  somebody(): Known;
  desk: Known;
}

/** One need each, exactly at, one ms before and one ms after each limit of the definitions. */
export function boundaries(tools: BoundaryTools): Raw[] {
  const records: Raw[] = [];
  for (const off of [-1, 0, 1]) for (const story of STORIES) records.push(...story(tools, off));
  return records;
}

type Story = (tools: BoundaryTools, off: number) => Raw[];

const STORIES: Story[] = [
  // Rule (a): 24 h from start to start, of flows without success.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    return [...failed(t, person, at), ...success(t, person, at + DAY + off)];
  },
  // A chain of short gaps is one incident, whatever its length.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    return [0, 1, 2].flatMap((n) => failed(t, person, at + n * (DAY - 1) + (n === 2 ? off : 0)));
  },
  // Rule (b): 4 h after the last record, once there is a success.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    return [...success(t, person, at), ...failed(t, person, at + SUCCESS_MS + 4 * HOUR + off)];
  },
  // Rule (c): an admin reset at the first record of either flow.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    const flows = [...failed(t, person, at), ...success(t, person, at + HOUR)];
    return [...flows, reset(t, person, at + off)];
  },
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    const flows = [...failed(t, person, at), ...success(t, person, at + HOUR)];
    return [...flows, reset(t, person, at + HOUR + off)];
  },
  // Attribution: 24 h after the last record of the last success, 72 h after the last record without one.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    return [...success(t, person, at), reset(t, person, at + SUCCESS_MS + DAY + off)];
  },
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    const flows = [...success(t, person, at), ...failed(t, person, at + 3 * HOUR)];
    return [...flows, reset(t, person, at + SUCCESS_MS + DAY + off)];
  },
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    return [...failed(t, person, at), reset(t, person, at + FAILED_MS + 3 * DAY + off)];
  },
  // A further reset at most 24 h after an attributed one.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    const first = at + FAILED_MS + 3 * DAY - 5;
    return [...failed(t, person, at), reset(t, person, first), reset(t, person, first + DAY + off)];
  },
  // ... unless a later incident takes it, or begins and does not.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    const later = success(t, person, at + 2 * HOUR);
    const resets = [reset(t, person, at + HOUR), reset(t, person, at + HOUR + DAY + off)];
    return [...failed(t, person, at), ...later, ...resets];
  },
  // Bypasses less than 24 h apart are one.
  (t, off) => {
    const [person, at] = [t.somebody(), old(t)];
    return [reset(t, person, at), reset(t, person, at + DAY + off), reset(t, person, at + 2 * DAY)];
  },
  // Settling: 72 h to as-of.
  (t, off) => success(t, t.somebody(), t.now - 3 * DAY - SUCCESS_MS + off),
  (t, off) => failed(t, t.somebody(), t.now - 3 * DAY - FAILED_MS + off),
  (t, off) => [reset(t, t.somebody(), t.now - 3 * DAY + off)],
  // Abandoned: more than 60 min before as-of.
  (t, off) => failed(t, t.somebody(), t.now - HOUR - FAILED_MS + off),
  // In progress, still going on.
  (t) => failed(t, t.somebody(), t.now - 20 * 60_000),
];

const SUCCESS_MS = 6 * 10_000;
const FAILED_MS = 2 * 10_000;

/** Some instant of the weeks that are settled by now. */
function old({ random, now }: BoundaryTools): number {
  return now - 25 * DAY + random.below(15 * DAY);
}

function success({ random, make }: BoundaryTools, person: Known, at: number): Raw[] {
  const script = ['identified', 'options', 'start M', 'complete M', 'gates', 'password', 'reset'];
  return grouped(nastyFlow(random, make, { at, person, script, stepMs: 10_000 }), random);
}

function failed({ random, make }: BoundaryTools, person: Known, at: number): Raw[] {
  const script = ['identified', 'options', 'start M'];
  return grouped(nastyFlow(random, make, { at, person, script, stepMs: 10_000 }), random);
}

/** One flow, whatever correlation id chance gave. */
function grouped(records: Raw[], random: Chance): Raw[] {
  const correlationId = random.guid();
  return records.map((record) => ({ ...record, correlationId }));
}

function reset({ make, desk, random }: BoundaryTools, target: Known, at: number): Raw {
  const activity = 'Reset password (by admin)';
  return make({ at, activity, target, initiator: desk, correlation: random.guid() });
}
