/** Words of the 400 with which Graph refuses a window that begins before what it keeps. */
export const RETENTION_WORDS = /minimum allowed time for activityDateTime/i;

// US date order and no zone, read as UTC. The gap before AM is U+202F, which some gateways replace.
const FLOOR =
  /activityDateTime is (\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[^\dA-Za-z]{0,4}([AP])M)?)?/i;

/**
 * The earliest instant Graph still answers for, UTC milliseconds, from a message such as
 * `Minimum allowed time for activityDateTime is 4/5/2026 12:00:00 AM`; null if it cannot be read.
 */
export function retentionFloor(message: string): number | null {
  const match = FLOOR.exec(message);
  if (!match) return null;
  const [month, day, year, hour, minute, second] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const hours = hourOfDay(hour ?? 0, match[7]?.toUpperCase());
  const floor = Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0, hours, minute ?? 0, second ?? 0);
  return new Date(floor).getUTCDate() === day && new Date(floor).getUTCMonth() + 1 === month
    ? floor
    : null;
}

function hourOfDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half === 'P' ? 12 : 0);
}
