const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a zone, asked of Intl every time. */
export function dayAt(at: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const starts = new Map<string, number>();

/** First instant of a day in a zone, found by walking. */
export function startOfDay(day: string, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  let at = starts.get(key);
  if (at === undefined) {
    at = Date.parse(`${day}T00:00:00Z`) - 16 * 60 * MINUTE_MS;
    while (dayAt(at, timeZone) < day) at += 15 * MINUTE_MS;
    starts.set(key, at);
  }
  return at;
}

export function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = dayAfter(day)) days.push(day);
  return days;
}

/** Stretches read, both ends included, joined where they touch; oldest first. */
export function joined(windows: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [since, until] of [...windows].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && since <= last[1]) last[1] = Math.max(last[1], until);
    else result.push([since, until]);
  }
  return result;
}

export interface Reading {
  timeZone: string;
  windows: readonly [number, number][];
}

/** Upper bound of the last gap-free stretch. */
export function asOf({ windows }: Reading): number | null {
  return joined(windows).at(-1)?.[1] ?? null;
}

/** Whether all of `since` <= t < `until` was read, the part after as-of left out. */
function covered(reading: Reading, since: number, until: number): boolean {
  const known = asOf(reading);
  if (known === null || since > known) return false;
  const end = Math.min(until, known);
  return joined(reading.windows).some(([from, to]) => from <= since && to >= end);
}

export function dayCollected(reading: Reading, day: string): boolean {
  const { timeZone } = reading;
  return covered(reading, startOfDay(day, timeZone), startOfDay(dayAfter(day), timeZone));
}

export function hourCollected(reading: Reading, hour: number): boolean {
  return covered(reading, hour, hour + 3_600_000);
}

/** First day of the week (Monday) or month that holds `day`. */
export function bucketOf(day: string, bucket: 'day' | 'week' | 'month'): string {
  if (bucket === 'day') return day;
  if (bucket === 'month') return `${day.slice(0, 7)}-01`;
  let monday = day;
  while (new Date(`${monday}T12:00:00Z`).getUTCDay() !== 1) monday = dayAfter(monday, -1);
  return monday;
}
