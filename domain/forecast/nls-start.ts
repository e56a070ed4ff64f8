import type { Differentiable } from './differentiable.ts';

/** Starting values that are kept, best first. */
const KEPT = 40;
/** Combinations that are tried at most; beyond, every n-th. */
const TRIED_MAX = 60_000;

/**
 * Starting values for a curve about which nothing is known: parameters of growth curves are levels of y,
 * places or widths of x, rates per x, their logarithms, or plain small numbers. All combinations are tried, and
 * those that fit best are kept.
 */
export function startingValues(
  curve: Differentiable,
  { x, y, columns }: { x: readonly number[]; y: readonly number[]; columns: number },
): number[][] {
  const candidates = candidatesOf(x, y);
  const count = candidates.length ** columns;
  // A step without a factor in common with the number of candidates visits all of them in each place.
  let step = Math.max(1, Math.ceil(count / TRIED_MAX));
  while (step > 1 && commonFactor(step, candidates.length) > 1) step += 1;
  const kept: { values: number[]; rss: number }[] = [];
  const values = new Array<number>(columns).fill(0);
  for (let combination = 0; combination < count; combination += step) {
    let left = combination;
    for (let j = 0; j < columns; j++) {
      values[j] = candidates[left % candidates.length] as number;
      left = Math.floor(left / candidates.length);
    }
    const worst = kept.length < KEPT ? Number.POSITIVE_INFINITY : (kept.at(-1)?.rss ?? 0);
    const rss = rssUpTo(curve, { x, y, values, worst });
    if (rss < worst) {
      kept.push({ values: [...values], rss });
      kept.sort((a, b) => a.rss - b.rss);
      if (kept.length > KEPT) kept.pop();
    }
  }
  return kept.map((one) => one.values);
}

function candidatesOf(x: readonly number[], y: readonly number[]): number[] {
  const [xLow, xHigh] = [Math.min(...x), Math.max(...x)];
  const [yLow, yHigh] = [Math.min(...y), Math.max(...y)];
  const width = xHigh - xLow || 1;
  const all = [
    ...[yHigh, 1.2 * yHigh, 1.6 * yHigh, yLow, yLow - 0.3 * (yHigh - yLow)],
    ...[xLow + width / 3, xLow + 0.6 * width, xHigh, width / 4, width / 10],
    ...[1 / width, 3 / width, 10 / width, Math.log(1 / width), Math.log(3 / width)],
    ...[0.5, 1, 2, 4, 8],
  ];
  return [...new Set(all.filter(Number.isFinite))];
}

function rssUpTo(
  curve: Differentiable,
  parts: { x: readonly number[]; y: readonly number[]; values: number[]; worst: number },
): number {
  const { x, y, values, worst } = parts;
  let rss = 0;
  for (let i = 0; i < x.length && rss < worst; i++)
    rss += ((y[i] as number) - curve.at(x[i] as number, values)) ** 2;
  return Number.isNaN(rss) ? Number.POSITIVE_INFINITY : rss;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}
