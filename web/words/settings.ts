import { isDay, isTimeZone } from '../../domain/day.ts';
import type { SettingsResponse } from '../../server/contract/settings.ts';

export type Setting = SettingsResponse['settings'][number];

/** What is wrong with a value, in a sentence; null: nothing the page can see. The server has the last word. */
export function complaint({ kind, min, max, unit }: Setting, value: string): string | null {
  if (value === '') return null;
  if (kind === 'time_zone' && !isTimeZone(value)) {
    return 'No time zone has this name. Write it as in Europe/Vienna, or UTC.';
  }
  if (kind === 'date' && !isDay(value)) return 'Not a calendar day, YYYY-MM-DD.';
  if (kind === 'schedule' && value.trim().split(/\s+/).length < 5) {
    return 'A schedule has five parts: minute, hour, day, month, weekday.';
  }
  if (kind !== 'integer') return null;
  if (!/^-?\d+$/.test(value)) return 'Not a whole number.';
  const number = Number(value);
  const isOutside = (min !== undefined && number < min) || (max !== undefined && number > max);
  return isOutside ? `Must be ${boundsText(min, max, unit)}.` : null;
}

export function boundsText(min?: number, max?: number, unit?: string): string {
  const of = unit ? ` ${unit}` : '';
  if (min !== undefined && max !== undefined) return `${min} to ${max}${of}`;
  if (min !== undefined) return `at least ${min}${of}`;
  return max === undefined ? `a whole number${of}` : `at most ${max}${of}`;
}

/** The default of a setting as people read it. */
export function defaultText({ kind, default: value }: Setting): string {
  if (value === '') return 'empty';
  if (kind === 'boolean') return value === 'true' ? 'yes' : 'no';
  return value.replaceAll('\n', ', ');
}

/** The server's complaints, each beside the setting it names; `null` holds those that name none. */
export function complaintsOf(
  message: string,
  settings: readonly Setting[],
): Map<string | null, string> {
  const starts = settings
    .flatMap(({ name, title }) => [`${name}:`, `${title}:`].map((text) => ({ name, text })))
    .map(({ name, text }) => ({ name, at: message.indexOf(text) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const complaints = new Map<string | null, string>();
  const general = message.slice(0, starts[0]?.at).trim();
  if (general !== '') complaints.set(null, general);
  for (const [index, { name, at }] of starts.entries()) {
    complaints.set(name, message.slice(at, starts[index + 1]?.at).trim());
  }
  return complaints;
}
