import type { Served } from './avoided-from-logs.ts';
import type { HistoryMonth } from './report-input.ts';

const NONE: Served = { reset: 0, unlock: 0 };

/**
 * Months with what `selfServiceSince` tells: one that lies wholly before it and is not collected had no self-service,
 * 0 and not unknown. What was collected stays as it was counted.
 */
export function knownSince(
  history: readonly HistoryMonth[],
  selfServiceSince: string | null,
): HistoryMonth[] {
  if (selfServiceSince === null) return [...history];
  const firstMonth = selfServiceSince.slice(0, 7);
  return history.map((month) =>
    month.served === null && month.month < firstMonth ? { ...month, served: NONE } : month,
  );
}

/** Months that both tickets and self-service are known for. */
export function monthsOfBoth(
  history: readonly HistoryMonth[],
): { month: string; served: Served; tickets: number }[] {
  return history.flatMap(({ month, served, tickets }) =>
    served !== null && tickets !== null ? [{ month, served, tickets }] : [],
  );
}

export function addedServed(a: Served, b: Served): Served {
  return { reset: a.reset + b.reset, unlock: a.unlock + b.unlock };
}

export function allServed({ reset, unlock }: Served): number {
  return reset + unlock;
}

/** The months of a history from `first` to `last`, both included. */
export function monthsOfPeriod(
  history: readonly HistoryMonth[],
  { first, last }: { first: string; last: string },
): HistoryMonth[] {
  return history.filter(({ month }) => first <= month && month <= last);
}
