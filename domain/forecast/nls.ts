import { leastSquares } from '../statistics/least-squares.ts';
import type { Differentiable } from './differentiable.ts';
import { differentiable } from './differentiable.ts';
import { parseExpression } from './expression.ts';
import { startingValues } from './nls-start.ts';

/** A nonlinear least-squares fit, in the terms of R's `nls`. */
export interface NlsFit {
  parameters: readonly string[];
  coef: number[];
  se: number[];
  vcov: number[][];
  /** Sum of squared residuals, and their s.d. with as many degrees of freedom as are left. */
  rss: number;
  sigma: number;
  degrees: number;
  fitted: number[];
}

export interface NlsInput {
  /** Such as `b1/(1+exp(b2-b3*x))`; a left side up to `~` is left out. */
  model: string;
  /** Names in the formula that are to be found; any other name is x. */
  parameters: readonly string[];
  x: readonly number[];
  y: readonly number[];
  /** Where to begin; found from the data when left out. */
  starts?: readonly (readonly number[])[];
}

/** How many of the starting values are tried to the end. */
const STARTS = 12;

/**
 * Fits a curve by least squares: Levenberg 1944 and Marquardt 1963, from several starting values, the best of
 * which counts. Throws a RangeError for a formula or data that cannot be read, or where no start converges.
 */
export function nls({ model, parameters, x, y, starts }: NlsInput): NlsFit {
  const curve = differentiable(parseExpression(model), parameters);
  if (x.length !== y.length || x.length < parameters.length)
    throw new RangeError('There are too few points for the curve.');
  const problem: Problem = { curve, x, y, columns: parameters.length };
  let best: Reached | null = null;
  const begin = starts ?? startingValues(curve, { x, y, columns: parameters.length });
  for (const one of begin.slice(0, STARTS)) {
    const found = descend(problem, one);
    if (found.converged && (!best || found.rss < best.rss * (1 - 1e-10))) best = found;
  }
  if (!best) throw new RangeError(`No start of ${model} converges.`);
  return fitOf(problem, parameters, best);
}

interface Problem {
  curve: Differentiable;
  x: readonly number[];
  y: readonly number[];
  columns: number;
}

interface Reached {
  values: Float64Array;
  rss: number;
  converged: boolean;
}

const ITERATIONS = 400;
/** Bates and Watts 1981: the part of the residuals that a further step could still explain. */
const OFFSET_MAX = 1e-9;

function descend(problem: Problem, start: ArrayLike<number>): Reached {
  let values = Float64Array.from(start);
  let { jacobian, residuals, rss } = linearised(problem, values);
  let lambda = 1e-2;
  let offset = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ITERATIONS && Number.isFinite(rss); i++) {
    const { columns } = problem;
    const scales = columnNorms(jacobian, columns);
    const damping = scales.map((scale) => Math.sqrt(lambda) * Math.max(scale, 1e-10));
    const { solution } = leastSquares({ jacobian, columns }, residuals, damping);
    const moved = values.map((value, j) => value + (solution[j] as number));
    const next = linearised(problem, moved);
    if (next.rss <= rss) {
      offset = relativeOffset(problem, next);
      const still = rss - next.rss <= 1e-15 * rss && lambda < 1e-6;
      values = moved;
      ({ jacobian, residuals, rss } = next);
      lambda = Math.max(lambda / 10, 1e-15);
      if (offset < OFFSET_MAX || (still && offset < 1e-5)) break;
    } else lambda *= 10;
    if (lambda > 1e12) break;
  }
  return { values, rss, converged: offset < 1e-5 && values.every(Number.isFinite) };
}

function linearised({ curve, x, y, columns }: Problem, values: Float64Array) {
  const jacobian = new Float64Array(x.length * columns);
  const residuals = new Float64Array(x.length);
  let rss = 0;
  for (let i = 0; i < x.length; i++) {
    const gradient = jacobian.subarray(i * columns, (i + 1) * columns);
    residuals[i] = (y[i] as number) - curve.at(x[i] as number, values, gradient);
    rss += (residuals[i] as number) ** 2;
  }
  if (!jacobian.every(Number.isFinite)) rss = Number.POSITIVE_INFINITY;
  return { jacobian, residuals, rss: Number.isNaN(rss) ? Number.POSITIVE_INFINITY : rss };
}

function columnNorms(jacobian: Float64Array, columns: number): Float64Array {
  const norms = new Float64Array(columns);
  for (let i = 0; i < jacobian.length; i++)
    norms[i % columns] = Math.hypot(norms[i % columns] as number, jacobian[i] as number);
  return norms;
}

function relativeOffset(
  { x, columns }: Problem,
  { jacobian, residuals, rss }: ReturnType<typeof linearised>,
): number {
  const { solution, rank } = leastSquares({ jacobian, columns }, residuals);
  if (rank < columns) return Number.POSITIVE_INFINITY;
  let explained = 0;
  for (let i = 0; i < x.length; i++) {
    let part = 0;
    for (let j = 0; j < columns; j++)
      part += (jacobian[i * columns + j] as number) * (solution[j] as number);
    explained += part * part;
  }
  const left = Math.max(0, rss - explained) / Math.max(1, x.length - columns);
  if (explained === 0) return 0;
  return Math.sqrt(explained / columns / Math.max(left, 1e-30));
}

function fitOf(problem: Problem, parameters: readonly string[], { values, rss }: Reached): NlsFit {
  const { curve, x, columns } = problem;
  const { jacobian, residuals } = linearised(problem, values);
  const degrees = x.length - columns;
  const variance = degrees > 0 ? rss / degrees : Number.NaN;
  const vcov = leastSquares({ jacobian, columns }, residuals)
    .inverse()
    .map((row) => row.map((value) => value * variance));
  return {
    parameters,
    coef: [...values],
    se: vcov.map((row, i) => Math.sqrt(row[i] as number)),
    ...{ vcov, rss, degrees },
    sigma: Math.sqrt(variance),
    fitted: x.map((one) => curve.at(one, values)),
  };
}
