import { addDays, type Day, type DayCutter, HOUR_MS } from '../day.ts';
import type { AlertLevel } from './alert-level.ts';
import type { Span } from './connected-findings.ts';
import type { Finding } from './finding.ts';
import { type Kind, type Known, kindOf, type Placed } from './finding-kind.ts';
import { type Judged, type JudgedPoint, levelsOf } from './level-of.ts';
import type { AlertRule } from './rule-list.ts';
import { type SeriesName, seriesValue } from './series.ts';
import type { SurveillanceSettings } from './settings.ts';

export interface RhythmInput extends Judged {
  settings: SurveillanceSettings;
  cutter: DayCutter;
}

/**
 * What breaks the rhythm of the watched series, in order of the hours and days it is told of, whatever order the points
 * came in. Rules that are off find nothing.
 *
 * A window of several days or hours stays unusual for some time after a burst. Of a point that is unusual over such a
 * window, after something was found in it before, only its own day or hour tells whether it goes on: else it is carried.
 */
export function rhythmFindings(
  points: readonly JudgedPoint[],
  { settings, judged, cutter }: RhythmInput,
): Finding[] {
  return markedPoints(points, { settings, judged, cutter })
    .map(finding)
    .sort((one, other) => one.endAt - other.endAt || one.startAt - other.startAt);
}

/** A point that is unusual, and why. */
export interface MarkedPoint extends Marked {
  kind: Kind;
}

/**
 * The points that are unusual, those that are carried included; what charts mark and what alerts are made of. Those of one
 * rule are told of each other, so all series of a rule have to be among the points, and those of the week before them.
 */
export function markedPoints(
  points: readonly JudgedPoint[],
  { settings, judged, cutter }: RhythmInput,
): MarkedPoint[] {
  const levels = levelsOf(points, { settings, judged });
  const spanOf = daySpans(cutter);
  const marked = points.flatMap((point, i): Marked[] => {
    const level = levels[i] ?? null;
    const belongs = ruleOf(point.series);
    if (level === null || !isOn(belongs.rule, settings)) return [];
    return [{ point, level, ...belongs, ...spansOf(point, { settings, spanOf }) }];
  });
  return [...Map.groupBy(marked, ({ rule, subject }) => `${rule} ${subject}`).values()].flatMap(
    withKinds,
  );
}

interface Marked extends Placed {
  level: AlertLevel;
  rule: AlertRule;
  subject: string;
}

/** Which rule a series belongs to, and about what. */
function ruleOf(series: SeriesName): { rule: AlertRule; subject: string } {
  const told = seriesValue(series);
  if (told?.kind === 'stop') return { rule: 'configuration_stops', subject: told.value };
  return { rule: series === 'admin_resets' ? series : 'failed_verifications', subject: '' };
}

function isOn(rule: AlertRule, { rhythm, rules }: SurveillanceSettings): boolean {
  return rule === 'failed_verifications' || rule === 'admin_resets'
    ? rhythm[rule].on
    : rules[rule].on;
}

/** What Farrington's method judges: the week that ends on a day. */
const FARRINGTON_DAYS = 7;

function spansOf(
  { bucket, day, startAt, window }: JudgedPoint,
  { settings, spanOf }: { settings: SurveillanceSettings; spanOf: (day: Day) => Span },
): Omit<Placed, 'point'> {
  const length = window ?? 1;
  if (bucket === 'hour') {
    const since = startAt - (length - 1) * HOUR_MS;
    return { own: { startAt, endAt: startAt + HOUR_MS }, since, remembers: since };
  }
  const days = settings.detector === 'farrington' ? FARRINGTON_DAYS : length;
  const before = (count: number) => spanOf(addDays(day, 1 - count)).startAt;
  return { own: spanOf(day), since: before(length), remembers: before(days) };
}

function withKinds(marked: readonly Marked[]): MarkedPoint[] {
  const known: Known[] = [];
  const inOrder = [...marked].sort(
    (one, other) => one.own.endAt - other.own.endAt || one.own.startAt - other.own.startAt,
  );
  return inOrder.map((one) => {
    const kind = kindOf(one, foundBefore(known, one));
    if (kind !== 'carried') known.push({ ...one.own, point: one.point, burst: kind === 'burst' });
    return { ...one, kind };
  });
}

function foundBefore(known: readonly Known[], { own, remembers }: Marked): Known[] {
  const found: Known[] = [];
  for (let i = known.length - 1; i >= 0; i--) {
    const one = known[i];
    if (!one || one.endAt <= remembers) break;
    if (one.startAt >= remembers && one.endAt <= own.startAt) found.push(one);
  }
  return found;
}

function finding({ point, level, rule, subject, own, since, kind }: MarkedPoint): Finding {
  const { series, bucket, observed, expected, upper, p } = point;
  // A burst that is told apart from an earlier one reaches no further back than itself.
  const alone = kind === 'burst';
  return {
    ...{ rule, series, subject, bucket, level, p, threshold: null, learnedOn: null },
    ...{ startAt: alone ? own.startAt : since, endAt: own.endAt, carried: kind === 'carried' },
    // Of a slow spray, hours that raised an alarm stand in it as expected: no whole number.
    observed: alone ? observed : Math.round(point.windowObserved ?? observed),
    expected: alone ? expected : (point.windowExpected ?? expected),
    // The bound of a day or hour says nothing of several.
    upper: alone || (since === own.startAt && !point.slow) ? upper : null,
  };
}

/** The instants of days, each worked out once. */
function daySpans(cutter: DayCutter): (day: Day) => Span {
  const known = new Map<Day, Span>();
  return (day) => {
    let span = known.get(day);
    if (!span) {
      span = { startAt: cutter.startOf(day), endAt: cutter.endOf(day) };
      known.set(day, span);
    }
    return span;
  };
}
