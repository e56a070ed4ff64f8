import type { AssumptionSet } from './assumption-set.ts';
import type { Served } from './avoided-from-logs.ts';
import type { NeedCounts } from './figures.ts';
import type { Range } from './range.ts';

/** A calendar month, as far as it is known. */
export interface HistoryMonth {
  /** YYYY-MM */
  month: string;
  /** Settled self-served incidents; null unless every day was collected and every incident has settled. */
  served: Served | null;
  /** Imported tickets; null unless imports speak for every day of the month. */
  tickets: number | null;
  /** Null also where the imports do not tell other tickets. */
  otherTickets: number | null;
}

/** All that a period's answer follows from. JSON holds it without loss, so that an answer can be worked out again. */
export interface ReportInput {
  set: AssumptionSet;
  /** Days of the period that were collected, the day in progress included. */
  daysCollected: number;
  /** Null: no day was collected. */
  served: Served | null;
  /** All 0 where no day was collected. */
  counts: NeedCounts;
  /** The months that lie wholly within the period, YYYY-MM; null: none does. */
  wholeMonths: { first: string; last: string } | null;
  /** Mean population of the days with a snapshot; null: none has one. */
  people: number | null;
  /** Quarters of the seconds from first record to success of completed flows; null: none. */
  secondsToReset: Range | null;
  /** Needs that an admin reset ended, of people who are not capable today; null: not known. */
  uncoveredResets: number | null;
  /** Every month from the first to the last that tickets or self-service are known for, oldest first, none left out. */
  history: HistoryMonth[];
}
