/** Rows of a CSV text, read as RFC 4180 says; throws on anything it does not allow. A byte order mark is taken off. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) rows.push(row());
  return rows;

  function row(): string[] {
    const cells = [cell()];
    while (text[at] === ',') {
      at += 1;
      cells.push(cell());
    }
    if (at < text.length && !text.startsWith('\r\n', at))
      throw new SyntaxError(`No end of row at ${at}: ${text.slice(at, at + 20)}`);
    at += 2;
    return cells;
  }

  function cell(): string {
    if (text[at] !== '"') {
      const [plain = ''] = /^[^,"\r\n]*/.exec(text.slice(at, at + 10_000)) ?? [];
      at += plain.length;
      return plain;
    }
    let value = '';
    for (;;) {
      const quote = text.indexOf('"', at + 1);
      if (quote < 0) throw new SyntaxError(`A quote that does not end, from ${at}`);
      value += text.slice(at + 1, quote);
      at = quote + 1;
      if (text[at] !== '"') return value;
      value += '"';
    }
  }
}

/** A text that a spreadsheet would take for a formula is led in by an apostrophe. */
export function formulaSafe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
