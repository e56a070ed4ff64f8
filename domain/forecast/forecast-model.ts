import type { ForecastConstants } from './constants.ts';
import type { CoverageHistory } from './coverage-history.ts';
import { lossPosterior } from './coverage-paths.ts';
import type { HazardPosterior } from './hazard-posterior.ts';

/** What the forecast found in the history, for people to judge it by. Shares are 0 to 1. */
export interface ForecastModel {
  /** Collected days, and calendar days from the first to the last. */
  collectedDays: number;
  historyDays: number;
  /** K: share of people who will ever become capable as policy is now. */
  ceiling: { p10: number; p50: number; p90: number };
  /** Chance per day that one of those who will, and is not yet, becomes capable; an average weekday of today. */
  hazardPerDay: number;
  /** People gained per day at today's rates, and lost: of each day only the balance is known. */
  gainedPerDay: number;
  lostPerDay: number;
  /** Change of the population per day. */
  populationPerDay: number;
  /** Falls and rises of many people in a day in the history, and how many a year of both are assumed to come. */
  steps: { falls: number; rises: number; perYear: number };
  /** Days since the last of them, or since the history began. */
  daysSinceStep: number;
  /** How far the hazard's logit wanders within a month, s.d. */
  driftPerMonth: number;
}

export function forecastModel(
  history: CoverageHistory,
  posterior: HazardPosterior,
  { stepPrior: [stepEvents, stepDays] }: ForecastConstants,
): ForecastModel {
  const { fits, probabilities, ceilings, cells } = posterior;
  const { driftSds } = cells;
  const mean = (value: (i: number) => number) =>
    probabilities.reduce((sum, probability, i) => sum + probability * value(i), 0);
  const hazardAt = (i: number) => 1 / (1 + Math.exp(-(fits[i]?.theta[0] ?? 0)));
  const open = (i: number) =>
    Math.max(0, (ceilings[i] as number) * history.people - history.capable);
  const gained = mean((i) => hazardAt(i) * open(i));
  const pool = mean(open);
  const loss = lossPosterior(history);
  const seen = history.falls.length + history.rises.length;
  const sd = cells.probabilities.reduce(
    (sum, one, index) => sum + one * (driftSds[index % driftSds.length] ?? 0),
    0,
  );
  return {
    collectedDays: history.collected,
    historyDays: history.days + 1,
    ceiling: ceilingQuantiles(posterior),
    hazardPerDay: round(pool > 0 ? gained / pool : 0, 6),
    gainedPerDay: round(gained, 2),
    lostPerDay: round((loss.lost / loss.exposed) * history.capable, 2),
    populationPerDay: round(history.growth * history.people, 2),
    steps: {
      ...{ falls: history.falls.length, rises: history.rises.length },
      perYear: round((365 * (stepEvents + seen)) / (stepDays + history.days), 2),
    },
    daysSinceStep: history.age,
    driftPerMonth: round(sd * Math.sqrt(30), 3),
  };
}

function ceilingQuantiles({ ceilings, probabilities }: HazardPosterior): ForecastModel['ceiling'] {
  const at = (share: number) => {
    let sum = 0;
    for (const [i, probability] of probabilities.entries()) {
      sum += probability;
      if (sum >= share) return round(ceilings[i] as number, 4);
    }
    return round(ceilings.at(-1) ?? 1, 4);
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
