import { DAY_MS, type DayCutter } from '../day.ts';
import { dayName, daysOfMonth, type Month, monthName } from './month.ts';

/**
 * How long after its end a month may be frozen, milliseconds: four times 24 hours. Its last needs begin on the last
 * day and settle 72 hours after their last record; the rest is for records that reach the log late.
 */
export const SETTLED_MS = 4 * DAY_MS;

/** The instant up to which records must have been read before `month` can be frozen, UTC milliseconds. */
export function freezableFrom(month: Month, cutter: DayCutter): number {
  return cutter.endOf(daysOfMonth(month).last) + SETTLED_MS;
}

/** What is known of a month. */
export interface MonthRead {
  month: Month;
  /** Days of it that were collected. */
  daysCollected: number;
  /** Up to when records have been read without a gap, UTC milliseconds; null: never. */
  asOf: number | null;
}

/** Why a month cannot be frozen, in a sentence; null: it can. */
export function whyNotFreezable(
  { month, daysCollected, asOf }: MonthRead,
  cutter: DayCutter,
): string | null {
  if (asOf === null)
    return `No records have been read yet, so there is nothing to freeze of ${monthName(month)}.`;
  const from = freezableFrom(month, cutter);
  if (asOf < from)
    return `${monthName(month)} can be frozen once records have been read up to ${inZone(from, cutter)} (${cutter.timeZone}), when everything of it has settled. They have been read up to ${inZone(asOf, cutter)}.`;
  if (daysCollected === 0)
    return `No day of ${monthName(month)} was collected, so there is nothing to freeze.`;
  return null;
}

/** `5 April 2026, 00:00` in the tenant's zone. */
function inZone(instantMs: number, cutter: DayCutter): string {
  return `${dayName(cutter.dayOf(instantMs))}, ${cutter.clockOf(instantMs)}`;
}
