/** One line of the printed table. */
export interface Row {
  /** G1 to G11 of docs/performance.md; '' for a figure without a goal. */
  goal: string;
  what: string;
  /** What the product does. */
  ours: string;
  /** What it is held against, by name; '' where there is nothing. */
  floor: string;
  /** Ours over floor. */
  ratio: string;
  /** The goal, in words. */
  wanted: string;
  met: 'yes' | 'no' | 'not yet' | '';
}

export type PartialRow = Partial<Row> & Pick<Row, 'what'>;

/** A row with blanks for what is not given. */
export function row(given: PartialRow): Row {
  return { goal: '', ours: '', floor: '', ratio: '', wanted: '', met: '', ...given };
}

/** A row whose goal is a number that must not be exceeded. */
export function judged(given: PartialRow, { value, most }: { value: number; most: number }): Row {
  return row({ ...given, met: value <= most ? 'yes' : 'no' });
}

const HEADINGS: Row = {
  goal: 'goal',
  what: 'what',
  ours: 'product',
  floor: 'floor',
  ratio: 'ratio',
  wanted: 'wanted',
  met: '' as const,
};
const COLUMNS = ['goal', 'what', 'ours', 'floor', 'ratio', 'wanted', 'met'] as const;

/** The rows as text, columns two spaces apart. */
export function tableText(rows: readonly Row[]): string {
  const all = [HEADINGS, ...rows];
  const widths = COLUMNS.map((column) => Math.max(...all.map((one) => one[column].length)));
  const lines = all.map((one) =>
    COLUMNS.map((column, i) => one[column].padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
