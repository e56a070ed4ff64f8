import type { ReadWindow } from '../collected.ts';
import { DAY_MS } from '../day.ts';

/** Days of `windows` (ascending, apart) between two instants, UTC milliseconds. */
export function observedDays(windows: readonly ReadWindow[], since: number, until: number): number {
  let ms = 0;
  for (const window of windows)
    ms += Math.max(0, Math.min(window.until, until) - Math.max(window.since, since));
  return ms / DAY_MS;
}
