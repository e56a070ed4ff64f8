import { addDays, type Bucket, bucketEnd, type Day, daysBetween } from '../day.ts';
import { BadTicketFile } from './bad-ticket-file.ts';
import { countGrain } from './count-grain.ts';
import { shown } from './mapping.ts';
import { type CountSurvey, readCount } from './read-count.ts';
import { readDate } from './read-date.ts';
import { FIRST_DAY, type ReadingInput } from './single-tickets.ts';
import type { DatedCount } from './ticket-months.ts';

/** A line of counts, and where it stands. */
export interface CountLine extends DatedCount {
  row: number;
}

/** By number of cell. */
export type CountSurveys = ReadonlyMap<number, CountSurvey>;

interface Line {
  row: number;
  day: Day;
  password: number;
  other: number | null;
}

/** Reads the lines of a file of counts, one after the other. */
export class TicketCounts {
  private readonly byDay = new Map<Day, Line>();
  /** Days of lines that were refused: they had tickets, nobody knows how many. */
  private readonly refusedDays = new Set<Day>();
  private sawMonth = false;
  private sawDay = false;
  private readonly input: ReadingInput;
  private readonly surveys: CountSurveys;

  constructor(input: ReadingInput, surveys: CountSurveys) {
    this.input = input;
    this.surveys = surveys;
  }

  read(row: number, cells: readonly string[]): void {
    const { columns, order, cutter, refusals } = this.input;
    const dateColumn = this.heading(columns.date);
    const read = readDate(cells[columns.date] ?? '', { order, cutter });
    if (typeof read === 'string') return void refusals.add(row, dateColumn, read);
    const { day, isMonth } = read;
    if (day < FIRST_DAY) return void refusals.add(row, dateColumn, `has a day before 2000: ${day}`);
    if (isMonth) this.sawMonth = true;
    else this.sawDay = true;
    const known = this.byDay.get(day);
    if (known)
      return void refusals.add(
        row,
        dateColumn,
        `has the date of row ${known.row}, which stands: ${day}`,
      );
    const counts = this.countsOf(row, cells);
    if (counts) this.byDay.set(day, { row, day, ...counts });
    else this.refusedDays.add(day);
  }

  private heading(place: number): string | null {
    return this.input.headings[place] ?? null;
  }

  private countsOf(row: number, cells: readonly string[]) {
    const { passwordTickets, otherTickets, allTickets } = this.input.columns;
    const password = this.count(row, cells, passwordTickets ?? 0);
    if (password === null) return null;
    if (otherTickets !== null) {
      const other = this.count(row, cells, otherTickets);
      return other === null ? null : { password, other };
    }
    if (allTickets === null) return { password, other: null };
    const all = this.count(row, cells, allTickets);
    if (all === null) return null;
    if (all >= password) return { password, other: all - password };
    this.input.refusals.add(
      row,
      this.heading(allTickets),
      `is less than the password tickets: ${all} of ${password}`,
    );
    return null;
  }

  private count(row: number, cells: readonly string[], place: number): number | null {
    const survey = this.surveys.get(place);
    if (!survey) throw new TypeError(`Column ${place} was not surveyed`);
    const read = readCount(cells[place] ?? '', survey);
    if (typeof read === 'number') return read;
    this.input.refusals.add(row, this.heading(place), read);
    return null;
  }

  /**
   * What the lines say, by day, and of how many days each is; null where no line was read. Lines that are not over
   * yet, or outside the days asked for, are refused now. Throws BadTicketFile where the dates leave that open.
   */
  lines(): { grain: Bucket; lines: CountLine[] } | null {
    const days = [...this.byDay.keys(), ...this.refusedDays].sort();
    if (this.byDay.size === 0) return null;
    if (this.sawMonth && this.sawDay)
      throw new BadTicketFile(
        'Some dates are months and some are days. A file of counts has the one or the other.',
      );
    const grain = this.sawMonth ? 'month' : countGrain([...new Set(days)]);
    const lines = [...this.byDay.values()]
      .sort((a, b) => a.row - b.row)
      .flatMap((line) => this.dated(line, grain));
    return { grain, lines: [...lines, ...this.daysWithout(lines, grain)] };
  }

  private dated({ row, day, ...counts }: Line, grain: Bucket): CountLine[] {
    const { today, first, last, refusals, columns } = this.input;
    // A week begins on the day that it is written by.
    const lastDay = grain === 'week' ? addDays(day, 6) : bucketEnd(day, grain);
    const column = this.heading(columns.date);
    if (lastDay >= today)
      refusals.add(row, column, `is of a ${grain} that is not over yet: ${shown(day)}`);
    else if ((first && day < first) || (last && lastDay > last))
      refusals.add(row, column, `lies outside the days that the file speaks for: ${day}`);
    else return [{ row, firstDay: day, lastDay, ...counts }];
    return [];
  }

  /** Where it is said which days the file speaks for, a day without a line had no ticket; else it is not known. */
  private daysWithout(lines: readonly CountLine[], grain: Bucket): CountLine[] {
    const { first, last, today, columns } = this.input;
    if (grain !== 'day' || !first || !last || lines.length === 0) return [];
    const told = new Set([...this.byDay.keys(), ...this.refusedDays]);
    const tellsOther = columns.otherTickets !== null || columns.allTickets !== null;
    const end = last < today ? last : addDays(today, -1);
    return daysBetween(first, end)
      .filter((day) => !told.has(day))
      .map((day) => ({
        row: 0,
        ...{ firstDay: day, lastDay: day, password: 0, other: tellsOther ? 0 : null },
      }));
  }
}
