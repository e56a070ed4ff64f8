import type { Day } from '../../domain/day.ts';
import { addDays } from '../../domain/day.ts';
import type { CoverageDay } from '../../domain/forecast/coverage-history.ts';
import { uniformRandom } from '../../domain/random.ts';

/** Points of a growth curve, x ascending. */
export interface Curve {
  x: readonly number[];
  y: readonly number[];
}

export interface GrowthParts {
  people: number;
  /** Days from the first point to the last. */
  days: number;
  /** Share of the people that the highest point stands for. */
  top: number;
  seed: number;
}

const FIRST = '2025-01-06' as Day;

/**
 * A growth curve told as coverage: x is stretched to `days`, y scaled so that its highest point is `top`, between
 * the points runs a monotone cubic, and each person becomes capable on the day on which the curve passes a
 * number drawn for that person. So a day's coverage is binomial around the curve.
 */
export function coverageOfCurve({ x, y }: Curve, parts: GrowthParts): CoverageDay[] {
  const [from, to] = [x[0] ?? 0, x.at(-1) ?? 1];
  const highest = Math.max(...y);
  const rising = y.map((_, i) => Math.max(...y.slice(0, i + 1)));
  const curve = monotoneCubic(
    x.map((one) => ((one - from) / (to - from)) * parts.days),
    rising.map((one) => (one / highest) * parts.top),
  );
  const shares = Array.from({ length: parts.days + 1 }, (_, d) => curve(d));
  const uniform = uniformRandom(parts.seed);
  const gained = new Array<number>(parts.days + 1).fill(0);
  for (let person = 0; person < parts.people; person++) {
    const passed = uniform();
    const day = shares.findIndex((share) => share >= passed);
    if (day >= 0) gained[day] = (gained[day] ?? 0) + 1;
  }
  let capable = 0;
  return gained.map((count, d) => {
    capable += count;
    return { day: addDays(FIRST, d), population: parts.people, capable };
  });
}

/** Fritsch and Carlson 1980: through all points, monotone between them as they are. */
export function monotoneCubic(x: readonly number[], y: readonly number[]): (at: number) => number {
  const last = x.length - 1;
  const slope = (i: number) => ((y[i + 1] ?? 0) - (y[i] ?? 0)) / ((x[i + 1] ?? 0) - (x[i] ?? 0));
  const tangents = x.map((_, i) => {
    if (i === 0) return slope(0);
    if (i === last) return slope(last - 1);
    const [before, after] = [slope(i - 1), slope(i)];
    // The harmonic mean keeps the cubic monotone (Fritsch and Butland 1984).
    return before * after > 0 ? (2 * before * after) / (before + after) : 0;
  });
  return (at) => {
    let i = 0;
    while (i < last - 1 && at > (x[i + 1] ?? 0)) i += 1;
    const width = (x[i + 1] ?? 0) - (x[i] ?? 0);
    const t = Math.min(1, Math.max(0, (at - (x[i] ?? 0)) / width));
    const [t2, t3] = [t * t, t ** 3];
    return (
      (2 * t3 - 3 * t2 + 1) * (y[i] ?? 0) +
      (t3 - 2 * t2 + t) * width * (tangents[i] ?? 0) +
      (3 * t2 - 2 * t3) * (y[i + 1] ?? 0) +
      (t3 - t2) * width * (tangents[i + 1] ?? 0)
    );
  };
}
