import { type Day, type DayCutter, isDay } from '../day.ts';
import { BadTicketFile } from './bad-ticket-file.ts';
import { shown } from './mapping.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** A day, or a whole month (its first day). */
export interface ReadDate {
  day: Day;
  isMonth: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = '(?:(?:[T ]|, ?)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?(?: ?([AaPp][Mm]))?';
const ZONE = '(?: ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?)?';
const AT = `${TIME}${ZONE}$`;

const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${AT}`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${AT}`);
/** 31/Mar/26 9:12 AM, as Jira writes; 31-Mar-2026; 31 March 2026. */
const MONTH_NAMED = new RegExp(`^(\\d{1,2})([-/ ])([A-Za-z]{3,9})\\2(\\d{4}|\\d{2})${AT}`);
const MONTH_ONLY = /^(\d{4})-(\d{2})$/;

/** What the dates of a file prove about the order of day and month: a number above 12 is a day. */
export class DateSurvey {
  private dmy: string | null = null;
  private mdy: string | null = null;
  private open: string | null = null;

  see(text: string): void {
    const [, first, , second] = YEAR_LAST.exec(text.trim()) ?? [];
    if (first === undefined || second === undefined) return;
    if (Number(first) > 12) this.dmy ??= text;
    else if (Number(second) > 12) this.mdy ??= text;
    else this.open ??= text;
  }

  /**
   * The order in which dates with the year at their end are read; null where the file has none. Throws BadTicketFile
   * where the file does not prove one and none is asked for.
   */
  order(asked: DateOrder | undefined): DateOrder | null {
    if (asked) return asked;
    if (this.dmy !== null && this.mdy !== null)
      throw new BadTicketFile(
        `The dates ${shown(this.dmy)} and ${shown(this.mdy)} do not have the same order of day and month. Say which one holds (dateOrder: dmy or mdy).`,
      );
    if (this.dmy !== null) return 'dmy';
    if (this.mdy !== null) return 'mdy';
    if (this.open === null) return null;
    throw new BadTicketFile(
      `No date of the file tells whether ${shown(this.open)} has the day or the month first. Say which one holds (dateOrder: dmy or mdy).`,
    );
  }
}

/**
 * The day of a date as it is written; an instant with a zone falls on its day in the tenant's zone. A text says what
 * is wrong with it.
 */
export function readDate(
  text: string,
  { order, cutter }: { order: DateOrder | null; cutter: DayCutter },
): ReadDate | string {
  const written = text.trim();
  if (written === '') return 'has no date';
  const month = MONTH_ONLY.exec(written);
  if (month) return checked(`${written}-01`, true, written);
  const parts = partsOf(written, order);
  if (!parts) return `has no date that can be read: ${shown(written)}`;
  const { year, month: monthNumber, day, time } = parts;
  const civil = `${year}-${String(monthNumber).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const read = checked(civil, false, written);
  if (typeof read === 'string') return read;
  const instant = instantOf(civil, time);
  if (instant === 'wrong') return `has a time that does not exist: ${shown(written)}`;
  return instant === null ? read : { ...read, day: cutter.dayOf(instant) };
}

function checked(day: string, isMonth: boolean, written: string): ReadDate | string {
  return isDay(day) ? { day, isMonth } : `has a date that does not exist: ${shown(written)}`;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  /** Hour, minute, second, AM or PM, zone. */
  time: (string | undefined)[];
}

function partsOf(text: string, order: DateOrder | null): Parts | null {
  const iso = YEAR_FIRST.exec(text);
  if (iso)
    return { year: Number(iso[1]), month: Number(iso[3]), day: Number(iso[4]), time: iso.slice(5) };
  const numbers = YEAR_LAST.exec(text);
  if (numbers) {
    if (order !== 'dmy' && order !== 'mdy') return null;
    const [first, second] = [Number(numbers[1]), Number(numbers[3])];
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    return { year: yearOf(numbers[4]), month, day, time: numbers.slice(5) };
  }
  const named = MONTH_NAMED.exec(text);
  const month = MONTHS.indexOf((named?.[3] ?? '').slice(0, 3).toLowerCase()) + 1;
  if (!named || month === 0) return null;
  return { year: yearOf(named[4]), month, day: Number(named[1]), time: named.slice(5) };
}

/** Two digits are of this century. */
const yearOf = (text = '') => Number(text) + (text.length === 2 ? 2000 : 0);

/** UTC milliseconds of a time with a zone; null: it has none; `wrong`: there is no such time. */
function instantOf(civil: string, time: (string | undefined)[]): number | null | 'wrong' {
  const [hourText, minuteText, secondText = '0', half, zone] = time;
  if (hourText === undefined) return null;
  const [hour, minute, second] = [Number(hourText), Number(minuteText), Number(secondText)];
  const isHalf = half !== undefined;
  if (minute > 59 || second > 60 || hour > (isHalf ? 12 : 23) || (isHalf && hour === 0))
    return 'wrong';
  if (zone === undefined) return null;
  const of24 = isHalf ? (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : hour;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const offset = sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
  return Date.parse(`${civil}T00:00:00Z`) + ((of24 * 60 + minute - offset) * 60 + second) * 1000;
}
