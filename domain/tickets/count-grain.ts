import { type Bucket, type Day, dayCount } from '../day.ts';
import { BadTicketFile } from './bad-ticket-file.ts';

/**
 * Whether counts are of days, weeks or months, by how far their days lie apart: `days` ascending, none twice.
 * Throws BadTicketFile where more than one is possible.
 */
export function countGrain(days: readonly Day[]): Bucket {
  const gaps = days.slice(1).map((day, i) => dayCount(days[i] as Day, day) - 1);
  const least = Math.min(...gaps);
  if (gaps.length > 0 && least < 7) return 'day';
  if (gaps.length > 0 && least >= 28 && days.every((day) => day.endsWith('-01'))) return 'month';
  const sevens = gaps.filter((gap) => gap === 7).length;
  if (sevens >= 2 && gaps.every((gap) => gap % 7 === 0)) return 'week';
  throw new BadTicketFile(
    'The dates do not tell whether a line is a day, a week or a month. Write months as 2026-03; give every week of a longer time by its first day; or every day, also those without a ticket as 0.',
  );
}
