import type { AlertLevel } from '../../../domain/surveillance/alert-level.ts';
import type { SurveillanceResponse } from '../../../server/contract/surveillance.ts';
import { numberComplaint, numberOf } from '../deflection/typed-number.ts';

type Settings = SurveillanceResponse['settings'];
type Bounds = Settings['daily'];

/** What stands in the fields of the form, by the path of the setting; switches are `true` and `false`. */
export type Texts = Record<string, string>;

const LEVELS = ['watch', 'alert', 'critical'] as const;

/** The N of `1 in N`. */
const oneIn = (chance: number) => String(Math.round(1 / chance));

/** Settings as they are typed in: chances as the N of `1 in N`, a learned threshold as an empty field. */
export function textsOf(settings: Settings): Texts {
  const bounds = (name: 'daily' | 'hourly') =>
    LEVELS.map((level) => [`${name}.${level}`, oneIn(settings[name][level])]);
  return Object.fromEntries([
    ['detector', settings.detector],
    ...bounds('daily'),
    ...bounds('hourly'),
    ['leastEffect.excess', String(settings.leastEffect.excess)],
    ['leastEffect.ratio', String(settings.leastEffect.ratio)],
    ...Object.entries(settings.rhythm).map(([rule, { on }]) => [`rhythm.${rule}.on`, String(on)]),
    ...Object.entries(settings.rules).flatMap(([rule, { on, threshold, level }]) => [
      [`rules.${rule}.on`, String(on)],
      [`rules.${rule}.threshold`, threshold === null ? '' : String(threshold)],
      [`rules.${rule}.level`, level],
    ]),
    ['companyAddresses', settings.companyAddresses.join('\n')],
  ]);
}

export type Reading =
  | { settings: Settings; complaints: null }
  | { settings: null; complaints: Map<string, string> };

/**
 * Reads the fields. A chance whose field was not touched stays what it was, to the last digit: `before` has it.
 * What the server checks besides (how large a number may be, what an address is) it says itself.
 */
export function settingsOf(texts: Texts, before: Settings): Reading {
  const complaints = new Map<string, string>();
  const text = (path: string) => texts[path] ?? '';
  const number = (path: string): number => {
    const value = numberOf(text(path));
    if (value === null) complaints.set(path, numberComplaint(text(path)));
    return value ?? 0;
  };
  const chance = (name: 'daily' | 'hourly', level: AlertLevel): number => {
    const path = `${name}.${level}`;
    const old = before[name][level];
    if (text(path).trim() === oneIn(old)) return old;
    const value = number(path);
    if (!complaints.has(path) && value < 20) complaints.set(path, 'Must be at least 20.');
    return 1 / Math.max(value, 1);
  };
  const bounds = (name: 'daily' | 'hourly'): Bounds => {
    const [watch, alert, critical] = LEVELS.map((level) => chance(name, level)) as [
      number,
      number,
      number,
    ];
    const isFound = LEVELS.every((level) => !complaints.has(`${name}.${level}`));
    if (isFound && !(critical <= alert && alert <= watch))
      complaints.set(`${name}.alert`, 'The higher the level, the larger the number must be.');
    return { watch, alert, critical };
  };
  const threshold = (path: string): number | null => {
    if (text(path).trim() === '') return null;
    const value = number(path);
    if (!complaints.has(path) && !(Number.isInteger(value) && value >= 1))
      complaints.set(path, 'Must be a whole number from 1 on, or empty to be learned.');
    return value;
  };
  const settings: Settings = {
    detector: text('detector') as Settings['detector'],
    daily: bounds('daily'),
    hourly: bounds('hourly'),
    leastEffect: { excess: number('leastEffect.excess'), ratio: number('leastEffect.ratio') },
    rhythm: Object.fromEntries(
      Object.keys(before.rhythm).map((rule) => [
        rule,
        { on: text(`rhythm.${rule}.on`) === 'true' },
      ]),
    ) as Settings['rhythm'],
    rules: Object.fromEntries(
      Object.keys(before.rules).map((rule) => [
        rule,
        {
          on: text(`rules.${rule}.on`) === 'true',
          threshold: threshold(`rules.${rule}.threshold`),
          level: text(`rules.${rule}.level`),
        },
      ]),
    ) as Settings['rules'],
    companyAddresses: text('companyAddresses')
      .split(/[\s,;]+/)
      .filter((one) => one !== ''),
  };
  return complaints.size > 0 ? { settings: null, complaints } : { settings, complaints: null };
}

/** The server's complaints, each at the field it names; `null` holds the others. */
export function complaintsAt(message: string, texts: Texts): Map<string | null, string> {
  const complaints = new Map<string | null, string>();
  for (const one of message.split('; ')) {
    const [, path = '', words = one] = /^settings\.([\w.]+): (.*)$/.exec(one) ?? [];
    const keys = Object.keys(texts);
    const field =
      keys.find((key) => path === key || path.startsWith(`${key}.`)) ??
      keys.find((key) => path !== '' && key.startsWith(`${path}.`)) ??
      null;
    const said = field === null ? one : words;
    const before = complaints.get(field);
    complaints.set(field, before ? `${before}; ${said}` : said);
  }
  return complaints;
}

/** Fields that differ between two forms. */
export const changedFields = (now: Texts, before: Texts): string[] =>
  Object.keys(now).filter((path) => now[path] !== before[path]);
