import { bucketEnd, bucketStart, type Day, dayCount, daysBetween, nextDay } from '../day.ts';

/** Days that an import speaks for, both included: a day without a count had no ticket. */
export interface SpokenFor {
  firstDay: Day;
  lastDay: Day;
  /** Whether it tells other tickets too. */
  tellsOther: boolean;
}

/** Tickets of a day, or of days that were counted together. */
export interface DatedCount {
  firstDay: Day;
  lastDay: Day;
  password: number;
  /** Null: not told. */
  other: number | null;
}

export interface TicketMonth {
  /** YYYY-MM */
  month: string;
  /** Password tickets; null: not every day of the month is spoken for. */
  tickets: number | null;
  /** Null also where a day's other tickets are not told. */
  otherTickets: number | null;
}

/**
 * Tickets of every month from that of `first` to that of `last`, whole months each, oldest first. A count over
 * days of two months (a week) is split evenly by days: the parts add up to it.
 */
export function ticketMonths(
  { spokenFor, counts }: { spokenFor: readonly SpokenFor[]; counts: readonly DatedCount[] },
  { first, last }: { first: Day; last: Day },
): TicketMonth[] {
  const told = toldDays(spokenFor);
  const sums = monthSums(counts);
  return monthsBetween(first, last).map((start) => {
    const month = monthOf(start);
    const days = daysBetween(start, bucketEnd(start, 'month')).map((day) => told.get(day));
    const isWhole = days.every((day) => day !== undefined);
    const tellsOther = isWhole && days.every((day) => day === true);
    return {
      month,
      tickets: isWhole ? (sums.get(month)?.password ?? 0) : null,
      otherTickets: tellsOther ? (sums.get(month)?.other ?? 0) : null,
    };
  });
}

/** What counts say by month (YYYY-MM), whether they speak for all of it or not. `other` is 0 where it is not told. */
export function monthSums(
  counts: readonly DatedCount[],
): Map<string, { password: number; other: number }> {
  const password = new Map<string, number>();
  const other = new Map<string, number>();
  for (const count of counts) {
    addByMonth(password, count, count.password);
    addByMonth(other, count, count.other ?? 0);
  }
  return new Map(
    [...password].map(([month, sum]) => [month, { password: sum, other: other.get(month) ?? 0 }]),
  );
}

/** YYYY-MM */
export const monthOf = (day: Day): string => day.slice(0, 7);

/** First day of every month that a day from `first` to `last` is of. */
export function monthsBetween(first: Day, last: Day): Day[] {
  const months: Day[] = [];
  for (
    let start = bucketStart(first, 'month');
    start <= last;
    start = nextDay(bucketEnd(start, 'month'))
  )
    months.push(start);
  return months;
}

/** Of every day that is spoken for: whether all that speak for it tell other tickets. */
function toldDays(spokenFor: readonly SpokenFor[]): Map<Day, boolean> {
  const told = new Map<Day, boolean>();
  for (const { firstDay, lastDay, tellsOther } of spokenFor)
    for (const day of daysBetween(firstDay, lastDay))
      told.set(day, tellsOther && (told.get(day) ?? true));
  return told;
}

/** Adds `total` to the months of its days, by their number of days, rounded so that nothing is lost. */
function addByMonth(
  sums: Map<string, number>,
  { firstDay, lastDay }: Pick<DatedCount, 'firstDay' | 'lastDay'>,
  total: number,
): void {
  const days = dayCount(firstDay, lastDay);
  let before = 0;
  for (const start of monthsBetween(firstDay, lastDay)) {
    const end = bucketEnd(start, 'month');
    const upTo = Math.round((total * dayCount(firstDay, end < lastDay ? end : lastDay)) / days);
    const month = monthOf(start);
    sums.set(month, (sums.get(month) ?? 0) + upTo - before);
    before = upTo;
  }
}
