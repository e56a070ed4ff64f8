/**
 * What the forecast of coverage assumes beyond the data. docs/performance.md says on which
 * curves and seeds they were chosen, and how good the forecast is with them on others.
 */
export interface ForecastConstants {
  /** After as many days an observation counts half: policies and campaigns change, old days tell less. */
  halfLifeDays: number;
  /** What the days before a step count, of what they would without it. */
  beforeStepWeight: number;
  /** Prior of K, the share of people who will ever be capable: Beta(a, b) above today's share. */
  ceilingPrior: readonly [a: number, b: number];
  /** Values of K at which the hazard is fitted. */
  ceilingGrid: number;
  /** Priors of the hazard today (logit, per day), of its slope in ln(days), and of a campaign's pulse: mean, s.d. */
  levelPrior: readonly [mean: number, sd: number];
  slopePrior: readonly [mean: number, sd: number];
  pulsePrior: readonly [mean: number, sd: number];
  /** Days in which a campaign's pulse falls to 1/e. */
  pulseDays: number;
  /** S.d. of the random walk of the hazard's logit, per square root of a day, and what each weighs beforehand. */
  driftPrior: { sds: readonly number[]; weights: readonly number[] };
  /** Steps a day before any were seen: Gamma(events, days). */
  stepPrior: readonly [events: number, days: number];
  /** Part that a step moves of those whom it can: Beta(a, b). */
  stepSize: readonly [a: number, b: number];
  paths: number;
}

export const FORECAST_CONSTANTS: ForecastConstants = {
  halfLifeDays: 45,
  beforeStepWeight: 0.003,
  ceilingPrior: [18, 2],
  ceilingGrid: 40,
  levelPrior: [-5.5, 3],
  slopePrior: [0, 0.5],
  pulsePrior: [1, 0.7],
  pulseDays: 7,
  driftPrior: { sds: [0.02, 0.04, 0.07, 0.12, 0.2], weights: [0.2, 0.2, 0.2, 0.2, 0.2] },
  stepPrior: [1, 90],
  stepSize: [1, 3],
  paths: 2000,
};
