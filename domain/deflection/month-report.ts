import { costFutures } from '../money/cost-futures.ts';
import { deskSaving } from '../money/desk-saving.ts';
import { roundedRange } from '../money/rounded.ts';
import type { AssumptionSet } from './assumption-set.ts';
import type { Served } from './avoided-from-logs.ts';
import { avoidedBy, type Evidence } from './evidence.ts';
import type { Range } from './range.ts';
import { rangeOf, wholeTickets } from './range.ts';

export type MonthReport = (counts: { served: Served; fellBack: number }) => {
  avoided: Range;
  desk: Range;
};

/**
 * Tells tickets avoided and desk saving of single months, as `deflectionReport` does of each alone. Every month has a
 * range of its own: they are never added, because what is assumed is the same in all of them.
 */
export function monthReports({ money }: AssumptionSet, evidence: Evidence): MonthReport {
  let cost: Float64Array | null = null;
  return ({ served, fellBack }) => {
    const avoided = avoidedBy(evidence, served);
    cost ??= costFutures(money, avoided.length);
    return {
      avoided: wholeTickets(rangeOf(avoided)),
      desk: roundedRange(rangeOf(deskSaving({ money, avoided, cost, served, fellBack }))),
    };
  };
}
