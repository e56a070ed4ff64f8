/**
 * A calendar day in the tenant's time zone, written `YYYY-MM-DD`.
 *
 * A day is not an instant. Graph gives us instants in UTC; charts are drawn in
 * days. The conversion happens once, when a thing is stored, because SQL knows
 * no time zones other than UTC and the machine's own.
 */
export type Day = string & { readonly __brand: 'Day' };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Mean length of a month in days. */
export const MONTH_DAYS = 30.44;

const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** Beyond these years a day is a slip or a "never", and days cease to sort as text. */
const YEARS = { first: '1900', last: '2999' };

/** Whether `text` is a real calendar day of the years 1900 to 2999, written `YYYY-MM-DD`. */
export function isDay(text: string): text is Day {
  if (!DAY_PATTERN.test(text)) return false;
  if (text < YEARS.first || text.slice(0, 4) > YEARS.last) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** Reads a day, or throws a RangeError if `text` is not a real calendar day. */
export function parseDay(text: string): Day {
  if (!isDay(text)) throw new RangeError(`Not a calendar day: ${text}`);
  return text;
}

/** Whether `name` is an IANA time zone this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Cuts instants into the days of one time zone. Make one per zone and keep it:
 * Intl formatters cost far more to build than to use, and the answer for an hour
 * in which no midnight falls is remembered.
 */
export interface DayCutter {
  readonly timeZone: string;
  /** The calendar day on which `instantMs` (UTC milliseconds) falls. */
  dayOf(instantMs: number): Day;
  /** The hour on the clocks of the zone, 0 to 23: when they are put back, one hour comes twice. */
  localHourOf(instantMs: number): number;
  /** First instant of `day`, UTC milliseconds. */
  startOf(day: Day): number;
  /** First instant after `day`, UTC milliseconds: 23, 24 or 25 hours after its start. */
  endOf(day: Day): number;
  /** The local time of day at `instantMs` (UTC milliseconds), `HH:MM`; for sentences. */
  clockOf(instantMs: number): string;
}

const QUARTER_MS = HOUR_MS / 4;
const cutters = new Map<string, DayCutter>();

/** The cutter for `timeZone` (IANA name); throws a RangeError for a name no runtime knows. */
export function dayCutter(timeZone: string): DayCutter {
  const known = cutters.get(timeZone);
  if (known) return known;
  // Swedish formats dates as ISO 8601 does, so no parts need to be reassembled.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone });
  // Every offset in use is a multiple of 15 minutes, so a quarter of an hour has one day.
  const byQuarter = new Map<number, Day>();
  const dayOf = (instantMs: number): Day => {
    const quarter = Math.floor(instantMs / QUARTER_MS);
    let day = byQuarter.get(quarter);
    if (day === undefined) {
      day = format.format(quarter * QUARTER_MS) as Day;
      if (byQuarter.size > 200_000) byQuarter.clear();
      byQuarter.set(quarter, day);
    }
    return day;
  };
  const clock = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  const hourByQuarter = new Map<number, number>();
  const localHourOf = (instantMs: number): number => {
    const quarter = Math.floor(instantMs / QUARTER_MS);
    let hour = hourByQuarter.get(quarter);
    if (hour === undefined) {
      hour = Number(clock.format(quarter * QUARTER_MS));
      if (hourByQuarter.size > 200_000) hourByQuarter.clear();
      hourByQuarter.set(quarter, hour);
    }
    return hour;
  };
  const startOf = (day: Day): number => {
    // A zone is at most 14 hours ahead and 12 behind, and starts its days on a quarter of an hour.
    let low = Date.parse(`${day}T00:00:00Z`) - 15 * HOUR_MS;
    let high = low + 30 * HOUR_MS;
    while (high - low > QUARTER_MS) {
      const middle = low + Math.floor((high - low) / QUARTER_MS / 2) * QUARTER_MS;
      if (dayOf(middle) >= day) high = middle;
      else low = middle;
    }
    return high;
  };
  const cutter: DayCutter = {
    timeZone,
    dayOf,
    localHourOf,
    startOf,
    endOf: (day) => startOf(nextDay(day)),
    clockOf: (instantMs) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
        instantMs,
      ),
  };
  cutters.set(timeZone, cutter);
  return cutter;
}

/** Start of the real hour (UTC) in which `instantMs` falls, UTC milliseconds. */
export function hourOf(instantMs: number): number {
  return Math.floor(instantMs / HOUR_MS) * HOUR_MS;
}

/** `day` moved by `days`, which may be negative. */
export function addDays(day: Day, days: number): Day {
  // UTC has no daylight saving, so adding 24 hours there always lands on the next day.
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as Day;
}

export function nextDay(day: Day): Day {
  return addDays(day, 1);
}

/** From 1, Monday, to 7, Sunday. */
export function weekdayOf(day: Day): number {
  const sundayIs0 = new Date(`${day}T00:00:00Z`).getUTCDay();
  return sundayIs0 === 0 ? 7 : sundayIs0;
}

/** How many days from `first` to `last`, both included; 0 or less if `last` comes before `first`. */
export function dayCount(first: Day, last: Day): number {
  return (Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS + 1;
}

/** Every day from `first` to `last`, both included; empty if `last` comes before `first`. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  const count = dayCount(first, last);
  for (let day = first; days.length < count; day = nextDay(day)) days.push(day);
  return days;
}

export type Bucket = 'day' | 'week' | 'month';

/** Monday of the week, first of the month, or the day itself. */
export function bucketStart(day: Day, bucket: Bucket): Day {
  if (bucket === 'day') return day;
  if (bucket === 'month') return `${day.slice(0, 7)}-01` as Day;
  return addDays(day, 1 - weekdayOf(day));
}

/** The last day of the bucket that holds `day`. */
export function bucketEnd(day: Day, bucket: Bucket): Day {
  if (bucket === 'day') return day;
  const start = bucketStart(day, bucket);
  if (bucket === 'week') return addDays(start, 6);
  return addDays(bucketStart(addDays(start, 31), 'month'), -1);
}
