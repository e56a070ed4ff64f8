import type { Origin } from './rolling-origins.ts';

/** No member is believed less, next to the others, where it can tell at all. */
const WEIGHT_LEAST = 0.1;
/** How much a loss of one part more than the best member's tells against a member. */
const SHARPNESS = 5;

/**
 * Weights that fall exponentially with the loss at past origins (Vovk 1990), 0 for members that cannot tell now. The
 * loss is the pinball loss of the middle, half the absolute error, over the mean of the counts.
 */
export function memberWeights(origins: readonly Origin[], canTell: readonly boolean[]): number[] {
  const losses = canTell.map((can, member) => (can ? lossOf(origins, member) : null));
  const known = losses.filter((loss) => loss !== null);
  const best = known.length > 0 ? Math.min(...known) : 0;
  const worst = known.length > 0 ? Math.max(...known) : 0;
  const raw = canTell.map((can, member) => {
    if (!can) return 0;
    const loss = losses[member] ?? worst;
    return best > 0 ? Math.exp(-SHARPNESS * (loss / best - 1)) : loss > 0 ? 0 : 1;
  });
  return withFloor(raw, canTell);
}

function lossOf(origins: readonly Origin[], member: number): number | null {
  let [loss, count] = [0, 0];
  for (const { came, told } of origins) {
    const ours = told[member];
    if (!ours) continue;
    for (const [i, value] of came.entries()) {
      if (Number.isNaN(value)) continue;
      loss += Math.abs(value - (ours[i] as number)) / 2;
      count += 1;
    }
  }
  return count > 0 ? loss / count : null;
}

function withFloor(raw: readonly number[], canTell: readonly boolean[]): number[] {
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const lifted = raw.map((weight, member) =>
    canTell[member] ? Math.max(WEIGHT_LEAST, total > 0 ? weight / total : 1) : 0,
  );
  const sum = lifted.reduce((all, weight) => all + weight, 0);
  return lifted.map((weight) => (sum > 0 ? weight / sum : 0));
}

/** The members' expectations together; null where none could tell. */
export function weighted(
  told: readonly (Float64Array | null)[],
  weights: readonly number[],
): Float64Array | null {
  let total = 0;
  let together: Float64Array | null = null;
  for (const [member, expected] of told.entries()) {
    const weight = weights[member] ?? 0;
    if (!expected || weight === 0) continue;
    total += weight;
    together ??= new Float64Array(expected.length);
    for (let i = 0; i < together.length; i++)
      together[i] = (together[i] as number) + weight * (expected[i] as number);
  }
  return together?.map((sum) => sum / total) ?? null;
}
