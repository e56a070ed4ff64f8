import type { Entry } from './raw.ts';
import { type Meaning, meaningOf, stageOf } from './vocabulary.ts';

interface Told {
  entry: Entry;
  meaning: Meaning;
}

export interface OracleStep {
  method: string;
  startedAt: number;
  passed: boolean;
  address: string | null;
}

export interface OracleFailure {
  at: number;
  method: string | null;
  person: string | null;
  address: string | null;
}

export interface OracleFlow {
  id: string;
  person: string | null;
  ticks: bigint;
  startedAt: number;
  lastAt: number;
  succeededAt: number | null;
  outcome: string;
  steps: OracleStep[];
  failures: OracleFailure[];
  records: Entry[];
  /** What each of the records means. */
  meanings: Meaning[];
}

const HOUR_MS = 3_600_000;

export function flowsOf(entries: readonly Entry[], asOf: number): OracleFlow[] {
  const told: Told[] = [];
  for (const entry of entries) {
    const meaning = meaningOf(entry);
    if (meaning) told.push({ entry, meaning });
  }
  const groups = Map.groupBy(told, ({ entry }) => entry.correlation ?? `record:${entry.id}`);
  return [...groups].map(([id, records]) => flowOf(id, [...records].sort(inOrder), asOf));
}

function inOrder(a: Told, b: Told): number {
  if (a.entry.ticks !== b.entry.ticks) return a.entry.ticks < b.entry.ticks ? -1 : 1;
  const stages = stageOf(a.meaning) - stageOf(b.meaning);
  if (stages !== 0) return stages;
  return a.entry.id < b.entry.id ? -1 : 1;
}

function flowOf(id: string, told: Told[], asOf: number): OracleFlow {
  const entries = told.map(({ entry }) => entry);
  const first = entries[0] as Entry;
  const lastAt = Math.max(...entries.map(({ at }) => at));
  const person =
    entries.find(({ target }) => target !== null)?.target ??
    entries.find(({ initiator }) => initiator !== null)?.initiator ??
    null;
  const outcome = outcomeOf(told, lastAt, asOf);
  const steps = stepsOf(told);
  return {
    id,
    person,
    ticks: first.ticks,
    startedAt: first.at,
    lastAt,
    succeededAt: told.find(succeeds)?.entry.at ?? null,
    outcome,
    steps,
    failures: outcome === 'in_progress' ? [] : failuresOf(told, steps, person),
    records: entries,
    meanings: told.map(({ meaning }) => meaning),
  };
}

function succeeds({ meaning: { kind } }: Told): boolean {
  return kind === 'reset' || kind === 'unlocked';
}

function outcomeOf(told: Told[], lastAt: number, asOf: number): string {
  const has = (...kinds: Meaning['kind'][]) =>
    told.some(({ meaning }) => kinds.includes(meaning.kind));
  if (has('reset')) return 'completed';
  if (has('unlocked')) return 'unlocked';
  if (has('contacted')) return 'contacted_admin';
  if (has('blocked', 'too many')) return 'blocked';
  if (has('stop')) return 'not_entitled';
  const last = told.findLast(
    ({ meaning: { kind } }) => kind !== 'identified' && kind !== 'options',
  );
  if (last && fails(last)) return 'failed';
  if (last?.meaning.kind === 'cancelled') return 'cancelled';
  return asOf - lastAt > HOUR_MS ? 'abandoned' : 'in_progress';
}

function fails({ entry, meaning: { kind } }: Told): boolean {
  if (kind === 'failure' || kind === 'unsuccessful') return true;
  return kind === 'unknown' && (entry.result === 'failure' || entry.result === 'timeout');
}

function stepsOf(told: Told[]): OracleStep[] {
  const steps: OracleStep[] = [];
  const completed = new Set<string>();
  for (const { meaning } of told) if (meaning.kind === 'completed') completed.add(meaning.method);
  const start = (method: string, { at, address }: Entry) =>
    steps.push({ method, startedAt: at, passed: completed.has(method), address });
  const isStarted = (method: string) => steps.some((step) => step.method === method);
  for (const { entry, meaning } of told)
    if (meaning.kind === 'started' && !isStarted(meaning.method)) start(meaning.method, entry);
  for (const { entry, meaning } of told) {
    if (meaning.kind !== 'contacted' || meaning.method === null) continue;
    if (!isStarted(meaning.method) && !completed.has(meaning.method)) start(meaning.method, entry);
  }
  return steps;
}

function failuresOf(told: Told[], steps: OracleStep[], person: string | null): OracleFailure[] {
  const open = steps.filter(({ passed }) => !passed);
  if (open.length > 0)
    return open.map(({ startedAt, method, address }) => ({
      at: startedAt,
      method,
      person,
      address,
    }));
  const block = told.find(({ meaning: { kind } }) => kind === 'blocked' || kind === 'too many');
  if (!block) return [];
  const { entry, meaning } = block;
  const method = 'method' in meaning ? meaning.method : null;
  return [{ at: entry.at, method, person, address: entry.address }];
}
