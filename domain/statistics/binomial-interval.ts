import type { Share } from '../share.ts';
import { betaQuantile } from './distributions.ts';
import { normalQuantile } from './normal.ts';

/** Bounds of a fraction, 0 to 1. */
export type Interval = readonly [low: number, high: number];

/** Wilson's score interval (1927): what a share of few tells about the chance behind it. 0 to 1 for a share of nothing. */
export function wilsonInterval({ part, whole: trials }: Share, confidence = 0.95): Interval {
  if (trials === 0) return [0, 1];
  const z2 = normalQuantile((1 + confidence) / 2) ** 2;
  const middle = part + z2 / 2;
  const half = Math.sqrt(z2 * ((part * (trials - part)) / trials + z2 / 4));
  return [
    part === 0 ? 0 : (middle - half) / (trials + z2),
    part === trials ? 1 : (middle + half) / (trials + z2),
  ];
}

/** Clopper and Pearson's exact interval (1934): covers at least `confidence`, whatever the chance. */
export function clopperPearsonInterval({ part, whole }: Share, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return [
    part === 0 ? 0 : betaQuantile(tail, part, whole - part + 1),
    part === whole ? 1 : betaQuantile(1 - tail, part + 1, whole - part),
  ];
}

/** Jeffreys' interval: the middle of the posterior under his prior, Beta(1/2, 1/2) (Brown, Cai and DasGupta 2001). */
export function jeffreysInterval({ part, whole }: Share, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  const [a, b] = [part + 0.5, whole - part + 0.5];
  return [betaQuantile(tail, a, b), betaQuantile(1 - tail, a, b)];
}
