const DELIMITERS = [',', ';', '\t', '|'];

/**
 * The headings of a CSV file, from its beginning: to choose columns by where the server could not tell what is what.
 * Counting is the server's; this only names the columns.
 */
export function fileHeadings(beginning: string): string[] {
  const line = beginning.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, 1)[0] ?? '';
  const read = DELIMITERS.map((delimiter) => cells(line, delimiter));
  const [widest = []] = read.toSorted((a, b) => b.length - a.length);
  return widest.filter((heading) => heading !== '');
}

function cells(line: string, delimiter: string): string[] {
  const found: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === delimiter && !isQuoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...found, cell.trim()];
}
