/** Steps that do not lower the largest value of the simplex by as much, relatively, end the search. */
const SETTLED = 1e-8;

/**
 * A point where `loss` is small, by the simplex of Nelder and Mead 1965 with its usual coefficients (1, 2, 1/2, 1/2).
 * `loss` may be infinite, but not at `start`. Looks at no more than about `evaluationsMax` points.
 */
export function nelderMead(
  loss: (point: Float64Array) => number,
  start: readonly number[],
  { spread, evaluationsMax }: { spread: readonly number[]; evaluationsMax: number },
): { point: Float64Array; value: number } {
  const size = start.length;
  let evaluations = 0;
  const at = (point: Float64Array) => {
    evaluations += 1;
    const value = loss(point);
    return { point, value: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  const simplex = [at(Float64Array.from(start))];
  for (let i = 0; i < size; i++)
    simplex.push(at(Float64Array.from(start, (x, j) => (i === j ? x + (spread[i] as number) : x))));
  type Corner = (typeof simplex)[number];
  const best = () => simplex[0] as Corner;
  const order = () => simplex.sort((one, other) => one.value - other.value);
  order();
  while (evaluations < evaluationsMax) {
    const worst = simplex[size] as Corner;
    if (worst.value - best().value <= SETTLED * (Math.abs(best().value) + SETTLED)) break;
    const centre = new Float64Array(size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        centre[j] = (centre[j] as number) + ((simplex[i] as Corner).point[j] as number) / size;
    const along = (factor: number) =>
      at(centre.map((c, j) => c + factor * (c - (worst.point[j] as number))));
    const reflected = along(1);
    if (reflected.value < best().value) {
      const expanded = along(2);
      simplex[size] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < (simplex[size - 1] as Corner).value) simplex[size] = reflected;
    else {
      const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[size] = contracted;
      else shrink(simplex, at);
    }
    order();
  }
  return best();
}

function shrink(
  simplex: { point: Float64Array; value: number }[],
  at: (point: Float64Array) => { point: Float64Array; value: number },
): void {
  const towards = (simplex[0] as (typeof simplex)[number]).point;
  for (let i = 1; i < simplex.length; i++) {
    const { point } = simplex[i] as (typeof simplex)[number];
    simplex[i] = at(point.map((x, j) => (x + (towards[j] as number)) / 2));
  }
}
