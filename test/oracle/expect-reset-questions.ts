import { expect } from 'vitest';
import type { Lab } from './lab.ts';
import {
  funnelOf,
  hoursOf,
  methodsOf,
  type Period,
  reasonsOf,
  timesOf,
  writebackOf,
} from './reset-questions.ts';
import type { FlowSeen } from './understood.ts';

type Asks = Pick<Lab, 'ask'>;
type Row = Record<string, unknown>;
type Answer = Record<string, unknown>;

function spanOf({ days }: Period): string {
  return `first=${days[0]}&last=${days.at(-1)}`;
}

/** Rows without an order, those of nothing left out. */
function asSet(rows: unknown, isSomething: (row: Row) => boolean = () => true): unknown {
  if (!Array.isArray(rows)) return rows;
  return rows
    .filter(isSomething)
    .map((row: Row) => Object.fromEntries(Object.entries(row).toSorted()))
    .map((row) =>
      JSON.stringify(row, (_, value) => (typeof value === 'number' ? near(value) : value)),
    )
    .toSorted();
}

/** Products of the same counts in another order differ in the last digits. */
function near(value: number): number {
  return Number(value.toPrecision(10));
}

function falling(rows: unknown, field: string): void {
  const values = Array.isArray(rows) ? rows.map((row: Row) => Number(row[field])) : [];
  expect.soft(values, `most ${field} first`).toEqual(values.toSorted((a, b) => b - a));
}

export async function expectFunnels({ ask }: Asks, period: Period, methods: readonly string[]) {
  for (const method of [undefined, ...methods]) {
    const asked = method === undefined ? '' : `&method=${encodeURIComponent(method)}`;
    const told = (await ask(`/resets/funnel?${spanOf(period)}${asked}`)) as Answer;
    const expected = funnelOf(period, method);
    const switches = told.switches as { flows: number; pairs: Row[] } | null;
    const what = `funnel of ${method ?? 'all'} ${spanOf(period)}`;
    expect.soft({ ...told, switches: null }, what).toEqual({ ...expected, switches: null });
    expect.soft(switches?.flows, what).toBe(expected.switches?.flows);
    expect.soft(asSet(switches?.pairs), what).toEqual(asSet(expected.switches?.pairs));
    falling(switches?.pairs, 'flows');
  }
}

export async function expectMethodRows({ ask }: Asks, period: Period) {
  const told = (await ask(`/resets/methods?${spanOf(period)}`)) as Answer;
  const { methods, ...head } = methodsOf(period);
  const isSomething = ({ started }: Row) => started !== 0;
  expect.soft({ ...told, methods: null }).toEqual({ ...head, methods: null });
  expect.soft(asSet(told.methods, isSomething), spanOf(period)).toEqual(asSet(methods));
  falling(told.methods, 'started');
}

export async function expectReasonRows({ ask }: Asks, period: Period, owners: readonly string[]) {
  for (const owner of [undefined, ...owners]) {
    const asked = owner === undefined ? '' : `&owner=${owner}`;
    const told = (await ask(`/resets/reasons?${spanOf(period)}${asked}`)) as Answer;
    const expected = reasonsOf(period, owner);
    const what = `reasons of ${owner ?? 'all'} ${spanOf(period)}`;
    const reasons = told.reasons as Row[] | null;
    const named = (rows: Row[] | null | undefined, field: string) =>
      rows?.map(({ code: _, reason: _text, known: _known, ...row }) => ({
        ...row,
        owner: row.owner ?? 'unknown',
        name: row[field] ?? 'unknown',
      })) ?? null;
    const withName = reasons?.map((row) => ({ ...row, name: row.code }));
    expect.soft(told.lost, what).toBe(expected.lost);
    expect
      .soft(asSet(named(withName, 'name')), what)
      .toEqual(asSet(named(expected.reasons, 'name')));
    // With an owner, the rows by owner may be those of all.
    const owned = named(told.owners as Row[] | null, 'owner');
    const isAsked = ({ name }: Row) => owner === undefined || name === owner;
    const expectedOwners = expected.owners?.map((row) => ({ ...row, owner: row.name })) ?? null;
    expect.soft(asSet(owned, isAsked), `owners: ${what}`).toEqual(asSet(expectedOwners));
    expectWords(period, reasons ?? []);
  }
}

const OURS = ['reset_failed', 'no_reason'];

/** Unknown reasons are verbatim and first; every known one has words of its own. */
function expectWords({ flows }: Period, reasons: Row[]) {
  const unknown = reasons.filter(({ known }) => !known);
  expect.soft(reasons.slice(0, unknown.length)).toEqual(unknown);
  falling(unknown, 'flows');
  falling(reasons.slice(unknown.length), 'flows');
  for (const { code, reason } of unknown) expect.soft(reason).toBe(code);
  const verbatim = (one: FlowSeen) =>
    one.reason?.owner === 'unknown' && !OURS.includes(one.reason.code) ? [one.reason.code] : [];
  const texts = unknown.map(({ code }) => code);
  const expected = new Set(flows.flatMap(verbatim).filter((text) => isAmong(reasons, text)));
  expect.soft(new Set(texts.filter((code) => !OURS.includes(String(code))))).toEqual(expected);
}

function isAmong(reasons: Row[], text: string): boolean {
  return reasons.some(({ code }) => code === text);
}

export async function expectHours({ ask }: Asks, period: Period) {
  const told = (await ask(`/resets/hours?${spanOf(period)}`)) as Answer;
  const expected = hoursOf(period);
  expect
    .soft({ ...told, cells: null }, `hours ${spanOf(period)}`)
    .toEqual({ ...expected, cells: null });
  expect.soft(asSet(told.cells), `cells ${spanOf(period)}`).toEqual(asSet(expected.cells));
}

export async function expectTimes({ ask }: Asks, period: Period) {
  const told = (await ask(`/resets/times?${spanOf(period)}`)) as Answer;
  const { secondsToReset, ...rest } = timesOf(period);
  const what = `times ${spanOf(period)}`;
  expect.soft({ ...told, secondsToReset: null }, what).toEqual({ ...rest, secondsToReset: null });
  expect.soft(asSet([told.secondsToReset ?? {}]), what).toEqual(asSet([secondsToReset ?? {}]));
}

export async function expectWriteback({ ask }: Asks, period: Period, hybrid: boolean) {
  const told = (await ask(`/resets/writeback?${spanOf(period)}`)) as Answer;
  const expected = writebackOf(period, hybrid);
  const what = `writeback ${spanOf(period)}`;
  const bare = { agents: null, failures: null };
  expect.soft({ ...told, ...bare }, what).toEqual({ ...expected, ...bare });
  const isSomething = (row: Row) => /[1-9]/.test(JSON.stringify({ ...row, agent: null }));
  expect.soft(asSet(told.agents, isSomething), what).toEqual(asSet(expected.agents, isSomething));
  const failures = (told.failures as Row[] | null)?.map(({ code, flows }) => ({ code, flows }));
  expect.soft(asSet(failures ?? null), what).toEqual(asSet(expected.failures));
}
