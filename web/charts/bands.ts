import { type Area, write } from './draw.ts';
import { token } from './paint.ts';
import type { Places } from './spec.ts';

/** The room between two lines: where a value lies with a stated probability. Null: nothing there. */
export interface Band {
  low: readonly (number | null)[];
  high: readonly (number | null)[];
}

/** Fills the room between two lines. */
export function drawBand(
  pen: CanvasRenderingContext2D,
  { low, high }: Band,
  { x, y }: Places,
): void {
  const points = low.flatMap((value, index) => {
    const top = high[index] ?? null;
    return value === null || top === null ? [] : [{ x: x(index), low: y(value), high: y(top) }];
  });
  if (points.length < 2) return;
  pen.fillStyle = token('--c1');
  pen.globalAlpha = 0.16;
  pen.beginPath();
  for (const point of points) pen.lineTo(point.x, point.high);
  for (const point of points.toReversed()) pen.lineTo(point.x, point.low);
  pen.closePath();
  pen.fill();
  pen.globalAlpha = 1;
}

/** A level across the plot with its name. */
export function drawTarget(
  pen: CanvasRenderingContext2D,
  text: string,
  { y, area }: { y: number; area: Area },
): void {
  pen.strokeStyle = token('--c2');
  pen.lineWidth = 1.25;
  pen.setLineDash([6, 3]);
  pen.beginPath();
  pen.moveTo(area.left, y);
  pen.lineTo(area.right, y);
  pen.stroke();
  pen.setLineDash([]);
  write(pen, text, area.left + 6, y - 9, { color: token('--ink-2'), halo: token('--surface') });
}
