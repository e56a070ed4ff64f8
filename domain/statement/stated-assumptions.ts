import type { Day } from '../day.ts';
import { MEANINGS, type Meaning } from '../deflection/assumption-meanings.ts';
import {
  type AssumptionSet,
  DEFAULT_SET,
  type DeskCost,
  valueAt,
} from '../deflection/assumption-set.ts';
import type { Range } from '../deflection/range.ts';
import { costPreset } from '../money/cost-presets.ts';
import { canonicalJson } from './canonical.ts';
import { dayName } from './month.ts';

/** An assumption in words, as a statement keeps it. */
export interface StatedAssumption {
  path: string;
  title: string;
  value: string;
  /** As the program came with it; else typed in. */
  isDefault: boolean;
  source: string;
}

/** Every assumption in words, with where it comes from, in the order in which they are asked for. */
export function statedAssumptions(set: AssumptionSet): StatedAssumption[] {
  return MEANINGS.map((meaning) => {
    const { path, title } = meaning;
    const value = valueAt(set, path);
    const isDefault = canonicalJson(value ?? null) === canonicalJson(byDefault(path));
    const source = sourceOf(meaning, set, isDefault);
    return { path, title, value: inWords(meaning, value, set.money.currency), isDefault, source };
  });
}

const byDefault = (path: string): unknown => valueAt(DEFAULT_SET, path) ?? null;

function sourceOf({ path, source }: Meaning, set: AssumptionSet, isDefault: boolean): string {
  const { desk } = set.money;
  if (path === 'money.desk' && desk.basis === 'preset') {
    const preset = costPreset(desk.preset);
    if (preset) return [preset.source.text, preset.warning].filter(Boolean).join(' ');
  }
  return isDefault ? source.text : 'Typed in.';
}

function inWords({ path, unit }: Meaning, value: unknown, currency: string): string {
  if (value === null || value === undefined)
    return path === 'money.userMinutesSelfService' ? 'as the logs tell' : 'not given';
  if (path === 'money.desk') return costInWords(value as DeskCost, currency);
  if (unit === 'day') return dayName(value as Day);
  if (typeof value === 'string') return value;
  const shown = unit.replace('currency', currency);
  if (typeof value === 'number')
    return unit === 'share' ? `${percent(value)} %` : `${number(value)} ${shown}`;
  const range = value as Range;
  return unit === 'share'
    ? `${rangeText(range, percent)} %`
    : `${rangeText(range, number)} ${shown}`;
}

function costInWords(desk: DeskCost, currency: string): string {
  if (desk.basis === 'own')
    return `handle minutes at ${number(desk.hourlyRate)} ${currency} an hour`;
  if (desk.basis === 'range') return `${rangeText(desk.perTicket, number)} ${currency} a ticket`;
  const preset = costPreset(desk.preset);
  if (!preset) return desk.preset;
  return `${preset.title}: ${rangeText(preset.perTicket, number)} ${preset.currency}`;
}

const figures = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 });
const number = (value: number): string => figures.format(value);
const percent = (value: number): string => String(Math.round(value * 1000) / 10);

const rangeText = ({ low, likely, high }: Range, text: (value: number) => string): string =>
  `${text(likely)} (${text(low)} to ${text(high)})`;
