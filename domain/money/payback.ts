import type { Range } from '../deflection/range.ts';
import { rangeOf } from '../deflection/range.ts';
import { roundedRange } from './rounded.ts';

/** Why there is no payback where nobody said what self-service cost to introduce. */
export const NO_SETUP_COST = 'No setup cost is given.';

export interface Payback {
  paybackMonths: Range | null;
  /** Why there is none, in a sentence; null where there is one. */
  paybackWhy: string | null;
}

/**
 * Months until the setup cost is earned back at the desk saving a month of this period, running costs taken off; no
 * discounting. Each future has its own; one that earns nothing never pays back.
 */
export function payback(
  desk: Float64Array,
  {
    setupCost,
    monthlyCost,
    months,
  }: { setupCost: number | null; monthlyCost: number | null; months: number },
): Payback {
  if (setupCost === null) return none(NO_SETUP_COST);
  if (setupCost === 0) return { paybackMonths: { low: 0, likely: 0, high: 0 }, paybackWhy: null };
  if (!(months > 0)) return none('No day of the period was collected.');
  const range = roundedRange(
    rangeOf(
      desk.map((amount) => {
        const earned = amount / months - (monthlyCost ?? 0);
        return earned > 0 ? setupCost / earned : Number.POSITIVE_INFINITY;
      }),
    ),
  );
  if (range.likely === Number.POSITIVE_INFINITY)
    return none(
      'Never, at the rate of this period: the desk saving does not cover the running costs.',
    );
  if (range.high === Number.POSITIVE_INFINITY)
    return none(
      `Likely after ${range.likely.toFixed(1)} months at the rate of this period, but never in at least 1 of 20 cases: no range can be given.`,
    );
  return { paybackMonths: range, paybackWhy: null };
}

function none(paybackWhy: string): Payback {
  return { paybackMonths: null, paybackWhy };
}
