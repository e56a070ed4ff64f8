import type { Range } from './range.ts';

/** What is said of a share between 0 and 1: the likeliest value, and a range that holds it in 9 cases of 10. */
export type SharePrior = Range;

/** What a ticket costs the desk. */
export type DeskCost =
  /** Handle minutes times the desk's hourly rate. */
  | { basis: 'own'; hourlyRate: number }
  /** A published figure, by its name in domain/money/cost-presets.ts. */
  | { basis: 'preset'; preset: string }
  /** Typed in: median, and a range that holds it in 9 cases of 10. */
  | { basis: 'range'; perTicket: Range };

/** What deflection and money are worked out with. Amounts are in `currency`. What each means: assumption-meanings.ts. */
export interface AssumptionSet {
  deflection: Record<'reset' | 'unlock', { induced: SharePrior; propensity: SharePrior }>;
  /** First day on which people could reset by themselves, YYYY-MM-DD; null: not said. */
  selfServiceSince: string | null;
  money: {
    /** ISO 4217. */
    currency: string;
    desk: DeskCost;
    handleMinutes: Range;
    userMinutesDesk: Range;
    /** Null: the tenant's own durations. */
    userMinutesSelfService: Range | null;
    /** Null: user time is not shown. */
    userHourlyRate: number | null;
    usableShare: number;
    /** Per self-served incident. */
    selfServiceCost: number;
    fallbackExtraMinutes: number;
    /** Null: not said. */
    monthlyCost: number | null;
    setupCost: number | null;
  };
}

/**
 * Version 0. The four shares are 5 %, mode and 95 % of the distributions of DEFAULT_ASSUMPTIONS, which hold as they are
 * wherever a share is left as it is here (prior-of.ts).
 */
export const DEFAULT_SET: AssumptionSet = {
  deflection: {
    reset: {
      induced: { low: 0.03, likely: 0.1, high: 0.36 },
      propensity: { low: 0.64, likely: 0.83, high: 0.93 },
    },
    unlock: {
      induced: { low: 0.08, likely: 0.2, high: 0.47 },
      propensity: { low: 0.48, likely: 0.69, high: 0.83 },
    },
  },
  selfServiceSince: null,
  money: {
    currency: 'USD',
    desk: { basis: 'preset', preset: 'HDI' },
    handleMinutes: { low: 5, likely: 10, high: 20 },
    userMinutesDesk: { low: 10, likely: 25, high: 50 },
    userMinutesSelfService: null,
    userHourlyRate: null,
    usableShare: 0.5,
    selfServiceCost: 0,
    fallbackExtraMinutes: 0,
    monthlyCost: null,
    setupCost: null,
  },
};

/** Minutes lost by self-service where neither a person nor the logs tell. */
export const SELF_SERVICE_MINUTES: Range = { low: 2, likely: 3, high: 6 };

/** The value at a path such as `money.handleMinutes`; undefined where the set has none. */
export function valueAt(set: AssumptionSet, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[name]
          : undefined,
      set,
    );
}
