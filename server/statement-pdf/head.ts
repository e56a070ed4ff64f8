import { monthName } from '../../domain/statement/month.ts';
import type { StatementResponse } from '../contract/statements.ts';
import { faceOf, runsOf } from './fonts.ts';
import {
  drawLine,
  drawRight,
  fewLines,
  INK,
  LEFT,
  lineHeight,
  rule,
  type Sheet,
  type Style,
  tagged,
  WIDTH,
  widthOf,
} from './sheet.ts';
import { counted, utcText } from './words.ts';

type Statement = Pick<StatementResponse, 'id' | 'revision' | 'madeAt' | 'author' | 'body'>;

/** What it is, whose, of when, and by whom. */
export function drawHead(sheet: Sheet, { body, revision, madeAt, author }: Statement): void {
  const small: Style = { size: 8.5, colour: INK.third };
  tagged(sheet, sheet.root, 'P', () =>
    drawLine(
      sheet,
      'Self-service password reset: what it took off the helpdesk',
      LEFT,
      sheet.y,
      small,
    ),
  );
  if (body.sample) drawSampleMark(sheet);
  sheet.y += 16;
  const title: Style = { size: 20, weight: 600 };
  tagged(sheet, sheet.root, 'H1', () =>
    drawLine(sheet, `Statement for ${monthName(body.month)}`, LEFT, sheet.y, title),
  );
  sheet.y += lineHeight(title) + 1;
  drawTenant(sheet, body.tenant);
  const { daysCollected, days, timeZone } = body;
  const facts = [
    `Frozen ${utcText(madeAt)} by ${author}`,
    `revision ${revision}`,
    `${daysCollected} of ${counted(days, 'day', 'days')} collected`,
    `days of ${timeZone}`,
    `records read up to ${utcText(body.asOf)}`,
  ].join(' · ');
  const lines = fewLines(sheet, facts, { ...small, width: WIDTH, most: 4 });
  tagged(sheet, sheet.root, 'P', () =>
    lines.forEach((line, i) => {
      drawLine(sheet, line, LEFT, sheet.y + i * lineHeight(small), small);
    }),
  );
  sheet.y += lines.length * lineHeight(small) + 6;
  rule(sheet);
  sheet.y += 10;
}

function drawTenant(sheet: Sheet, tenant: string): void {
  const style: Style = { size: 12, colour: INK.second };
  const lines = fewLines(sheet, tenant, { ...style, width: WIDTH, most: 2 });
  tagged(
    sheet,
    sheet.root,
    'P',
    () =>
      lines.forEach((line, i) => {
        drawLine(sheet, line, LEFT, sheet.y + i * lineHeight(style), style);
      }),
    { actual: tenant },
  );
  sheet.y += lines.length * lineHeight(style) + 2;
  if (!lines.some((line) => isBoxed(line))) return;
  const note: Style = { size: 7.5, colour: INK.third };
  const words =
    '□ stands for a character that this document has no font for; the frozen text holds the whole name.';
  tagged(sheet, sheet.root, 'P', () => drawLine(sheet, words, LEFT, sheet.y, note));
  sheet.y += lineHeight(note) + 2;
}

const isBoxed = (line: string): boolean =>
  runsOf(line, faceOf(400)).some(({ text, shown }) => text !== shown);

function drawSampleMark(sheet: Sheet): void {
  const style: Style = { size: 8.5, weight: 600, colour: INK.warn };
  const right = LEFT + WIDTH;
  const width = widthOf(sheet, 'Sample data', style) + 12;
  tagged(sheet, sheet.root, 'P', () => {
    sheet.doc.lineWidth(0.8).strokeColor(INK.warn);
    sheet.doc.roundedRect(right - width, sheet.y - 3, width, 17, 3).stroke();
    drawRight(sheet, 'Sample data', right - 6, sheet.y, style);
  });
}
