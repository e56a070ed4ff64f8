import { count, counted, dayLong, monthText, NONE, readerLocale } from '../../format.ts';

/** Low, likely and high: 5, 50 and 95 %. Never added up. */
export interface Range {
  low: number;
  likely: number;
  high: number;
}

const locale = readerLocale();

/** `410 to 690, likely 560`, each as `shown` says it. */
export const rangeText = (range: Range, shown: (value: number) => string = count) =>
  `${betweenText(range, shown)}, likely ${shown(range.likely)}`;

/** `410 to 690`; one figure where both ends are shown alike. */
export function betweenText(
  { low, high }: Range,
  shown: (value: number) => string = count,
): string {
  const [from, to] = [shown(low), shown(high)];
  return from === to ? from : `${from} to ${to}`;
}

/** An amount as it is, with cents where it has some: of a ticket or an hour. */
export const priceText = (value: number, currency: string) =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(value);

/**
 * Amounts of one range, all rounded to the same step: three digits of the largest. More would pretend to be known.
 */
export function moneyOf(range: Range, currency: string): (value: number) => string {
  const largest = Math.max(Math.abs(range.low), Math.abs(range.high), 1);
  const step = Math.max(1, 10 ** (Math.floor(Math.log10(largest)) - 2));
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  });
  // Adding 0 turns minus nothing into nothing.
  return (value) => money.format(Math.round(value / step) * step + 0);
}

/** `$9,400 to $44,500`. */
export const moneyBetween = (range: Range, currency: string) =>
  betweenText(range, moneyOf(range, currency));

/** `$9,400 to $44,500, likely $20,700`. */
export const moneyText = (range: Range, currency: string) =>
  rangeText(range, moneyOf(range, currency));

const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** Hours, months and the like: tenths below ten, whole from there on. */
export const fewText = (value: number) =>
  Math.abs(value) < 10 ? tenths.format(value) : count(Math.round(value));

/** A number as it was typed in: at most `digits` decimals. */
export const plainNumber = (value: number, digits = 3) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);

/** `Mar 2026` of `2026-03`. */
export const monthName = (month: string) => monthText(`${month}-01`);

/** `Jan 2026 to Oct 2026`. */
export const monthsBetween = (first: string, last: string) =>
  first === last ? monthName(first) : `${monthName(first)} to ${monthName(last)}`;

/** `22 Nov 2026`, or a dash. */
export const dayOrNone = (day: string | null) => (day === null ? NONE : dayLong(day));

/** `8 of 30 days`. */
export const daysOfText = (daysCollected: number, days: number) =>
  `${count(daysCollected)} of ${counted(days, 'day', 'days')}`;
