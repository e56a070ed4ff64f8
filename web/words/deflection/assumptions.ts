import type { AssumptionSet, AssumptionsResponse } from '../../../server/contract/deflection.ts';
import { instantText, NONE, percentTick } from '../../format.ts';
import { dayOrNone, plainNumber, type Range } from './ranges.ts';

export type Meaning = AssumptionsResponse['meanings'][number];
export type Preset = AssumptionsResponse['presets'][number];

/** How an assumption is typed in. Those with `OrNone` may be left empty, which says null. */
export type FieldKind =
  | 'percentRange'
  | 'range'
  | 'rangeOrNone'
  | 'percent'
  | 'number'
  | 'numberOrNone'
  | 'dayOrNone'
  | 'currency'
  | 'desk';

const KINDS: Record<string, FieldKind> = {
  'deflection.reset.induced': 'percentRange',
  'deflection.reset.propensity': 'percentRange',
  'deflection.unlock.induced': 'percentRange',
  'deflection.unlock.propensity': 'percentRange',
  selfServiceSince: 'dayOrNone',
  'money.currency': 'currency',
  'money.desk': 'desk',
  'money.handleMinutes': 'range',
  'money.userMinutesDesk': 'range',
  'money.userMinutesSelfService': 'rangeOrNone',
  'money.userHourlyRate': 'numberOrNone',
  'money.usableShare': 'percent',
  'money.selfServiceCost': 'number',
  'money.fallbackExtraMinutes': 'number',
  'money.monthlyCost': 'numberOrNone',
  'money.setupCost': 'numberOrNone',
};

/** Every assumption, by its path. */
export const ASSUMPTION_PATHS: readonly string[] = Object.keys(KINDS);

export const kindOf = (path: string): FieldKind => KINDS[path] ?? 'number';

/** The form in parts, in the order in which one thinks about it. */
export const GROUPS: readonly { title: string; measure: string; paths: readonly string[] }[] = [
  {
    title: 'Would it have been a ticket?',
    measure:
      'Low and high: in 9 of 10 cases the truth lies between. Imported tickets correct these.',
    paths: [
      'deflection.reset.propensity',
      'deflection.reset.induced',
      'deflection.unlock.propensity',
      'deflection.unlock.induced',
      'selfServiceSince',
    ],
  },
  {
    title: 'What a ticket costs the desk',
    measure:
      'Your own minutes and rate are what finance accepts; published figures are a beginning.',
    paths: ['money.currency', 'money.desk', 'money.handleMinutes', 'money.fallbackExtraMinutes'],
  },
  {
    title: "People's time",
    measure: 'Shown apart and never added to the desk saving.',
    paths: [
      'money.userMinutesDesk',
      'money.userMinutesSelfService',
      'money.userHourlyRate',
      'money.usableShare',
    ],
  },
  {
    title: 'What self-service costs',
    measure: 'Taken off the saving. Only what exists for self-service alone.',
    paths: ['money.selfServiceCost', 'money.monthlyCost', 'money.setupCost'],
  },
];

/** The unit of an assumption as people read it, with the currency that is chosen. */
export function unitText(unit: string, currency: string): string {
  if (unit === 'share') return '%';
  if (unit === 'day' || unit === 'ISO 4217') return '';
  return unit.replace('currency', currency);
}

/** The value of the defaults at a path, in words. */
export function defaultText(defaults: AssumptionSet, path: string, presets: readonly Preset[]) {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], defaults);
  const kind = kindOf(path);
  if (kind === 'desk') return deskText(defaults.money.desk, presets);
  if (value === null || value === undefined) return 'empty';
  if (kind === 'dayOrNone') return dayOrNone(String(value));
  if (typeof value === 'number')
    return kind === 'percent' ? percentTick(value) : plainNumber(value);
  if (typeof value !== 'object') return String(value);
  const { low, likely, high } = value as Range;
  const shown = kind === 'percentRange' ? percentTick : plainNumber;
  return [low, likely, high].map((one) => shown(one)).join(', ');
}

function deskText(desk: AssumptionSet['money']['desk'], presets: readonly Preset[]): string {
  if (desk.basis === 'own') return 'handle minutes times hourly rate';
  if (desk.basis === 'range') return 'a range of your own';
  return presets.find(({ name }) => name === desk.preset)?.title ?? desk.preset;
}

interface Version {
  version: number;
  madeAt: string | null;
  author: string | null;
}

/** `Version 3, by Ines, 1 Sep, 10:00`. */
export function versionWords({ version, madeAt, author }: Version, timeZone: string): string {
  if (madeAt === null) return 'Version 0: the defaults of the program, not looked at yet';
  return `Version ${version}, by ${author ?? NONE}, ${instantText(madeAt, timeZone)}`;
}
