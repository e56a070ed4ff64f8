import { type DayCutter, HOUR_MS } from '../day.ts';
import type { AlertLevel } from '../surveillance/alert-level.ts';
import type { ChannelBody } from './channel.ts';

const STEP_MS = HOUR_MS / 4;
/** A day has at most 25 hours, so quiet hours that leave one out end before. */
const STEPS_MOST = 26 * 4;

/** Whether the hours leave none of the day in which something could be sent. */
export function isQuietAllDay({ from, until }: { from: number; until: number }): boolean {
  return until - from === 24 || from === until;
}

/**
 * The first instant from `at` on (UTC milliseconds) at which something of this level may be sent: `at` itself outside of quiet hours and
 * for critical alerts, else the first quarter of an hour on the tenant's clocks that is not quiet. Hours that run over midnight have a
 * later start than end. Where clocks are put on or back the hours on the clock decide.
 */
export function afterQuiet(
  at: number,
  { quiet, level }: { quiet: ChannelBody['quiet']; level: AlertLevel },
  cutter: DayCutter,
): number {
  if (quiet === null || level === 'critical' || isQuietAllDay(quiet)) return at;
  const isQuiet = (instant: number) => {
    const hour = cutter.localHourOf(instant);
    return quiet.from < quiet.until
      ? hour >= quiet.from && hour < quiet.until
      : hour >= quiet.from || hour < quiet.until;
  };
  if (!isQuiet(at)) return at;
  let end = (Math.floor(at / STEP_MS) + 1) * STEP_MS;
  for (let step = 0; step < STEPS_MOST && isQuiet(end); step++) end += STEP_MS;
  return end;
}
