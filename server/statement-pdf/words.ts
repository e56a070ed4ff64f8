import type { Day } from '../../domain/day.ts';
import { fraction, type Share } from '../../domain/share.ts';
import { dayName } from '../../domain/statement/month.ts';
import type { RangeSchema } from '../contract/deflection.ts';

/** What stands where there is no figure. It is not zero. */
export const NONE = '–';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const hundredth = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** With a true minus, and never a minus before nothing. */
const signed = (text: string): string =>
  /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');

export function count(value: number | null): string {
  return value === null ? NONE : signed(whole.format(value));
}

/** `1 day`, `1,204 days`. */
export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `3.2` */
export function oneDigit(value: number): string {
  return signed(tenth.format(value));
}

/** `61.0 %`; a dash when there is nothing to share out. */
export function percent(share: Share): string {
  const value = fraction(share);
  if (value === null) return NONE;
  // A part of its whole never rounds up to all of it.
  const shown = value < 1 && value >= 0.9995 ? 0.999 : value;
  return `${oneDigit(shown * 100)} %`;
}

/** A share that is an estimate, `61 %`. */
export function wholePercent(value: number): string {
  return `${signed(whole.format(value * 100))} %`;
}

const FIELDS = ['low', 'likely', 'high'] as const;

/** A range as texts. */
export type RangeText = Record<(typeof FIELDS)[number], string>;

/** Amounts of money, written alike: small ones with two digits after the point. */
export function amounts(range: RangeSchema): RangeText {
  const isSmall = FIELDS.every((field) => Math.abs(range[field]) < 100);
  return rangeText(range, (value) => signed((isSmall ? hundredth : whole).format(value)));
}

/** Whole tickets or hours. */
export function counts(range: RangeSchema): RangeText {
  return rangeText(range, count);
}

const rangeText = (range: RangeSchema, text: (value: number) => string): RangeText => ({
  ...{ low: text(range.low), likely: text(range.likely), high: text(range.high) },
});

/** `2,362 to 4,180` */
export function fromTo(low: string, high: string): string {
  return `${low} to ${high}`;
}

/** Days that belong together, `3 to 5 March 2026`. */
export function stretch(first: Day, last: Day): string {
  if (first === last) return dayName(first);
  const isOneMonth = first.slice(0, 7) === last.slice(0, 7);
  const begin = isOneMonth ? String(Number(first.slice(8))) : dayName(first);
  return `${begin} to ${dayName(last)}`;
}

/** `5 April 2026, 08:15 UTC` of an instant as the API writes it: no zone's rules can change it later. */
export function utcText(iso: string): string {
  return `${dayName(iso.slice(0, 10) as Day)}, ${iso.slice(11, 16)} UTC`;
}
