/** Coverage with a constant chance: C(t) = K - (K - C0) e^(-h t). Shares of 1, the chance per day. */
export interface ConstantHazard {
  /** Share of people who are capable today. */
  now: number;
  /** Share of people who will ever be capable: K. */
  ceiling: number;
  /** Chance per day of somebody who will be and is not yet: h. */
  hazard: number;
}

/** Coverage after `days`; today's where nobody is left to come. */
export function coverageAfter({ now, ceiling, hazard }: ConstantHazard, days: number): number {
  return ceiling <= now ? now : ceiling - (ceiling - now) * Math.exp(-hazard * days);
}

/** Days until coverage reaches `target`: 0 if it has, null if it never does, as at or above the ceiling. */
export function daysUntil({ now, ceiling, hazard }: ConstantHazard, target: number): number | null {
  if (target <= now) return 0;
  if (target >= ceiling || hazard <= 0) return null;
  return Math.log((ceiling - now) / (ceiling - target)) / hazard;
}
