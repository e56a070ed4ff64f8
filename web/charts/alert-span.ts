import { token } from './paint.ts';
import type { Places } from './spec.ts';

/** Shades the positions of an alert, with a line where it begins and, if it is over within the chart, where it ends. */
export function drawSpan(
  pen: CanvasRenderingContext2D,
  within: readonly boolean[],
  { x, area }: Places,
): void {
  const from = within.indexOf(true);
  const to = within.lastIndexOf(true);
  if (from < 0) return;
  const half = Math.abs(x(1) - x(0)) / 2 || 4;
  const left = Math.max(area.left, x(from) - half);
  const right = Math.min(area.right, x(to) + half);
  pen.save();
  pen.fillStyle = token('--crit');
  pen.globalAlpha = 0.1;
  pen.fillRect(left, area.top, right - left, area.bottom - area.top);
  pen.globalAlpha = 1;
  pen.fillRect(left, area.top, 1, area.bottom - area.top);
  if (to < within.length - 1) pen.fillRect(right, area.top, 1, area.bottom - area.top);
  pen.restore();
}
