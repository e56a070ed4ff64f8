import { type AssumptionSet, DEFAULT_SET } from '../../../domain/deflection/assumption-set.ts';
import type { HistoryMonth, ReportInput } from '../../../domain/deflection/report-input.ts';

/** The default set with some of its money changed. */
export function setWith(
  money: Partial<AssumptionSet['money']>,
  rest: Partial<AssumptionSet> = {},
): AssumptionSet {
  return { ...DEFAULT_SET, ...rest, money: { ...DEFAULT_SET.money, ...money } };
}

/** Half a year of 1,000 resets and 200 unlocks, without tickets. */
export function anInput(over: Partial<ReportInput> = {}): ReportInput {
  return {
    set: DEFAULT_SET,
    daysCollected: 181,
    served: { reset: 1_000, unlock: 200 },
    counts: {
      ...{ selfServed: 1_200, fellBack: 100, abandoned: 60, settling: 7 },
      ...{ adminResets: 400, bypasses: 250, settlingBypasses: 3 },
    },
    wholeMonths: { first: '2026-01', last: '2026-06' },
    people: 5_000,
    secondsToReset: { low: 60, likely: 90, high: 180 },
    uncoveredResets: 90,
    history: [],
    ...over,
  };
}

/** Months from January 2025 on, 12 before self-service and 18 with it; each self-served incident is `share` of a ticket less. */
export function aHistory(share: number): HistoryMonth[] {
  return Array.from({ length: 30 }, (_, i) => {
    const served = i < 12 ? 0 : 150 + 10 * ((i * 7) % 9);
    const wave = 20 * Math.sin((2 * Math.PI * i) / 12) + 7 * ((i * 5) % 3);
    const month = `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;
    return {
      month,
      served: i < 12 ? null : { reset: served, unlock: 0 },
      tickets: Math.round(400 + wave - share * served),
      otherTickets: null,
    };
  });
}
