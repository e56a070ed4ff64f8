import { and, asc, between, eq } from 'drizzle-orm';
import { collected, dayCollected, type ReadWindow } from '../../domain/collected.ts';
import {
  addDays,
  DAY_MS,
  type Day,
  type DayCutter,
  daysBetween,
  HOUR_MS,
  hourOf,
} from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import {
  type AlertRule,
  THRESHOLD_RULE_FACTS,
  type ThresholdRule,
} from '../../domain/surveillance/rule-list.ts';
import { type SeriesName, seriesValue } from '../../domain/surveillance/series.ts';
import { seriesTitle } from '../../domain/surveillance/series-title.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import type { Store } from '../store-types.ts';
import { watchedCounts } from './watched-counts.ts';

interface TimelineInput {
  alert: AlertRow;
  cutter: DayCutter;
  windows: readonly ReadWindow[];
  asOf: number;
}

/** What lasts longer is told by the day. */
const HOURLY_MS = 4 * DAY_MS;
const AROUND_DAYS = 14;

type Bucket = 'hour' | 'day';

/** What an alert counts, around it: 24 hours before and after by the hour, or 14 days by the day where it lasts over 4 days, or is of a rule that measures days. */
export async function alertTimeline(store: Store, input: TimelineInput) {
  const { alert } = input;
  const series = seriesOf(alert);
  const isLong = alert.lastAt - alert.startedAt > HOURLY_MS;
  const bucket: Bucket = series === null || isLong ? 'day' : 'hour';
  const places = bucket === 'day' ? daysAround(input) : hoursAround(input);
  const told =
    series === null
      ? await ruleDays(store, input, places)
      : await seriesAt(store, input, series, bucket, places);
  return {
    bucket,
    title: series === null ? unitOf(alert.rule as ThresholdRule) : seriesTitle(series),
    points: places.map(({ start, isCollected, within, key }) => {
      const { observed = 0, expected = null, upper = null } = told.get(key) ?? {};
      return { start, observed: isCollected ? observed : null, expected, upper, within };
    }),
  };
}

/** The most unusual series of the evidence, else what the rule counts by the hour as well; null: it counts days alone. */
function seriesOf({ rule, subject, evidence }: AlertRow): SeriesName | null {
  const [top] = evidence.series;
  if (top) return top.series;
  const known: Partial<Record<AlertRule, SeriesName>> = {
    failed_verifications: 'failed',
    admin_resets: 'admin_resets',
    blocked_attempts: 'blocked',
    configuration_stops: `stop:${subject}`,
  };
  return known[rule] ?? null;
}

function unitOf(rule: ThresholdRule): string {
  const { unit } = THRESHOLD_RULE_FACTS[rule];
  return `${unit.charAt(0).toUpperCase()}${unit.slice(1)}`;
}

interface Place {
  start: string;
  /** Day, or UTC start of the hour. */
  key: Day | number;
  day: Day;
  isCollected: boolean;
  /** Whether it is of the alert. */
  within: boolean;
}

function daysAround({ alert, cutter, windows, asOf }: TimelineInput): Place[] {
  const { startedAt, lastAt } = alert;
  const first = addDays(cutter.dayOf(startedAt), -AROUND_DAYS);
  const end = addDays(cutter.dayOf(lastAt - 1), AROUND_DAYS);
  const today = cutter.dayOf(asOf);
  return daysBetween(first, end < today ? end : today).map((day) => ({
    ...{ start: day, key: day, day, isCollected: dayCollected(windows, day, cutter) !== null },
    within: cutter.startOf(day) < lastAt && cutter.endOf(day) > startedAt,
  }));
}

function hoursAround({ alert, cutter, windows, asOf }: TimelineInput): Place[] {
  const { startedAt, lastAt } = alert;
  const last = Math.min(lastAt + DAY_MS, asOf + 1);
  const places: Place[] = [];
  for (let start = hourOf(startedAt - DAY_MS); start < last; start += HOUR_MS) {
    const end = start + HOUR_MS;
    places.push({
      ...{ start: isoText(start), key: start, day: cutter.dayOf(start) },
      isCollected: collected(windows, { start, end }) !== null,
      within: start < lastAt && end > startedAt,
    });
  }
  return places;
}

interface Told {
  observed: number;
  expected: number | null;
  upper: number | null;
}

async function seriesAt(
  store: Store,
  { alert: { tenantId }, cutter }: TimelineInput,
  series: SeriesName,
  bucket: Bucket,
  places: readonly Place[],
): Promise<Map<Place['key'], Told>> {
  const [first, last] = [places[0]?.day, places.at(-1)?.day];
  if (first === undefined || last === undefined) return new Map();
  const { watchedLevel: level } = store.t;
  const period = { tenantId, timeZone: cutter.timeZone, first, last };
  const counts = await countsOf(store, { ...period, bucket, series });
  const rows = await store.read
    .select({
      day: level.day,
      startAt: level.startAt,
      expected: level.expected,
      upper: level.upper,
    })
    .from(level)
    .where(
      and(
        ...[eq(level.tenantId, tenantId), eq(level.bucket, bucket), eq(level.series, series)],
        between(level.day, first, last),
      ),
    );
  const bands = new Map(rows.map((row) => [bucket === 'day' ? row.day : row.startAt, row]));
  return new Map(
    places.map(({ key }) => {
      const { expected = null, upper = null } = bands.get(key) ?? {};
      return [key, { observed: counts.get(String(key)) ?? 0, expected, upper }];
    }),
  );
}

/** Counts by day or UTC start of the hour, as text. */
async function countsOf(
  store: Store,
  input: {
    tenantId: number;
    timeZone: string;
    first: Day;
    last: Day;
    bucket: Bucket;
    series: SeriesName;
  },
): Promise<Map<string, number>> {
  const { series, tenantId, bucket, first, last } = input;
  const value = seriesValue(series);
  const isTotal = series === 'failed' || series === 'people' || series === 'addresses';
  if (!isTotal && value?.kind !== 'method') return watchedCounts(store, input);
  const { verificationCount: count } = store.t;
  const rows = await store.read
    .select()
    .from(count)
    .where(
      and(
        ...[eq(count.tenantId, tenantId), eq(count.bucket, bucket)],
        ...[eq(count.method, value?.value ?? ''), between(count.day, first, last)],
      ),
    );
  return new Map(
    rows.map((row) => [
      row.startAt === 0 ? row.day : String(row.startAt),
      row[isTotal ? series : 'failed'],
    ]),
  );
}

/** The largest value of each day, against the threshold of the alert. */
async function ruleDays(
  { t: { ruleValue }, read }: Store,
  { alert: { tenantId, rule, evidence } }: TimelineInput,
  places: readonly Place[],
): Promise<Map<Place['key'], Told>> {
  const [first, last] = [places[0]?.day, places.at(-1)?.day];
  if (first === undefined || last === undefined) return new Map();
  const upper = evidence.rules.find((one) => one.rule === rule)?.threshold ?? null;
  const rows = await read
    .select({ day: ruleValue.day, observed: ruleValue.value })
    .from(ruleValue)
    .where(
      and(
        ...[eq(ruleValue.tenantId, tenantId), eq(ruleValue.rule, rule as ThresholdRule)],
        between(ruleValue.day, first, last),
      ),
    )
    .orderBy(asc(ruleValue.value)); // the largest last
  const values = new Map(rows.map(({ day, observed }) => [day, observed]));
  return new Map(
    places.map(({ key, day }) => [key, { observed: values.get(day) ?? 0, expected: null, upper }]),
  );
}
