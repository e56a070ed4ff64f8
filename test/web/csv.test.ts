import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../../domain/csv.ts';
import { csvOf } from '../../web/words/table.ts';

describe('a table as CSV', () => {
  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1-2', "'+1-2"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['\uFF1D1+1', "'\uFF1D1+1"],
    ['\uFF20x', "'\uFF20x"],
    ['-12', '-12'],
    ['+3.5', '+3.5'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['', ''],
  ])('writes %j so that no spreadsheet runs it', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test('never lets any text begin like a formula', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text).replace(/^"/, '');
        expect(/^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell)).toBe(false);
      }),
    );
  });

  test('keeps figures plain: null is empty, a share is a fraction, a share of nothing is empty', () => {
    const csv = csvOf({
      columns: ['Day', 'Failed', 'Coverage'],
      rows: [
        { cells: ['2026-06-27', 1204, { part: 1, whole: 3 }] },
        { cells: ['2026-06-28', null, { part: 0, whole: 0 }] },
      ],
    });

    expect(csv).toBe('\uFEFFDay,Failed,Coverage\r\n2026-06-27,1204,0.3333\r\n2026-06-28,,\r\n');
  });
});
