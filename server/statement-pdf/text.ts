import {
  drawLine,
  INK,
  LEFT,
  lineHeight,
  linesOf,
  makeRoom,
  type Sheet,
  type Style,
  tagged,
  WIDTH,
} from './sheet.ts';

export const BODY: Style = { size: 8.8, colour: INK.second };

/** A heading of a part, with room for something below it. */
export function heading(sheet: Sheet, text: string, room = 40): void {
  const style: Style = { size: 10.5, weight: 600 };
  makeRoom(sheet, 12 + lineHeight(style) + room);
  sheet.y += 12;
  tagged(sheet, sheet.root, 'H2', () => drawLine(sheet, text, LEFT, sheet.y, style));
  sheet.y += lineHeight(style) + 2;
}

/** A paragraph over the whole width. */
export function paragraph(sheet: Sheet, text: string, style: Style = BODY): void {
  const lines = linesOf(sheet, text, WIDTH, style);
  makeRoom(sheet, lines.length * lineHeight(style));
  tagged(sheet, sheet.root, 'P', () =>
    lines.forEach((line, i) => {
      drawLine(sheet, line, LEFT, sheet.y + i * lineHeight(style), style);
    }),
  );
  sheet.y += lines.length * lineHeight(style) + 3;
}
