/**
 * Where an increasing function is 0, by Newton's steps kept inside a bracket that halves when they leave it
 * (Press et al. 2007, 9.4). `at` answers the value and the slope; `start` may be anywhere.
 */
export function solveIncreasing(
  at: (u: number) => readonly [value: number, slope: number],
  start: number,
): number {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let u = start;
  for (let i = 0; i < STEPS_MAX; i++) {
    const [value, slope] = at(u);
    if (value === 0) return u;
    if (value > 0) high = u;
    else low = u;
    const newton = u - value / slope;
    const next = newton > low && newton < high ? newton : middle(low, high, u);
    if (Math.abs(next - u) <= 1e-15 * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}

const STEPS_MAX = 200;

function middle(low: number, high: number, u: number): number {
  if (low === Number.NEGATIVE_INFINITY) return u - 2 * Math.max(1, Math.abs(u));
  if (high === Number.POSITIVE_INFINITY) return u + 2 * Math.max(1, Math.abs(u));
  return (low + high) / 2;
}
