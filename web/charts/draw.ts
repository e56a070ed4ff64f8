import { fontFamily, gapFill, token } from './paint.ts';

export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface TextStyle {
  color: string;
  align?: CanvasTextAlign;
  weight?: 400 | 500 | 600;
  /** Colour behind the letters, where lines run under them. */
  halo?: string;
}

export function write(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  { color, align = 'left', weight = 400, halo }: TextStyle,
): void {
  pen.font = `${weight} 12px ${fontFamily()}`;
  pen.textAlign = align;
  pen.textBaseline = 'middle';
  if (halo) {
    pen.strokeStyle = halo;
    pen.lineWidth = 4;
    pen.lineJoin = 'round';
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = color;
  pen.fillText(text, x, y);
}

/** A hatched stripe over days that were not collected, named where there is room. */
export function drawGap(pen: CanvasRenderingContext2D, from: number, to: number, area: Area): void {
  const left = Math.max(from, area.left);
  const width = Math.max(Math.min(to, area.right) - left, 2);
  pen.fillStyle = gapFill();
  pen.fillRect(left, area.top, width, area.bottom - area.top);
  if (width < 24) return;
  const middle = Math.min(Math.max(left + width / 2, area.left + 38), area.right - 38);
  const text = width < 76 ? 'gap' : 'not collected';
  const style = { color: token('--ink-3'), align: 'center', halo: token('--surface') } as const;
  write(pen, text, middle, area.bottom - 10, style);
}

export interface EndName {
  name: string;
  figure: string;
  /** Where the series ends, and where its name is written. */
  at: number;
  y: number;
}

/** Moves names that stand beside their series apart, so that none runs into another. */
export function spread(names: EndName[], gap: number, top: number, bottom: number): EndName[] {
  const sorted = names.toSorted((a, b) => a.y - b.y);
  let floor = top;
  for (const name of sorted) {
    name.y = Math.max(name.y, floor);
    floor = name.y + gap;
  }
  let ceiling = bottom;
  for (const name of sorted.toReversed()) {
    name.y = Math.min(name.y, ceiling);
    ceiling = name.y - gap;
  }
  return sorted;
}

/** Names of stacked bars: a thin line leads from the last bar to the name, totals stand at the edge. */
export function drawStackNames(
  pen: CanvasRenderingContext2D,
  names: EndName[],
  { from, area, edge }: { from: number; area: Area; edge: number },
): void {
  for (const { name, figure, at, y } of spread(names, 17, area.top + 4, area.bottom - 6)) {
    pen.strokeStyle = token('--line-strong');
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(from + 2, at);
    pen.lineTo(area.right + 8, y);
    pen.stroke();
    write(pen, name, area.right + 11, y, { color: token('--ink-2') });
    write(pen, figure, edge - 1, y, { color: token('--ink'), align: 'right', weight: 500 });
  }
}

/** Names of lines, with their last value, right of where they end. */
export function drawLineNames(pen: CanvasRenderingContext2D, names: EndName[], area: Area): void {
  for (const { name, figure, y } of spread(names, 16, area.top, area.bottom)) {
    write(pen, figure, area.right + 8, y, { color: token('--ink'), weight: 600 });
    const width = pen.measureText(figure).width;
    write(pen, name, area.right + 14 + width, y, { color: token('--ink-3') });
  }
}

/** A word beside the one bar that stands out. */
export function drawMark(
  pen: CanvasRenderingContext2D,
  text: string,
  { x, y, area }: { x: number; y: number; area: Area },
): void {
  const isRight = x > (area.left + area.right) / 2;
  write(pen, text, x + (isRight ? -8 : 8), Math.max(y + 2, area.top), {
    color: token('--ink'),
    align: isRight ? 'right' : 'left',
    weight: 600,
    halo: token('--surface'),
  });
}

/** Not settled yet: a dashed outline, so that it reads as "not yet" and never as a colour of its own. */
export function drawOpenBar(
  pen: CanvasRenderingContext2D,
  bar: { x: number; y: number; base: number; width: number },
): void {
  const height = bar.base - bar.y;
  if (!(height > 0)) return;
  pen.strokeStyle = token('--ink-3');
  pen.lineWidth = 1;
  pen.setLineDash([3, 3]);
  pen.strokeRect(bar.x - bar.width / 2 + 0.5, bar.y + 0.5, Math.max(bar.width - 1, 1), height - 1);
  pen.setLineDash([]);
}

/** A dated note: a thin line through the plot with its number above, and a tint over what lasts. */
export function drawNote(
  pen: CanvasRenderingContext2D,
  label: string,
  { x, to, area }: { x: number; to: number; area: Area },
): void {
  if (to > x) {
    pen.fillStyle = token('--accent-soft');
    pen.globalAlpha = 0.5;
    pen.fillRect(x, area.top, to - x, area.bottom - area.top);
    pen.globalAlpha = 1;
  }
  pen.strokeStyle = token('--ink-3');
  pen.lineWidth = 1;
  pen.setLineDash([2, 3]);
  pen.beginPath();
  pen.moveTo(Math.round(x) + 0.5, area.top - 2);
  pen.lineTo(Math.round(x) + 0.5, area.bottom);
  pen.stroke();
  pen.setLineDash([]);
  write(pen, label, x, area.top - 9, { color: token('--ink-2'), align: 'center', weight: 600 });
}
