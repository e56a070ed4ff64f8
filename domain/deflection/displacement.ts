import { leastSquares } from '../statistics/least-squares.ts';
import { linearModel } from '../statistics/linear-model.ts';
import { neweyWest } from '../statistics/newey-west.ts';

/** Tickets and self-served incidents period by period, oldest first, without a period left out. */
export interface TicketHistory {
  /** Password tickets; null where none were imported for the period. */
  tickets: readonly (number | null)[];
  /** Settled self-served incidents; 0 before self-service began, null where not collected. */
  served: readonly (number | null)[];
  /** Tickets about anything else; null where none are told. */
  otherTickets?: readonly (number | null)[];
  /** 12 for months. */
  periodsPerYear: number;
}

/** How many tickets fewer there were for each self-served incident. */
export interface Displacement {
  delta: number;
  standardError: number;
  /** Periods that it is from. */
  periods: number;
  /** Whether other tickets were used as a control. */
  controlled: boolean;
}

/** Intercept, sine, cosine, served; and as many again, so that the errors can be told at all. */
export const PERIODS_LEAST = 8;
/** In less than a year a wave and a beginning look alike: errors are told too small (docs/performance.md). */
const SHORT_FACTOR = 1.5;
/** A fifth column needs more: fewer were not tried. */
const CONTROL_PERIODS_LEAST = 16;

interface Period {
  at: number;
  tickets: number;
  served: number;
  other: number | null;
}

/**
 * Regression of tickets on self-served incidents and a yearly wave, with the errors of Newey and West 1987 up to lag
 * max(2, 4 (n/100)^(2/9)), times n / (n - p); in less than a year, one and a half times those or the plain ones. Other
 * tickets are a control where all periods tell them and there are 16: what moves the whole desk (people joining, closed
 * days) is then not taken for self-service; docs/performance.md has what that gains and when it harms. Else it takes for
 * granted that self-service and need share no other trend. Null where the history is too short, or self-service never
 * changed but with the seasons.
 */
export function displacement(history: TicketHistory): Displacement | null {
  const periods = knownPeriods(history);
  const selves = new Set(periods.map(({ served }) => served));
  if (periods.length < PERIODS_LEAST || selves.size < 2) return null;
  const control = periods.length >= CONTROL_PERIODS_LEAST ? controlOf(periods) : null;
  return (
    (control && estimated(periods, history.periodsPerYear, control)) ??
    estimated(periods, history.periodsPerYear, null)
  );
}

function knownPeriods({ tickets, served, otherTickets = [] }: TicketHistory): Period[] {
  return tickets.flatMap((count, at) => {
    const self = served[at] ?? null;
    if (count === null || self === null) return [];
    return [{ at, tickets: count, served: self, other: otherTickets[at] ?? null }];
  });
}

/** Other tickets around their mean, in parts of it; null where a period does not tell them, or there are none. */
function controlOf(periods: readonly Period[]): number[] | null {
  const others = periods.flatMap(({ other }) => other ?? []);
  const mean = others.reduce((sum, count) => sum + count, 0) / others.length;
  return others.length === periods.length && mean > 0
    ? others.map((count) => count / mean - 1)
    : null;
}

/** Null where a column can be made from the others. */
function estimated(
  periods: readonly Period[],
  periodsPerYear: number,
  control: readonly number[] | null,
): Displacement | null {
  const design = periods.map(({ at, served }, i) => {
    const turn = (2 * Math.PI * (at + 1)) / periodsPerYear;
    const row = [1, Math.sin(turn), Math.cos(turn), -served];
    return control ? [...row, control[i] ?? 0] : row;
  });
  if (!isFullRank(design)) return null;
  const model = linearModel(
    design,
    periods.map(({ tickets }) => tickets),
  );
  const lag = Math.max(2, Math.floor(4 * (periods.length / 100) ** (2 / 9)));
  const variance = neweyWest(model, { lag, smallSample: true })[3]?.[3] ?? Number.NaN;
  const robust = Math.sqrt(Math.max(0, variance));
  const plain = model.standardErrors[3] ?? Number.NaN;
  return {
    ...{ delta: model.coefficients[3] ?? Number.NaN, periods: periods.length },
    standardError:
      periods.length < periodsPerYear ? SHORT_FACTOR * Math.max(robust, plain) : robust,
    controlled: control !== null,
  };
}

function isFullRank(design: readonly number[][]): boolean {
  const columns = design[0]?.length ?? 0;
  const jacobian = Float64Array.from(design.flat());
  return leastSquares({ jacobian, columns }, new Float64Array(design.length)).rank === columns;
}
