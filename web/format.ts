import type { Day } from '../domain/day.ts';
import { fraction, type Share } from '../domain/share.ts';

/** What is shown where there is no figure. It is not zero. */
export const NONE = '–';

// Between a figure and its unit: no line break, and narrower than a space.
const THIN = '\u202f';

/** The reader's language, or English where the browser names none that is valid (`en-US@posix`, `C`). */
export function readerLocale(named: readonly string[] = namedLanguages()): string {
  for (const name of named) {
    try {
      const [known] = Intl.getCanonicalLocales(name.replace(/[@.].*$/, '').replaceAll('_', '-'));
      if (known && Intl.NumberFormat.supportedLocalesOf(known).length > 0) return known;
    } catch {
      // Not a language tag: the next one may be.
    }
  }
  return 'en-GB';
}

function namedLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : [navigator.language ?? ''];
}

const locale = readerLocale();
// Words on the page are English, so are the months: only the order and the digits are the reader's.
const dateLocale = locale.startsWith('en') ? locale : 'en-GB';
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredth = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const dayFormat = new Intl.DateTimeFormat(dateLocale, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const dayYearFormat = new Intl.DateTimeFormat(dateLocale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const monthFormat = new Intl.DateTimeFormat(dateLocale, {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A count with thousands separated; a dash for none. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : whole.format(value);
}

/** An expected number, `0.27`; under a hundredth `<0.01`, and a dash for none. */
export function hundredths(value: number | null): string {
  if (value === null) return NONE;
  return value > 0 && value < 0.005 ? `<${hundredth.format(0.01)}` : hundredth.format(value);
}

/** `1 person`, `1,204 people`. */
export function counted(value: number, one: string, many: string): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

/** Tenths of a percent, without the sign: `82.2`. A part of its whole never rounds up to all of it. */
export function percentNumber(share: Share | null): string {
  const value = share && fraction(share);
  if (value === null) return NONE;
  const isRoundedToAll = value < 1 && value >= 0.9995;
  const isRoundedToNone = value > 0 && value < 0.0005;
  if (isRoundedToAll) return tenth.format(99.9);
  if (isRoundedToNone) return `<${THIN}${tenth.format(0.1)}`;
  return tenth.format(value * 100);
}

/** `82.2 %`; a dash when there is nothing to share out. */
export function percent(share: Share | null): string {
  const text = percentNumber(share);
  return text === NONE ? NONE : `${text}${THIN}%`;
}

/** A tick of an axis of shares. */
export function percentTick(value: number): string {
  return `${whole.format(value * 100)}${THIN}%`;
}

/** A share at the axis or in a tooltip: whole percent where it is one. */
export function shareTick(share: number): string {
  const isWhole = share * 100 === Math.round(share * 100);
  return isWhole ? percentTick(share) : percent({ part: share, whole: 1 });
}

/** Difference of two shares in percentage points, rounded as shown; null: one of them is missing. */
export function points(now: Share | null, before: Share | null): number | null {
  const a = now && fraction(now);
  const b = before && fraction(before);
  return a === null || b === null ? null : Math.round((a - b) * 1000) / 10;
}

/** `6.3 points`, without its direction. */
export function pointsText(value: number): string {
  const size = Math.abs(value);
  return `${tenth.format(size)} ${size === 1 ? 'point' : 'points'}`;
}

/** `+5.1`, `−1.9`, `0.0`; a dash for none. */
export function signed(value: number | null): string {
  if (value === null) return NONE;
  const text = tenth.format(Math.abs(value));
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text;
}

/** `+12`, `−3`, `0` of a count; a dash for none. */
export function signedCount(value: number | null): string {
  if (value === null) return NONE;
  return value > 0 ? `+${whole.format(value)}` : value < 0 ? `−${whole.format(-value)}` : '0';
}

const atNoon = (day: string) => new Date(`${day}T12:00:00Z`);

/** `22 Nov`. */
export function dayShort(day: string): string {
  return dayFormat.format(atNoon(day));
}

/** `22 Nov 2026`. */
export function dayLong(day: string): string {
  return dayYearFormat.format(atNoon(day));
}

/** `Nov 2026`. */
export function monthText(day: string): string {
  return monthFormat.format(atNoon(day));
}

/** Above this many days an axis names months with their year: a day alone would stand there twice. */
const MONTHS_FROM_DAYS = 200;

/** A day under an axis of `days` days. */
export function axisDay(day: string, days: number): string {
  return days > MONTHS_FROM_DAYS ? monthText(day) : dayShort(day);
}

/** `24 Aug – 22 Nov 2026`; both years where they differ. */
export function periodText({ first, last }: { first: Day | string; last: Day | string }): string {
  if (first === last) return dayLong(last);
  const from = first.slice(0, 4) === last.slice(0, 4) ? dayShort(first) : dayLong(first);
  return `${from} – ${dayLong(last)}`;
}

/** `22 Nov, 04:10` in the tenant's time zone; a dash for none. */
export function instantText(instant: string | null, timeZone: string): string {
  if (instant === null) return NONE;
  return new Intl.DateTimeFormat(dateLocale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}

/** The time alone, `04:10`. */
export function timeText(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(dateLocale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}

/** `22 Nov 2026, 04:10:07` in the tenant's time zone, for records; a dash for none. */
export function instantLong(instant: string | null, timeZone: string): string {
  if (instant === null) return NONE;
  return new Intl.DateTimeFormat(dateLocale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}

/** How long ago, in the two largest units: `1 h 42 min`, `3 d 2 h`, `under 1 min`. */
export function ageText(instant: string, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Seconds as minutes and seconds, `2:14`; from an hour on `1:02:05`; a dash for none. */
export function minutesText(seconds: number | null): string {
  if (seconds === null) return NONE;
  const all = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(all / 60);
  if (minutes < 60) return `${minutes}:${two(all % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(all % 60)}`;
}

/** A length of time in words: `27 s`, `3 min 5 s`. */
export function lengthText(seconds: number): string {
  const all = Math.abs(Math.round(seconds));
  if (all < 60) return `${all} s`;
  return all % 60 === 0 ? `${all / 60} min` : `${Math.floor(all / 60)} min ${all % 60} s`;
}
