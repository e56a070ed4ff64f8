import { isFreeText } from './known-headings.ts';

export interface AboutValue {
  column: string;
  value: string;
  tickets: number;
  password: number;
}

/** A column with more different values is no category. */
const VALUES_MOST = 60;
/** A value of fewer tickets may tell of somebody. */
const TICKETS_LEAST = 5;
/** So many values of a column are shown. */
const SHOWN = 12;
const LENGTH_MOST = 80;

/**
 * How often the values of category columns stand there, to choose words by. Columns in which people write, with many
 * values or few tickets for each, and values that look like an address are never shown: they may name somebody.
 */
export class AboutTally {
  private readonly columns: { heading: string; place: number; values: Map<string, Tally> | null }[];
  private rows = 0;

  constructor(headings: readonly string[], places: readonly number[]) {
    this.columns = places.map((place) => {
      const heading = headings[place] ?? '';
      return { heading, place, values: isFreeText(heading) ? null : new Map() };
    });
  }

  see(cells: readonly string[], isPassword: boolean): void {
    this.rows += 1;
    for (const column of this.columns) {
      if (!column.values) continue;
      const value = (cells[column.place] ?? '').trim();
      const tally = column.values.get(value) ?? { tickets: 0, password: 0 };
      column.values.set(value, tally);
      tally.tickets += 1;
      if (isPassword) tally.password += 1;
      if (column.values.size > VALUES_MOST) column.values = null;
    }
  }

  /** The most frequent values of each category column, by tickets. */
  top(): AboutValue[] {
    return this.columns.flatMap(({ heading, values }) =>
      !values || values.size * TICKETS_LEAST > this.rows ? [] : mostFrequent(heading, values),
    );
  }
}

interface Tally {
  tickets: number;
  password: number;
}

function mostFrequent(column: string, values: Map<string, Tally>): AboutValue[] {
  return [...values]
    .filter(([value, { tickets }]) => tickets >= TICKETS_LEAST && isCategory(value))
    .map(([value, tally]) => ({ column, value, ...tally }))
    .sort((a, b) => b.tickets - a.tickets || (a.value < b.value ? -1 : 1))
    .slice(0, SHOWN);
}

const isCategory = (value: string) =>
  value !== '' && value.length <= LENGTH_MOST && !value.includes('@') && !value.includes('\n');
