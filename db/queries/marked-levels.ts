import { addDays, type Day, type DayCutter, dayCutter } from '../../domain/day.ts';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import { type MarkedPoint, markedPoints } from '../../domain/surveillance/rhythm-findings.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import type { SurveillanceSettings } from '../../domain/surveillance/settings.ts';
import type { Store } from '../store-types.ts';
import { bucketPoints } from './judged-points.ts';
import type { PeriodInput } from './reset-days.ts';
import { placeOf } from './watched-counts.ts';

interface Asked extends PeriodInput {
  bucket: 'hour' | 'day';
}

/** Days before the period whose bursts a point of it may only remember: twice the longest window of each. */
const DAYS_BEFORE = { day: 14, hour: 2 };

/** Levels of one series by `placeOf`; what is not unusual is left out. */
export type MarkedLevels = Map<SeriesName, Map<string, AlertLevel>>;

/**
 * The days or hours of a period that settings call unusual, with their levels: those that alerts are made of. What alerts
 * call carried is not among them: its window remembers a burst, and it is usual itself.
 */
export async function markedLevels(
  store: Store,
  asked: Asked,
  settings: SurveillanceSettings,
): Promise<MarkedLevels> {
  const found: MarkedLevels = new Map();
  for (const { point, level, kind } of await markedOf(store, asked, settings)) {
    const { bucket, series, day, startAt } = point;
    if (kind === 'carried' || bucket !== asked.bucket || day < asked.first) continue;
    const own = found.get(series) ?? new Map<string, AlertLevel>();
    found.set(series, own.set(placeOf(day, startAt), level));
  }
  return found;
}

async function markedOf(
  store: Store,
  { tenantId, timeZone, bucket, first: asked, last }: Asked,
  settings: SurveillanceSettings,
): Promise<MarkedPoint[]> {
  const cutter = dayCutter(timeZone);
  const first = addDays(asked, -DAYS_BEFORE[bucket]);
  const { points, series } = await bucketPoints(store, { tenantId, bucket, first, last });
  const alone = { settings, judged: (_: string, day: Day) => series.get(day) ?? 0, cutter };
  const marked = markedPoints(points, alone);
  const spans = bucket === 'day' ? rememberedDays(marked, cutter) : [];
  if (spans.length === 0) return marked;
  const ofHours = new Map<Day, number>();
  for (const span of spans) {
    const hours = await bucketPoints(store, { tenantId, bucket: 'hour', ...span });
    points.push(...hours.points);
    for (const [day, count] of hours.series) ofHours.set(day, count);
  }
  const judged = (of: 'hour' | 'day', day: Day) => (of === 'day' ? series : ofHours).get(day) ?? 0;
  return markedPoints(points, { settings, judged, cutter });
}

/** The days whose bursts of hours the days marked may remember, as spans that do not overlap; no hour remembers days. */
function rememberedDays(
  marked: readonly MarkedPoint[],
  cutter: DayCutter,
): { first: Day; last: Day }[] {
  const spans: { first: Day; last: Day }[] = [];
  const remembered = marked
    .filter(({ remembers, own }) => remembers < own.startAt)
    .map(({ remembers, point }) => ({ first: cutter.dayOf(remembers), last: point.day }))
    .sort((one, other) => (one.first < other.first ? -1 : 1));
  for (const span of remembered) {
    const before = spans.at(-1);
    if (!before || before.last < span.first) spans.push(span);
    else if (span.last > before.last) before.last = span.last;
  }
  return spans;
}
