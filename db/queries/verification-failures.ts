import { and, asc, between, eq, inArray } from 'drizzle-orm';
import { collected, dayCollected } from '../../domain/collected.ts';
import { dayCutter, daysBetween } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { VerificationMethod } from '../../domain/reset-vocabulary.ts';
import type { NamedSeries, SeriesName } from '../../domain/surveillance/series.ts';
import type { Store } from '../store-types.ts';
import { type FailuresBy, failuresByValue } from './failures-by-value.ts';
import type { PeriodInput } from './reset-days.ts';
import { verificationBuckets } from './verification-buckets.ts';
import { NO_BAND, watchedBands } from './watched-bands.ts';
import { placeOf, watchedCounts } from './watched-counts.ts';
import { type WorkedOut, workedOut } from './worked-out.ts';

interface Input extends PeriodInput {
  bucket: 'hour' | 'day';
  /** One series per value that failed in the period, instead of the total. */
  by?: 'method' | FailuresBy | undefined;
  /** Which count the band is of; `failed` with `by`. */
  series?: NamedSeries | undefined;
}

/** Counts of a bucket; `observed` is what `series` asks for. */
interface Counts {
  failed: number;
  people: number;
  addresses: number;
  observed: number;
}

/** One line of a chart. */
interface Line {
  /** Undefined: the total. */
  value?: string | null;
  /** Whose band it has; null: none is learned for it. */
  series: SeriesName | null;
  /** By `placeOf`; nothing where there was none. */
  counts: Map<string, Partial<Counts>>;
}

const NONE: Counts = { failed: 0, people: 0, addresses: 0, observed: 0 };
const NOT_COLLECTED = { failed: null, people: null, addresses: null, observed: null };

/**
 * Failed verifications by day or by real hour, oldest first, none left out; null where the day or hour was not
 * collected. They are inferred from steps not passed: Graph logs no wrong code. The band is the one that was learned
 * for the series. Totals and methods are read from counts, other values from the period's failures.
 */
export async function verificationFailures(store: Store, input: Input) {
  const { tenantId, timeZone } = input;
  const { asOf, windows } = await workedOut(store, tenantId);
  const { lines, valuesLeftOut } = await linesOf(store, input, windows);
  const bands = await watchedBands(store, {
    ...input,
    series: lines.flatMap(({ series }) => series ?? []),
  });
  const buckets = verificationBuckets(input).map((bucket) => {
    return { ...bucket, state: collected(windows, bucket.span) };
  });
  const points = lines.flatMap(({ value, series, counts }) => {
    const band = series === null ? undefined : bands.get(series);
    return buckets.map(({ day, startAt, start, state }) => {
      const place = placeOf(day, startAt);
      return {
        start,
        ...(value !== undefined && { value }),
        ...(state ? { ...NONE, ...counts.get(place) } : NOT_COLLECTED),
        partial: state === 'partial',
        ...((state && band?.get(place)) ?? NO_BAND),
      };
    });
  });
  return { asOf: isoTextOrNull(asOf), timeZone, points, valuesLeftOut };
}

interface Lines {
  lines: Line[];
  valuesLeftOut: number;
}

async function linesOf(store: Store, input: Input, windows: WorkedOut['windows']): Promise<Lines> {
  const { by, series = 'failed' } = input;
  if (by === undefined) return { lines: [await totalLine(store, input, series)], valuesLeftOut: 0 };
  return by === 'method' ? methodLines(store, input) : valueLines(store, input, by, windows);
}

async function totalLine(store: Store, input: Input, series: NamedSeries): Promise<Line> {
  const counts = new Map<string, Partial<Counts>>();
  for (const { day, startAt, failed, people, addresses } of await counted(store, input, ['']))
    counts.set(placeOf(day, startAt), { failed, people, addresses });
  if (series === 'failed' || series === 'people' || series === 'addresses') {
    for (const own of counts.values()) own.observed = own[series] ?? 0;
    return { series, counts };
  }
  for (const [place, observed] of await watchedCounts(store, { ...input, series }))
    counts.set(place, { ...counts.get(place), observed });
  return { series, counts };
}

// Named one by one, the index leads to the period of each; "all but ''" would read their whole history.
const EACH_METHOD = Object.keys({
  email: 0,
  'mobile SMS': 0,
  'mobile voice call': 0,
  'office voice call': 0,
  'security questions': 0,
  'mobile app notification': 0,
  'mobile app code': 0,
  unknown: 0,
} satisfies Record<VerificationMethod | 'unknown', 0>);

async function methodLines(store: Store, input: Input): Promise<Lines> {
  const rows = await counted(store, input, EACH_METHOD);
  const byMethod = Map.groupBy(rows, ({ method }) => method);
  const lines = [...byMethod.keys()].sort().map((method): Line => {
    const own = byMethod.get(method) ?? [];
    return { value: method, series: `method:${method}`, counts: byPlace(own) };
  });
  return { lines, valuesLeftOut: 0 };
}

async function valueLines(
  store: Store,
  input: Input,
  by: FailuresBy,
  windows: WorkedOut['windows'],
): Promise<Lines> {
  const cutter = dayCutter(input.timeZone);
  const days = daysBetween(input.first, input.last).filter((day) =>
    dayCollected(windows, day, cutter),
  );
  const found = await failuresByValue(store, { ...input, by, days, span: spanOf(input) });
  const byValue = Map.groupBy(found.rows, ({ value }) => value);
  const lines = found.values.map((value): Line => {
    const counts = byPlace(byValue.get(value) ?? []);
    return { value, series: seriesOf(by, value), counts };
  });
  return { lines, valuesLeftOut: found.valuesLeftOut };
}

/** From the beginning of the first bucket to the end of the last; of hours that is not that of the days. */
function spanOf(input: Input): { start: number; end: number } {
  const buckets = verificationBuckets(input);
  return { start: buckets[0]?.span.start ?? 0, end: buckets.at(-1)?.span.end ?? 0 };
}

function seriesOf(by: FailuresBy, value: string | null): SeriesName | null {
  if (by === 'country') return value === null ? null : `country:${value}`;
  return by === 'admin' && value === 'true' ? 'admins' : null;
}

interface Counted {
  day: string;
  startAt: number;
  failed: number;
  people: number;
  addresses: number;
}

function byPlace(rows: readonly Counted[]): Map<string, Counts> {
  return new Map(
    rows.map(({ day, startAt, failed, people, addresses }) => [
      placeOf(day, startAt),
      { failed, people, addresses, observed: failed },
    ]),
  );
}

function counted(
  { t: { verificationCount: count }, read }: Store,
  { tenantId, bucket, first, last }: Input,
  methods: string[],
) {
  return read
    .select()
    .from(count)
    .where(
      and(
        eq(count.tenantId, tenantId),
        eq(count.bucket, bucket),
        inArray(count.method, methods),
        between(count.day, first, last),
      ),
    )
    .orderBy(asc(count.method), asc(count.day), asc(count.startAt));
}
