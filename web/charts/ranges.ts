import { token } from './paint.ts';
import type { Places } from './spec.ts';

/** Half the width of a bar, pixels, where there is room for it. */
const HALF = 9;

/** A round end for an axis that has to hold `value`, with at most 6 steps below it. */
export function roundEnd(value: number): number {
  const rough = value / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  return Math.ceil(value / step) * step;
}

/** A bar from low to high at each position, with a cap at either end. Null: nothing there. */
export function drawRanges(
  pen: CanvasRenderingContext2D,
  ranges: readonly ({ low: number; high: number } | null)[],
  { x, y, area }: Places,
): void {
  const room = ranges.length > 1 ? (x(1) - x(0)) / 3 : HALF;
  const half = Math.min(HALF, room);
  const color = token('--c1');
  for (const [index, range] of ranges.entries()) {
    if (!range) continue;
    const left = Math.max(x(index) - half, area.left);
    const right = Math.min(x(index) + half, area.right);
    const [top, bottom] = [y(range.high), y(range.low)];
    pen.fillStyle = color;
    pen.globalAlpha = 0.22;
    pen.fillRect(left, top, right - left, bottom - top);
    pen.globalAlpha = 1;
    pen.fillRect(left, top - 0.75, right - left, 1.5);
    pen.fillRect(left, bottom - 0.75, right - left, 1.5);
  }
}
