import { type Face, faceOf, runsOf, type Weight } from './fonts.ts';

export type StructureElement = PDFKit.PDFStructureElement;

/** Points; A4 upright. */
export const PAGE = { width: 595.28, height: 841.89, side: 48, top: 44, bottom: 52 };

export const INK = {
  ...{ ink: '#191a1b', second: '#4a4c4f', third: '#636568', line: '#d9d9d4', accent: '#1a5fb0' },
  ...{ blue: '#2a6fc0', orange: '#d2700f', grey: '#7a7c80', warn: '#875100', soft: '#f4f4f1' },
};

/** The document being set: where the next block goes, and the element that it is told under. */
export interface Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly root: StructureElement;
  /** Top of the next block, points from the top of the page. */
  y: number;
}

export interface Style {
  /** Points. */
  size: number;
  weight?: Weight;
  colour?: string;
}

export const LEFT = PAGE.side;
export const WIDTH = PAGE.width - 2 * PAGE.side;

/** From one line to the next, points. */
export const lineHeight = ({ size }: Style): number => Math.round(size * 13) / 10;

/** Chooses a face; its file is read into the document at its first use. */
function set(doc: PDFKit.PDFDocument, { name, bytes }: Face, size: number): PDFKit.PDFDocument {
  return doc.registerFont(name, bytes).font(name).fontSize(size);
}

const shownOf = (text: string, face: Face): string =>
  runsOf(text, face)
    .map(({ shown }) => shown)
    .join('');

/** Width of one line, points. */
export function widthOf({ doc }: Sheet, text: string, { size, weight = 400 }: Style): number {
  const face = faceOf(weight);
  return set(doc, face, size).widthOfString(shownOf(text, face));
}

/** Draws one line with its top left at x, y. What the face lacks is a box, and what it says stays readable for machines. */
export function drawLine({ doc }: Sheet, text: string, x: number, y: number, style: Style): void {
  const { size, weight = 400, colour = INK.ink } = style;
  const face = faceOf(weight);
  let at = x;
  set(doc, face, size).fillColor(colour);
  for (const { text: said, shown } of runsOf(text, face)) {
    if (said !== shown) doc.markContent('Span', { actual: said });
    doc.text(shown, at, y, { lineBreak: false });
    if (said !== shown) doc.endMarkedContent();
    at += doc.widthOfString(shown);
  }
}

/** The same, ending at `right`. */
export function drawRight(sheet: Sheet, text: string, right: number, y: number, style: Style) {
  drawLine(sheet, text, right - widthOf(sheet, text, style), y, style);
}

/** `text` in lines that fit `width`; a word longer than that is broken. */
export function linesOf(sheet: Sheet, text: string, width: number, style: Style): string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (candidate: string) => widthOf(sheet, candidate, style) <= width;
  for (const word of text.normalize('NFC').split(/\s+/).filter(Boolean)) {
    if (fits(line === '' ? word : `${line} ${word}`)) {
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** At most `most` lines; what is cut off ends in an ellipsis. */
export function fewLines(
  sheet: Sheet,
  text: string,
  { width, most, ...style }: Style & { width: number; most: number },
): string[] {
  const lines = linesOf(sheet, text, width, style);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  let last = [...(kept.at(-1) ?? '')];
  while (last.length > 0 && widthOf(sheet, `${last.join('')}…`, style) > width)
    last = last.slice(0, -1);
  return [...kept.slice(0, -1), `${last.join('').trimEnd()}…`];
}

/** Draws what screen readers are told as one element of a kind of PDF, such as `P` or `H2`. */
export function tagged(
  { doc }: Sheet,
  parent: StructureElement,
  type: string,
  draw: () => void,
  options: { alt?: string; actual?: string; scope?: 'Row' | 'Column' } = {},
): void {
  parent.add(doc.struct(type, options, draw));
}

/** An element that holds others. */
export function group(
  { doc }: Sheet,
  parent: StructureElement,
  type: string,
  fill: (element: StructureElement) => void,
): void {
  const element = doc.struct(type);
  parent.add(element);
  fill(element);
  element.end();
}

/** Draws what carries no meaning of its own: rules, and what every page repeats. */
export function decoration({ doc }: Sheet, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}

/** Begins a new page if less than `height` points are left on this one. */
export function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height <= PAGE.height - PAGE.bottom) return;
  sheet.doc.addPage();
  sheet.y = PAGE.top;
}

/** A hairline over the whole width. */
export function rule(sheet: Sheet, colour = INK.line): void {
  decoration(sheet, () => {
    const { doc, y } = sheet;
    doc.lineWidth(0.5).strokeColor(colour);
    doc
      .moveTo(LEFT, y)
      .lineTo(LEFT + WIDTH, y)
      .stroke();
  });
}
