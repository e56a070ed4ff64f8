import type { Day } from '../day.ts';
import { DAY_MS } from '../day.ts';
import type { ForecastConstants } from './constants.ts';
import { isFall, isRise, localLevels } from './steps.ts';

/** The counts of one collected day. */
export interface CoverageDay {
  day: Day;
  population: number;
  capable: number;
}

/** The history as changes between collected days. Arrays have one element per change, oldest first. */
export interface CoverageHistory {
  /** Collected days that were used. */
  collected: number;
  /** Number of the last collected day; day numbers count from 1970-01-01. */
  today: number;
  people: number;
  capable: number;
  /** Day number of a change's end, and how many days it spans: more than one where days were not collected. */
  ends: Int32Array;
  spans: Int32Array;
  /** People and capable people at a change's beginning. */
  peopleBefore: Float64Array;
  capableBefore: Float64Array;
  /** What was gained or lost, net, in a change; 0 in steps. */
  gains: Float64Array;
  losses: Float64Array;
  /** Days since the history or the present regime began: since the last step. */
  ages: Float64Array;
  /** How much a change counts, 0 to 1; 0 in steps. */
  weights: Float64Array;
  /** Steps seen: part of the capable that a fall took, part of the others that a rise brought. */
  falls: number[];
  rises: number[];
  /** Days since the last step, or since the beginning. */
  age: number;
  days: number;
  /** Relative growth of the population per day, steps left out, and its standard error. */
  growth: number;
  growthSe: number;
}

export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** Days that can be used: with people, no more capable than people, each once, oldest first. */
export function usableDays(days: readonly CoverageDay[]): CoverageDay[] {
  const usable: CoverageDay[] = [];
  for (const one of days) {
    const last = usable.at(-1);
    if (one.population > 0 && one.capable >= 0 && one.capable <= one.population)
      if (!last || one.day > last.day) usable.push(one);
  }
  return usable;
}

/** Takes at least two usable days apart into changes. Throws a RangeError for fewer. */
export function coverageHistory(
  days: readonly CoverageDay[],
  { halfLifeDays, beforeStepWeight }: ForecastConstants,
): CoverageHistory {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last || days.length < 2) throw new RangeError('Two days make a change.');
  const count = days.length - 1;
  const history: CoverageHistory = {
    collected: days.length,
    today: dayNumber(last.day),
    people: last.population,
    capable: last.capable,
    ends: new Int32Array(count),
    spans: new Int32Array(count),
    peopleBefore: new Float64Array(count),
    capableBefore: new Float64Array(count),
    gains: new Float64Array(count),
    losses: new Float64Array(count),
    ages: new Float64Array(count),
    weights: new Float64Array(count),
    falls: [],
    rises: [],
    age: 0,
    days: dayNumber(last.day) - dayNumber(first.day),
    growth: 0,
    growthSe: 0,
  };
  const changes = new Float64Array(count);
  const moved = new Float64Array(count);
  let before = first;
  for (let i = 0; i < count; i++) {
    const after = days[i + 1] as CoverageDay;
    const end = dayNumber(after.day);
    const span = end - dayNumber(before.day);
    history.ends[i] = end;
    history.spans[i] = span;
    history.peopleBefore[i] = before.population;
    history.capableBefore[i] = before.capable;
    changes[i] = after.capable - before.capable;
    moved[i] = after.population - before.population;
    before = after;
  }
  const steps = stepsOf(history, changes, moved);
  regimes(history, { changes, moved, steps, start: dayNumber(first.day) });
  weigh(history, steps, { halfLifeDays, beforeStepWeight });
  grow(history, moved, steps);
  return history;
}

/** Changes of one day too large to be a rate: policy, licences, a merger. */
function stepsOf(
  { spans, peopleBefore }: CoverageHistory,
  changes: Float64Array,
  moved: Float64Array,
): Uint8Array {
  const usual = localLevels(changes, spans);
  const usualMoved = localLevels(moved, spans);
  return Uint8Array.from(changes, (change, i) => {
    const span = spans[i] as number;
    const people = peopleBefore[i] as number;
    const excess = change - (usual.level[i] as number) * span;
    const noise = usual.noise[i] as number;
    const excessMoved = Math.abs((moved[i] as number) - (usualMoved.level[i] as number) * span);
    return isRise(excess, { people, noise, span }) ||
      isFall(excess, { people, noise, span }) ||
      isRise(excessMoved, { people, noise: usualMoved.noise[i] as number, span })
      ? 1
      : 0;
  });
}

function regimes(
  history: CoverageHistory,
  parts: { changes: Float64Array; moved: Float64Array; steps: Uint8Array; start: number },
): void {
  const { changes, moved, steps } = parts;
  const { ends, peopleBefore, capableBefore, gains, losses, ages } = history;
  let began = parts.start;
  for (let i = 0; i < ends.length; i++) {
    const change = changes[i] as number;
    if (steps[i]) {
      const before = (capableBefore[i] as number) / (peopleBefore[i] as number);
      const people = (peopleBefore[i] as number) + (moved[i] as number);
      const after = ((capableBefore[i] as number) + change) / people;
      if (after < before) history.falls.push(1 - after / before);
      else if (after > before) history.rises.push((after - before) / (1 - before));
      began = ends[i] as number;
    } else {
      gains[i] = Math.max(0, change);
      losses[i] = Math.max(0, -change);
    }
    ages[i] = (ends[i] as number) - began;
  }
  history.age = history.today - began;
}

function weigh(
  { ends, weights, today }: CoverageHistory,
  steps: Uint8Array,
  { halfLifeDays, beforeStepWeight }: Pick<ForecastConstants, 'halfLifeDays' | 'beforeStepWeight'>,
): void {
  let discount = 1;
  for (let i = ends.length - 1; i >= 0; i--) {
    if (steps[i]) discount *= beforeStepWeight;
    else weights[i] = discount * 2 ** (((ends[i] as number) - today) / halfLifeDays);
  }
}

function grow(history: CoverageHistory, moved: Float64Array, steps: Uint8Array): void {
  const { peopleBefore, spans, ends, today } = history;
  const HALF_LIFE = 90;
  let [sum, sumDays, squares, used] = [0, 0, 0, 0];
  const relative = (i: number) => (moved[i] as number) / (peopleBefore[i] as number);
  for (let i = 0; i < moved.length; i++) {
    if (steps[i]) continue;
    const weight = 2 ** (((ends[i] as number) - today) / HALF_LIFE);
    sum += weight * relative(i);
    sumDays += weight * (spans[i] as number);
  }
  if (sumDays === 0) return;
  history.growth = sum / sumDays;
  for (let i = 0; i < moved.length; i++) {
    if (steps[i]) continue;
    const weight = 2 ** (((ends[i] as number) - today) / HALF_LIFE);
    squares += weight * weight * (relative(i) - history.growth * (spans[i] as number)) ** 2;
    used += 1;
  }
  history.growthSe = used > 1 ? Math.sqrt(squares) / sumDays : Math.abs(history.growth);
}
