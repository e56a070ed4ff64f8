import { count, counted } from '../format.ts';
import type { Points } from '../words/resets.ts';
import type { Cell } from '../words/table.ts';
import { token } from './paint.ts';
import type { Places } from './spec.ts';

// Loaded after the chart stands: the first page does without until then.

type Level = NonNullable<Points[number]['level']>;

/** Each level has a shape of its own, so that nobody has to tell colours apart. */
const SHAPES: Record<Level, string> = { critical: '◆', alert: '▲', watch: '△' };
const LEVELS = ['critical', 'alert', 'watch'] as const;

/** The room up to the least unusual count, the expected count as a line, and the shape of each level, on a square-root axis. */
export function drawUsual(
  pen: CanvasRenderingContext2D,
  points: Points,
  { x, y, area }: Places,
): void {
  const half = Math.abs(x(1) - x(0)) / 2 || 4;
  const at = (value: number) => Math.max(area.top, y(Math.sqrt(value)));
  pen.fillStyle = token('--c0');
  for (const [index, { expected, upper }] of points.entries()) {
    if (expected === null || upper === null) continue;
    pen.globalAlpha = 0.16;
    pen.fillRect(x(index) - half, at(upper), 2 * half, area.bottom - at(upper));
    pen.globalAlpha = 1;
    pen.fillRect(x(index) - half, at(expected), 2 * half, 1);
  }
  pen.fillStyle = token('--ink');
  pen.font = '12px sans-serif';
  pen.textAlign = 'center';
  for (const [index, { level, failed }] of points.entries())
    if (level) pen.fillText(SHAPES[level], x(index), Math.max(area.top + 4, at(failed ?? 0) - 5));
}

/** What the shades and shapes mean, in words. */
export function usualNotes(points: Points, bucket: 'hour' | 'day'): string[] {
  const marks = LEVELS.flatMap((level) => {
    const those = points.filter((point) => point.level === level).length;
    return those > 0 ? [`${SHAPES[level]} ${level}: ${counted(those, bucket, `${bucket}s`)}`] : [];
  });
  return [
    `Grey: what would be usual; the line in it: what was expected, learned from the ${bucket}s before.`,
    ...(marks.length > 0 ? [`Out of the usual: ${marks.join(', ')}.`] : []),
  ];
}

export const USUAL_COLUMNS = ['Expected', 'Unusual from', 'Level'];

/** What stands in a table under `USUAL_COLUMNS`. */
export function usualCells({ expected, upper, level }: Points[number]): Cell[] {
  return [expected === null ? null : Math.round(expected * 10) / 10, upper, level];
}

/** For a tooltip; empty where there is no band. */
export function usualWords({ expected, upper, level }: Points[number]): string {
  if (expected === null || upper === null) return '';
  const words = `expected ${count(Math.round(expected))}, unusual from ${count(upper)}`;
  return `: ${words}${level ? `, ${level}` : ''}`;
}
