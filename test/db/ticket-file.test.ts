import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTicketFile } from '../../db/store/read-ticket-file.ts';
import { TicketFile } from '../../db/store/ticket-file.ts';
import { fileOf, incident, inPieces, questionOf, SERVICENOW } from '../build/ticket-files.ts';

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

async function linesOf(text: string, size = 7): Promise<{ row: number; cells: string[] }[]> {
  const lines = [];
  for await (const line of (await TicketFile.open(inPieces(text, size))).lines()) lines.push(line);
  return lines;
}

const read = (text: string, wish = {}) => readTicketFile(questionOf(text, wish));

describe('the lines of a file', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('', ' ', '"', '""', 'a"b', ',', ';', '\t', '|', 'line\nline', '\n', 'ä€😀'),
  );

  test('come back as they were written, with every delimiter, quote, byte order mark and line end', async () => {
    const table = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), cell, cell), {
      minLength: 1,
      maxLength: 8,
    });
    const how = fc.record({
      table,
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      mark: fc.constantFrom('', '\uFEFF'),
      atEnd: fc.boolean(),
      size: fc.integer({ min: 1, max: 40 }),
      quoteAll: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(how, async ({ table, delimiter, lineEnd, mark, atEnd, size, quoteAll }) => {
        const clean = (text: string) => text.replace(/[\0\r]/g, '');
        const rows = [['first', 'second', 'third'], ...table.map((cells) => cells.map(clean))];
        const written = (text: string) => {
          const needed = quoteAll || /[",;\t|\n]/.test(text);
          return needed ? quoted(text.replaceAll('\n', lineEnd)) : text;
        };
        const text = rows.map((cells) => cells.map(written).join(delimiter)).join(lineEnd);
        const lines = await linesOf(`${mark}${text}${atEnd ? lineEnd : ''}`, size);

        expect(lines.map(({ cells }) => cells)).toEqual(rows);
        let row = 1;
        for (const [i, line] of lines.entries()) {
          expect(line.row).toBe(row);
          row += 1 + (rows[i] ?? []).join('').split('\n').length - 1;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are numbered as in an editor, also behind empty ones and quotes over several lines', async () => {
    const lines = await linesOf('a,b\r\n\r\n1,"x\r\ny\r\nz"\r\n2,3\r\n');

    expect(lines.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, 'a'],
      [3, '1'],
      [6, '2'],
    ]);
  });

  test.each([
    ['an empty file', '', /^The file is empty\.$/],
    ['blank lines alone', '\n \n', /^The file is empty\.$/],
    ['headings alone', 'date,password_tickets\n', /no line below them/],
    [
      'a quote that is never closed',
      fileOf('date,password_tickets', '2026-01-01,1', '2026-01-02,"2', '2026-01-03,3'),
      /quote that is opened after row 2 is never closed/,
    ],
    ['a zero byte', 'date,password_tickets\n2026-01-01,\0', /not text in UTF-8/],
  ])('%s is refused as a whole', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('of another character set are refused as a whole, naming the row', async () => {
    const bytes = Buffer.from('date,password_tickets\n2026-01-01,1\n2026-01-02,\xfc\n', 'latin1');

    await expect(readTicketFile({ ...questionOf(''), bytes: () => [bytes] })).rejects.toThrow(
      /UTF-8 \(from row \d on\)/,
    );
  });
});

describe('what cannot be read is refused with row and column, and the rest stands', () => {
  test('in counts', async () => {
    const { counts, refusals } = await read(
      fileOf(
        'date;password_tickets;all_tickets',
        '2026-03-01;3;10',
        '2026-03-02;-1;10',
        '2026-03-01;4;10',
        '2026-03-03;;10',
        '2026-02-30;1;10',
        '2026-03-04;1;10;9',
        '2026-03-05;11;10',
        '2026-03-06;2;10',
        '2026-11-22;2;10',
      ),
    );

    expect(counts).toEqual([
      { row: 2, firstDay: '2026-03-01', lastDay: '2026-03-01', password: 3, other: 7 },
      { row: 9, firstDay: '2026-03-06', lastDay: '2026-03-06', password: 2, other: 8 },
    ]);
    expect(refusals.first().map(({ row, column, why }) => [row, column, why])).toEqual([
      [3, 'password_tickets', 'is negative: “-1”.'],
      [4, 'date', 'has the date of row 2, which stands: 2026-03-01.'],
      [5, 'password_tickets', 'is empty: a count that is missing is not 0.'],
      [6, 'date', 'has a date that does not exist: “2026-02-30”.'],
      [7, null, 'has 4 cells where the headings have 3.'],
      [8, 'all_tickets', 'is less than the password tickets: 10 of 11.'],
      [10, 'date', 'is of a day that is not over yet: “2026-11-22”.'],
    ]);
  });

  test('in single tickets', async () => {
    const { tickets, refusals } = await read(
      fileOf(
        SERVICENOW,
        incident(1, '2026-03-01'),
        incident(2, '2026-02-30'),
        incident(1, '2026-03-02'),
        ',2026-03-02,a,b',
        'INC3',
        incident(4, '2026-12-24'),
        incident(5, '1999-12-31'),
        incident(6, '2026-03-02', '"The ""big"" printer, again"'),
      ),
    );

    expect(tickets.map(({ row, number, isPassword }) => [row, number, isPassword])).toEqual([
      [2, 'INC1', true],
      [9, 'INC6', false],
    ]);
    expect(refusals.first().map(({ row, column }) => [row, column])).toEqual([
      [3, 'Opened'],
      [4, 'Number'],
      [5, 'Number'],
      [6, null],
      [7, 'Opened'],
      [8, 'Opened'],
    ]);
  });

  test('and only the first hundred are told', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      incident(i, i < 5 ? '2026-03-01' : 'soon'),
    );
    const { refusals, tickets } = await read(fileOf(SERVICENOW, ...lines));

    expect(refusals.count).toBe(2995);
    expect(refusals.first()).toHaveLength(100);
    expect(refusals.first()[99]?.row).toBe(106);
    expect(tickets).toHaveLength(5);
  });
});

test('days without a line are 0 only where it is said which days the file speaks for', async () => {
  const text = fileOf('date,password_tickets', '2026-03-02,3', '2026-03-04,-1', '2026-03-05,2');
  const days = { first: '2026-03-01', last: '2026-03-06' };

  const counted = async (wish = {}) =>
    (await read(text, wish)).counts.map(({ firstDay, password }) => [firstDay.slice(-2), password]);

  expect(await counted()).toEqual([
    ['02', 3],
    ['05', 2],
  ]);
  expect((await counted(days)).toSorted()).toEqual([
    ['01', 0],
    ['02', 3],
    ['03', 0],
    ['05', 2],
    ['06', 0],
  ]);
});

test('two hundred thousand tickets are read, and of each nothing but number, day and class is held', async () => {
  const about = 'The printer on floor 3 does not print: please help as soon as somebody can';
  const lines = Array.from({ length: 200_000 }, (_, i) =>
    incident(i, `2026-03-${String(1 + (i % 31)).padStart(2, '0')}`, i % 4 ? about : undefined),
  );
  const { tickets, refusals, rows } = await read([SERVICENOW, ...lines].join('\n'));

  expect([rows, tickets.length, refusals.count]).toEqual([200_000, 200_000, 0]);
  expect(tickets.filter(({ isPassword }) => isPassword)).toHaveLength(50_000);
  expect(Object.keys(tickets[0] ?? {}).sort()).toEqual(['day', 'isPassword', 'number', 'row']);
}, 120_000);
