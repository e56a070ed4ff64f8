import { and, eq, gte, lt, lte, sql } from 'drizzle-orm';
import { DAY_MS, type DayCutter, dayCount, HOUR_MS, hourOf } from '../../domain/day.ts';
import type { ExcessBy, ExcessPart } from '../../domain/surveillance/evidence.ts';
import { explainExcess, type Part } from '../../domain/surveillance/explain-excess.ts';
import type { Behind } from '../queries/alert-behind.ts';
import type { Store } from '../store-types.ts';

/** How far back what is usual is read. */
const BASELINE_MS = 90 * DAY_MS;
const PARTS_KEPT = 50;

export interface ExcessInput {
  tenantId: number;
  /** UTC milliseconds, the end not included. */
  startAt: number;
  endAt: number;
  cutter: DayCutter;
}

const COLUMNS = [
  ['address', 'address'],
  ['person', 'personId'],
  ['method', 'method'],
  ['country', 'country'],
] as const;

/** Who or what makes the excess of failed verifications of a time, against the 90 days before it; nothing where there is none. */
export async function failureExcess(store: Store, input: ExcessInput): Promise<ExcessBy[]> {
  const window = {
    spread: 1, // what the judged hours vary by beyond chance is not kept; 1 tells excesses apart all the same
    baselineWindows: BASELINE_MS / Math.max(1, input.endAt - input.startAt),
  };
  let expected = await expectedFailures(store, input);
  const found: ExcessBy[] = [];
  for (const [by, column] of COLUMNS) {
    const values = await valuesOf(store, input, column);
    expected ??= sum(values.map(({ before }) => before)) / window.baselineWindows;
    const { parts, covered } = explainExcess(values, { ...window, expected });
    if (parts.length === 0) continue;
    const kept = parts.slice(0, PARTS_KEPT).map(
      ({ value, observed, expected: usual, isNew, pWithout }): ExcessPart => ({
        ...{ value, observed, expected: usual, isNew, pWithout },
      }),
    );
    found.push({ by, parts: kept, values: parts.length, covered });
  }
  return found;
}

/** People behind a rule that counts something else, those with the most first: nothing is usual for them. */
export function peopleBehind(behind: readonly Behind[]): ExcessBy[] {
  const times = new Map<string | null, number>();
  for (const { personId, times: own } of behind)
    times.set(personId, (times.get(personId) ?? 0) + own);
  const parts = [...times]
    .map(([value, observed]) => {
      return { value, observed, expected: 0, isNew: false, pWithout: null };
    })
    .sort((a, b) => b.observed - a.observed || compare(a.value, b.value));
  if (parts.length === 0) return [];
  return [{ by: 'person', parts: parts.slice(0, PARTS_KEPT), values: parts.length, covered: null }];
}

const compare = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : 1);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Counts by value in the time and in the 90 days before it; a value that is not told is null. */
async function valuesOf(
  { t: { failedVerification: failed }, read }: Store,
  { tenantId, startAt, endAt }: ExcessInput,
  name: (typeof COLUMNS)[number][1],
): Promise<Part<string | null>[]> {
  const column = failed[name];
  const value = sql<string | null>`nullif(${column}, '')`;
  const count = (is: string) =>
    sql<number>`sum(case when ${failed.failedAt} ${sql.raw(is)} ${startAt} then 1 else 0 end)`;
  const rows = await read
    .select({
      value: value.as('value'),
      observed: count('>=').mapWith(Number),
      before: count('<').mapWith(Number),
    })
    .from(failed)
    .where(
      and(
        eq(failed.tenantId, tenantId),
        gte(failed.failedAt, startAt - BASELINE_MS),
        lt(failed.failedAt, endAt),
      ),
    )
    .groupBy(value)
    .orderBy(value);
  return rows;
}

/**
 * Failed verifications that were expected in a time, as they were judged: of its hours where those are judged, else of
 * its days. Null: neither is.
 */
async function expectedFailures(store: Store, input: ExcessInput): Promise<number | null> {
  const { startAt, endAt, cutter } = input;
  const { watchedLevel: told } = store.t;
  const hours = await expectedOf(store, input.tenantId, 'hour', [
    gte(told.startAt, hourOf(startAt)),
    lt(told.startAt, endAt),
  ]);
  const length = Math.ceil((endAt - hourOf(startAt)) / HOUR_MS);
  if (hours.count >= 0.9 * length) return (hours.expected * length) / hours.count;
  const [first, last] = [cutter.dayOf(startAt), cutter.dayOf(endAt - 1)];
  const days = await expectedOf(store, input.tenantId, 'day', [
    gte(told.day, first),
    lte(told.day, last),
  ]);
  if (days.count < 0.9 * dayCount(first, last)) return null;
  return (days.expected * (endAt - startAt)) / (days.count * DAY_MS);
}

async function expectedOf(
  { t: { watchedLevel: told }, read }: Store,
  tenantId: number,
  bucket: 'day' | 'hour',
  when: ReturnType<typeof gte>[],
): Promise<{ count: number; expected: number }> {
  const [row] = await read
    .select({
      count: sql<number>`count(${told.expected})`.mapWith(Number),
      expected: sql<number>`coalesce(sum(${told.expected}), 0)`.mapWith(Number),
    })
    .from(told)
    .where(
      and(
        ...[eq(told.tenantId, tenantId), eq(told.bucket, bucket), eq(told.series, 'failed')],
        ...when,
      ),
    );
  return row ?? { count: 0, expected: 0 };
}
