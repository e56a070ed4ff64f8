import type { AssumptionSet } from './assumption-set.ts';
import type { Assumptions } from './assumptions.ts';
import { avoidedFromLogs, type Served } from './avoided-from-logs.ts';
import { avoidedFromTickets } from './avoided-from-tickets.ts';
import { calibratedShare } from './calibrated-share.ts';
import { displacement, PERIODS_LEAST } from './displacement.ts';
import type { CalibrationFigures } from './figures.ts';
import { addedServed, allServed, knownSince, monthsOfBoth } from './history.ts';
import { assumptionsOf } from './prior-of.ts';
import type { HistoryMonth } from './report-input.ts';

/** What tells the part of self-served incidents that would have been tickets. */
export type Evidence =
  | { by: 'logs'; assumptions: Assumptions; whyLogs: string }
  | {
      by: 'tickets';
      assumptions: Assumptions;
      calibration: CalibrationFigures;
      /** Values of the avoided share, as likely as each other. */
      deltas: Float64Array;
    };

/** By tickets where enough months of them are known beside self-service that changed, else by assumption alone. */
export function evidenceOf(set: AssumptionSet, history: readonly HistoryMonth[]): Evidence {
  const assumptions = assumptionsOf(set);
  const known = knownSince(history, set.selfServiceSince);
  const both = monthsOfBoth(known);
  const [first, last] = [both[0], both.at(-1)];
  const byLogs = (whyLogs: string): Evidence => ({ by: 'logs', assumptions, whyLogs });
  if (known.every(({ tickets }) => tickets === null))
    return byLogs('No month of tickets is imported.');
  if (!first || !last || both.length < PERIODS_LEAST)
    return byLogs(tooFew(both.length, known, set.selfServiceSince));
  const estimate = displacement({
    tickets: known.map(({ tickets }) => tickets),
    served: known.map(({ served }) => served && allServed(served)),
    otherTickets: known.map(({ otherTickets }) => otherTickets),
    periodsPerYear: 12,
  });
  if (!estimate)
    return byLogs(
      'Self-service hardly changed over the months with tickets, so they cannot tell what it avoids.',
    );
  const served = both.map((month) => month.served).reduce(addedServed);
  const { deltas, range, flatWeight, contradicted } = calibratedShare({
    ...{ served, assumptions, estimate },
  });
  const calibration = {
    ...{ firstMonth: first.month, lastMonth: last.month, months: both.length },
    estimate: { share: estimate.delta, standardError: estimate.standardError },
    ...{ share: range, flatWeight, contradicted, controlled: estimate.controlled },
  };
  return { by: 'tickets', assumptions, calibration, deltas };
}

function tooFew(months: number, known: readonly HistoryMonth[], since: string | null): string {
  const counted = `Tickets and self-service are both known for ${months} whole ${months === 1 ? 'month' : 'months'}, and ${PERIODS_LEAST} are needed.`;
  const alone = known.filter(({ tickets, served }) => tickets !== null && served === null).length;
  return since === null && alone > 0
    ? `${counted} Say since when people can reset by themselves: then months of tickets from before count too.`
    : counted;
}

/**
 * Futures of the tickets avoided by `served` incidents, in the order drawn: money is worked out future by future.
 * Below 0: tickets that self-service brought.
 */
export function avoidedBy(evidence: Evidence, served: Served): Float64Array {
  return evidence.by === 'logs'
    ? avoidedFromLogs(served, evidence.assumptions).draws
    : avoidedFromTickets(allServed(served), evidence).draws;
}
