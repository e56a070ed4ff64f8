import { expect } from 'vitest';
import { dayAfter, dayAt, startOfDay } from './days.ts';
import { failurePoints, type OracleFacts, summaryOf, trendOf } from './figures.ts';
import type { OracleFailure } from './flows.ts';
import type { Lab } from './lab.ts';

type Asks = Pick<Lab, 'ask'>;

/** Periods that begin and end inside, outside and at the edges of what was collected. */
export function periodsOf({ asOf, read }: OracleFacts): [string, string][] {
  const today = dayAt(asOf, read.timeZone);
  const back = (days: number) => dayAfter(today, -days);
  const lengths: [number, number][] = [
    [34, -1],
    [31, 0],
    [30, 0],
    [32, 30],
    [60, 40],
    [-3, -5],
    [29, 5],
  ];
  const days: [number, number][] = Array.from({ length: 33 }, (_, n) => [n, n]);
  return [...lengths, ...days, [17, 11], [12, 4], [3, 0], [9, 3]].map(([a = 0, b = 0]) => [
    back(a),
    back(b),
  ]);
}

export async function expectSummaries({ ask }: Asks, facts: OracleFacts) {
  for (const [first, last] of periodsOf(facts)) {
    const answer = await ask(`/resets/summary?first=${first}&last=${last}`);
    expect.soft(answer, `summary ${first} to ${last}`).toEqual(summaryOf(facts, first, last));
  }
}

export async function expectTrends({ ask }: Asks, facts: OracleFacts) {
  for (const bucket of ['day', 'week', 'month'] as const)
    for (const [first, last] of periodsOf(facts).filter(([a, b]) => a !== b)) {
      const answer = await ask(`/resets/trend?first=${first}&last=${last}&bucket=${bucket}`);
      const { timeZone } = facts.read;
      const buckets = trendOf(facts, { first, last, bucket });
      const expected = { asOf: new Date(facts.asOf).toISOString(), timeZone, buckets };
      expect.soft(answer, `${bucket} trend ${first} to ${last}`).toEqual(expected);
    }
}

interface Point {
  start: string;
  value?: string | null;
  failed: number | null;
  observed: number | null;
  people: number | null;
  addresses: number | null;
  partial: boolean;
}

const NO_BAND = { expected: null, upper: null, level: null };

export async function expectFailures({ ask }: Asks, facts: OracleFacts) {
  for (const bucket of ['hour', 'day'] as const)
    for (const [first, last] of periodsOf(facts)) {
      if (bucket === 'day' && first === last) continue;
      const path = `/verification/failures?first=${first}&last=${last}&bucket=${bucket}`;
      const { points } = (await ask(path)) as { points: Point[] };
      const expected = failurePoints(facts, { first, last, bucket });
      // What is usual is learned, and told of what was collected alone: test/db/watched-levels.test.ts.
      const told = points.map((point) => ({ ...point, ...(point.failed !== null && NO_BAND) }));
      expect
        .soft(told, `failures by ${bucket} ${first} to ${last}`)
        .toEqual(expected.map((point) => ({ ...point, ...NO_BAND })));
    }
}

/** What each is told by; null: not known. */
const BY = {
  method: ({ method }: OracleFailure) => method ?? 'unknown',
  address: ({ address }: OracleFailure) => address,
};

/** By method and by address: what is not nothing, and that each sum is the total of its list. */
export async function expectFailuresByValue({ ask }: Asks, facts: OracleFacts) {
  const [[first, last] = ['', '']] = periodsOf(facts);
  const period = `first=${first}&last=${last}`;
  const failures = facts.flows.flatMap((flow) => flow.failures);
  for (const by of ['method', 'address'] as const)
    for (const bucket of ['hour', 'day'] as const) {
      const path = `/verification/failures?${period}&bucket=${bucket}&by=${by}`;
      const { points } = (await ask(path)) as { points: Point[] };
      const told = points.filter(({ failed }) => failed).map((one) => ({ ...one, ...NO_BAND }));
      const shown = new Set(points.map(({ value }) => value));
      // Of addresses with as few failures as others it is left open which are shown.
      const values = new Set(failures.map(BY[by]).filter((value) => shown.has(value)));
      const expected = [...values].flatMap((value) =>
        failurePoints(facts, { first, last, bucket, like: (one) => BY[by](one) === value })
          .filter(({ failed }) => failed)
          .map((point) => ({ ...point, value, ...NO_BAND })),
      );
      expect.soft(sorted(told), `by ${by}, ${bucket}`).toEqual(sorted(expected));
      if (bucket === 'hour') continue;
      for (const value of values) {
        const sum = expected
          .filter((point) => point.value === value)
          .reduce((all, { failed }) => all + (failed ?? 0), 0);
        const filter = `${by}=${encodeURIComponent(value ?? '')}`;
        const list = (await ask(`/verification/list?${period}&${filter}&limit=1`)) as {
          total: number;
        };
        expect.soft(list.total, `list by ${by} ${value}`).toBe(sum);
      }
    }
}

const keyOf = ({ start, value }: Pick<Point, 'start' | 'value'>) => `${start} ${value}`;
const sorted = <T extends Pick<Point, 'start' | 'value'>>(all: T[]) =>
  all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** Flows, steps, records and admin resets of everybody that has some. */
export async function expectStories({ ask }: Asks, facts: OracleFacts, ids: readonly string[]) {
  for (const id of ids) {
    const story = (await ask(`/people/${encodeURIComponent(id)}`)) as Record<string, unknown>;
    const { flows, resets } = facts;
    const iso = (at: number) => new Date(at).toISOString();
    const expectedFlows = flows
      .filter(({ person }) => person === id)
      .map((flow) => ({
        startedAt: iso(flow.startedAt),
        lastAt: iso(flow.lastAt),
        outcome: flow.outcome,
        steps: inOrder(
          flow.steps.map(({ method, startedAt, passed }) => ({
            method,
            startedAt: iso(startedAt),
            passed,
          })),
        ),
        records: flow.records.map(({ at, activity, reason, result }) => ({
          at: iso(at),
          activity,
          reason,
          result,
        })),
      }));
    const told = (story.flows as Record<string, unknown>[]).map(({ id: _, ...flow }) => ({
      ...flow,
      steps: inOrder(flow.steps as object[]),
    }));
    expect.soft(inOrder(told), `flows of ${id}`).toEqual(inOrder(expectedFlows));
    const kinds = (story.adminResets as { at: string; kind: string }[]).map(({ at, kind }) => ({
      at,
      kind,
    }));
    const expectedKinds = resets
      .filter(({ person }) => person === id)
      .map(({ at, kind }) => ({ at: iso(at), kind }));
    expect.soft(inOrder(kinds), `admin resets of ${id}`).toEqual(inOrder(expectedKinds));
    const attributed = (story.adminResets as { incidentId: string | null }[]).filter(
      ({ incidentId }) => incidentId !== null,
    );
    const taken = facts.incidents
      .filter(({ person }) => person === id)
      .flatMap(({ resets: own }) => own);
    expect.soft(attributed.length, `attributed resets of ${id}`).toBe(taken.length);
  }
}

function inOrder(values: object[]): object[] {
  const text = (value: object) => JSON.stringify(value);
  return values.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

export function firstInstantOf(day: string, timeZone: string): number {
  return startOfDay(day, timeZone);
}
