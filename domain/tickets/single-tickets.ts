import { addDays, type Day, type DayCutter } from '../day.ts';
import { AboutTally } from './about-tally.ts';
import type { Columns } from './columns.ts';
import { shown } from './mapping.ts';
import { passwordMatcher } from './password-words.ts';
import { type DateOrder, readDate } from './read-date.ts';
import type { Refusals } from './refusals.ts';

/** All that is kept of a ticket. */
export interface SingleTicket {
  /** Line of the file. */
  row: number;
  number: string;
  day: Day;
  isPassword: boolean;
}

export interface ReadingInput {
  columns: Columns;
  headings: readonly string[];
  order: DateOrder | null;
  cutter: DayCutter;
  /** The tenant's day on which the file is read. */
  today: Day;
  /** Days the file is said to speak for; others are refused. */
  first?: Day | undefined;
  last?: Day | undefined;
  refusals: Refusals;
}

/** Before this no file of today tells tickets. */
export const FIRST_DAY = '2000-01-01' as Day;
const NUMBER_LENGTH_MOST = 200;

/** Reads the lines of a file of single tickets, one after the other. */
export class SingleTickets {
  readonly tickets: SingleTicket[] = [];
  readonly abouts: AboutTally;
  private readonly rowOf = new Map<string, number>();
  private readonly isAboutPassword: (text: string) => boolean;
  private readonly input: ReadingInput;

  constructor(input: ReadingInput) {
    this.input = input;
    this.abouts = new AboutTally(input.headings, input.columns.about);
    this.isAboutPassword = passwordMatcher(input.columns.mapping.words ?? []);
  }

  read(row: number, cells: readonly string[]): void {
    const { columns, headings, refusals } = this.input;
    const number = (cells[columns.number ?? 0] ?? '').trim();
    const numberColumn = headings[columns.number ?? 0] ?? null;
    if (number === '') return void refusals.add(row, numberColumn, 'has no number');
    if (number.length > NUMBER_LENGTH_MOST)
      return void refusals.add(
        row,
        numberColumn,
        `has a number that is too long: ${shown(number)}`,
      );
    const day = dayOf(this.input, cells);
    if (typeof day === 'object')
      return void refusals.add(row, headings[columns.date] ?? null, day.why);
    const before = this.rowOf.get(number);
    if (before !== undefined)
      return void refusals.add(
        row,
        numberColumn,
        `has the number of row ${before}: ${shown(number)}`,
      );
    this.rowOf.set(number, row);
    // A file whose every line is a password ticket names no column that says so.
    const isPassword =
      columns.about.length === 0 ||
      columns.about.some((place) => this.isAboutPassword(cells[place] ?? ''));
    this.abouts.see(cells, isPassword);
    this.tickets.push({ row, number, day, isPassword });
  }
}

function dayOf(input: ReadingInput, cells: readonly string[]): Day | { why: string } {
  const { columns, order, cutter, today, first, last } = input;
  const read = readDate(cells[columns.date] ?? '', { order, cutter });
  if (typeof read === 'string') return { why: read };
  const { day, isMonth } = read;
  if (isMonth) return { why: `has a month instead of a day: ${day.slice(0, 7)}` };
  if (day < FIRST_DAY) return { why: `has a day before 2000: ${day}` };
  // A desk may be a day ahead of the tenant's zone.
  if (day > addDays(today, 1)) return { why: `has a day that is yet to come: ${day}` };
  if ((first && day < first) || (last && day > last))
    return { why: `lies outside the days that the file speaks for: ${day}` };
  return day;
}
