import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { BadTicketFile } from '../../domain/tickets/bad-ticket-file.ts';

/** The bytes of a file, from its beginning each time it is called. */
export type TicketBytes = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A line of a file of tickets; quotes may make it several lines of text. */
export interface FileLine {
  /** Line of the file on which it begins, from 1. */
  row: number;
  cells: string[];
}

const DELIMITERS = [',', ';', '\t', '|'];
/** So much of a file is looked at for its delimiter. */
const LOOKED_AT = 64 * 1024;
/** No line of a helpdesk is longer: a quote that is never closed does not fill the memory. */
const LINE_LENGTH_MOST = 1024 * 1024;
/** After so many lines others get their turn. */
const LINES_AT_ONCE = 250;

/** Lines of a CSV file with any of the usual delimiters, quotes and line ends, UTF-8 with or without a byte order mark. */
export class TicketFile {
  readonly delimiter: string;
  private readonly bytes: TicketBytes;

  private constructor(bytes: TicketBytes, delimiter: string) {
    this.bytes = bytes;
    this.delimiter = delimiter;
  }

  /** Throws BadTicketFile where the file is empty, or no text of UTF-8. */
  static async open(bytes: TicketBytes): Promise<TicketFile> {
    let start = '';
    for await (const text of textOf(bytes)) {
      start += text;
      if (start.length >= LOOKED_AT) break;
    }
    if (start.trim() === '') throw new BadTicketFile('The file is empty.');
    return new TicketFile(bytes, delimiterOf(start));
  }

  /** SHA-256 of the bytes, hexadecimal. */
  async hash(): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of this.bytes()) {
      hash.update(piece);
      await others();
    }
    return hash.digest('hex');
  }

  /** Every line that is not empty, the headings first. Throws BadTicketFile where a quote is never closed. */
  async *lines(): AsyncGenerator<FileLine> {
    let [read, lastRow] = [0, 0];
    const parser = parse({
      delimiter: this.delimiter,
      record_delimiter: '\n',
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LINE_LENGTH_MOST,
      on_record: (record: string[], { lines }) => {
        lastRow = lines;
        return record;
      },
    });
    // An error of either ends the loop below.
    pipeline(Readable.from(textOf(this.bytes)), parser, () => undefined);
    try {
      for await (const { info, record } of parser as AsyncIterable<Parsed>) {
        read += 1;
        if (read % LINES_AT_ONCE === 0) await others();
        yield { row: info.lines - lineBreaks(record), cells: record };
      }
    } catch (error) {
      throw inWords(error, lastRow);
    }
  }
}

interface Parsed {
  /** `lines`: line of the file on which the record ends. */
  info: { lines: number };
  record: string[];
}

function lineBreaks(cells: string[]): number {
  let breaks = 0;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}

function inWords(error: unknown, lastRow: number): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^CSV_(QUOTE_NOT_CLOSED|MAX_RECORD_SIZE)$/.test(code)) return error;
  return new BadTicketFile(
    `A quote that is opened after row ${lastRow} is never closed, so the lines behind it cannot be told apart.`,
  );
}

/** The text, with `\n` for every kind of line end. */
async function* textOf(bytes: TicketBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [held, lines] = ['', 1];
  const part = (text: string) => {
    const whole = held + text;
    held = whole.endsWith('\r') ? '\r' : '';
    const lineEnds = whole.slice(0, whole.length - held.length).replace(/\r\n?/g, '\n');
    lines += lineBreaks([lineEnds]);
    return lineEnds;
  };
  try {
    for await (const piece of bytes()) {
      if (piece.includes(0)) throw notUtf8(lines);
      yield part(decoder.decode(piece, { stream: true }));
    }
    yield part(decoder.decode());
    if (held !== '') yield '\n';
  } catch (error) {
    const isBadByte = error instanceof TypeError && 'code' in error;
    throw isBadByte ? notUtf8(lines) : error;
  }
}

function notUtf8(row: number): BadTicketFile {
  return new BadTicketFile(
    `The file is not text in UTF-8 (from row ${row} on). Save it as “CSV UTF-8” and try again.`,
  );
}

/** The delimiter that stands as often in the first lines as in the headings, and most often there. */
function delimiterOf(start: string): string {
  const lines = start
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, 10);
  const scored = DELIMITERS.map((delimiter) => {
    const [headings = 0, ...others] = lines.map((line) => line.split(delimiter).length - 1);
    const alike = others.filter((count) => count === headings).length;
    return { delimiter, headings, alike: headings === 0 ? -1 : alike };
  }).sort((a, b) => b.alike - a.alike || b.headings - a.headings);
  return scored[0]?.delimiter ?? ',';
}
