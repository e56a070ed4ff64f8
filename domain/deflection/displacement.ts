import { linearModel } from '../statistics/linear-model.ts';
import { neweyWest } from '../statistics/newey-west.ts';

/** Tickets and self-served incidents period by period, oldest first, without a period left out. */
export interface TicketHistory {
  /** Password tickets; null where none were imported for the period. */
  tickets: readonly (number | null)[];
  /** Settled self-served incidents; 0 before self-service began, null where not collected. */
  served: readonly (number | null)[];
  /** 12 for months. */
  periodsPerYear: number;
}

/** How many tickets fewer there were for each self-served incident. */
export interface Displacement {
  delta: number;
  standardError: number;
  /** Periods that it is from. */
  periods: number;
}

/** Intercept, sine, cosine, served; and as many again, so that the errors can be told at all. */
const PERIODS_LEAST = 8;

/**
 * Regression of tickets on self-served incidents and a yearly wave, with the errors of Newey and West 1987 up to lag
 * max(2, 4 (n/100)^(2/9)), times n / (n - p). It takes for granted that self-service and need share no other trend.
 * Null where the history is too short, or self-service never changed.
 */
export function displacement({
  tickets,
  served,
  periodsPerYear,
}: TicketHistory): Displacement | null {
  const design: number[][] = [];
  const response: number[] = [];
  for (const [t, count] of tickets.entries()) {
    const self = served[t] ?? null;
    if (count === null || self === null) continue;
    const turn = (2 * Math.PI * (t + 1)) / periodsPerYear;
    design.push([1, Math.sin(turn), Math.cos(turn), -self]);
    response.push(count);
  }
  const periods = response.length;
  const selves = new Set(design.map((row) => row[3]));
  if (periods < PERIODS_LEAST || selves.size < 2) return null;
  const model = linearModel(design, response);
  const lag = Math.max(2, Math.floor(4 * (periods / 100) ** (2 / 9)));
  const variance = neweyWest(model, { lag, smallSample: true })[3]?.[3] ?? Number.NaN;
  return {
    ...{ delta: model.coefficients[3] ?? Number.NaN, periods },
    standardError: Math.sqrt(Math.max(0, variance)),
  };
}
