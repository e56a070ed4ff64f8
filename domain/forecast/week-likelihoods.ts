import type { HazardFit, HazardRows } from './hazard-fit.ts';
import { expectedGain } from './hazard-fit.ts';

const BLOCK_DAYS = 7;

/**
 * How well a fit suits the weeks since the last step, if the hazard's logit wanders by each s.d. of `driftSds` a day: ln
 * of the likelihood. The logarithm of a week's gains over those that the fit expects is then a random walk seen
 * through chance, for which the Kalman filter gives it (Harvey 1989, 3.4).
 */
export function weekLikelihoods(
  rows: HazardRows,
  parts: { fit: HazardFit; ceiling: number; age: number; dispersion: number },
  driftSds: readonly number[],
): number[] {
  const blocks = blocksOf(rows, parts);
  const variance = Math.max(VARIANCE_LEAST, parts.fit.chol[0] ** 2);
  return driftSds.map((sd) => logLikelihood(blocks, sd * sd * BLOCK_DAYS, variance));
}

interface Block {
  /** ln(gained / expected), and the variance that chance gives it. */
  ratio: number;
  variance: number;
}

/** Weeks counted back from today, oldest first. */
function blocksOf(
  rows: HazardRows,
  parts: { fit: HazardFit; ceiling: number; age: number; dispersion: number },
): Block[] {
  const { fit, ceiling, age, dispersion } = parts;
  const gained: number[] = [];
  const expected: number[] = [];
  for (let i = 0; i < rows.count; i++) {
    const ago = rows.ago[i] as number;
    if (ago >= age) continue;
    const block = Math.floor(ago / BLOCK_DAYS);
    gained[block] = (gained[block] ?? 0) + (rows.gains[i] as number);
    expected[block] = (expected[block] ?? 0) + expectedGain(rows, i, { ceiling, theta: fit.theta });
  }
  const blocks: Block[] = [];
  for (let block = gained.length - 1; block >= 0; block--) {
    const mean = expected[block];
    if (mean === undefined) continue; // not collected
    const count = (gained[block] ?? 0) + 0.5;
    blocks.push({ ratio: Math.log(count / (mean + 0.5)), variance: dispersion / (mean + 0.5) });
  }
  return blocks;
}

/** Before any week is seen the level may be as far off as the fit itself, or this. */
const VARIANCE_LEAST = 0.25;

function logLikelihood(blocks: readonly Block[], walk: number, before: number): number {
  let [log, level, variance] = [0, 0, before];
  for (const { ratio, variance: noise } of blocks) {
    const error = ratio - level;
    const total = variance + walk + noise;
    log -= 0.5 * (Math.log(total) + (error * error) / total);
    const gain = (variance + walk) / total;
    level += gain * error;
    variance = (variance + walk) * (1 - gain);
  }
  return log;
}
