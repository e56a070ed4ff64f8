import { fontFamily, token } from './paint.ts';

const EDGE = 24;
const LINE = 20;

/** The chart as a PNG that can stand alone: its finding and measure above, where it comes from below. */
export function pictureOf(
  canvas: HTMLCanvasElement,
  { title, measure, source }: { title: string; measure: string; source: string },
): Promise<Blob | null> {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.width / scale + 2 * EDGE;
  const sheet = document.createElement('canvas');
  const pen = sheet.getContext('2d');
  if (!pen) return Promise.resolve(null);
  const fonts = { title: `600 15px ${fontFamily()}`, small: `400 12px ${fontFamily()}` };
  const lines = [
    ...wrapped(pen, title, fonts.title, width - 2 * EDGE, token('--ink')),
    ...wrapped(pen, measure, fonts.small, width - 2 * EDGE, token('--ink-3')),
  ];
  const top = EDGE + lines.length * LINE + 8;
  const height = top + canvas.height / scale + LINE + EDGE;
  sheet.width = width * scale;
  sheet.height = height * scale;
  pen.scale(scale, scale);
  pen.fillStyle = token('--surface');
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = 'middle';
  for (const [index, line] of lines.entries()) {
    put(pen, line, EDGE + LINE * (index + 0.5));
  }
  pen.drawImage(canvas, EDGE, top, canvas.width / scale, canvas.height / scale);
  put(pen, { text: source, font: fonts.small, color: token('--ink-3') }, height - EDGE);
  return new Promise((done) => sheet.toBlob(done, 'image/png'));
}

interface Line {
  text: string;
  font: string;
  color: string;
}

function put(pen: CanvasRenderingContext2D, { text, font, color }: Line, y: number): void {
  pen.font = font;
  pen.fillStyle = color;
  pen.fillText(text, EDGE, y);
}

function wrapped(
  pen: CanvasRenderingContext2D,
  text: string,
  font: string,
  room: number,
  color: string,
): Line[] {
  pen.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && pen.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line, font, color }));
}
