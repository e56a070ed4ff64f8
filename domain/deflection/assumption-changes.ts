import { costPreset } from '../money/cost-presets.ts';
import { MEANINGS } from './assumption-meanings.ts';
import { type AssumptionSet, valueAt } from './assumption-set.ts';

/** What changed from one set to the next, a sentence each, in the order of the meanings; empty: nothing did. */
export function changesBetween(before: AssumptionSet, after: AssumptionSet): string[] {
  return MEANINGS.flatMap(({ path, title }) => {
    const [was, is] = [inWords(valueAt(before, path)), inWords(valueAt(after, path))];
    return was === is ? [] : [`${title}: ${was} → ${is}`];
  });
}

interface Words {
  low?: unknown;
  likely?: unknown;
  high?: unknown;
  basis?: unknown;
  preset?: unknown;
  hourlyRate?: unknown;
  perTicket?: unknown;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'not given';
  if (typeof value !== 'object') return String(value);
  const { low, likely, high, basis, preset, hourlyRate, perTicket } = value as Words;
  if (basis === 'own') return `own handle minutes at ${hourlyRate} an hour`;
  if (basis === 'preset') return costPreset(String(preset))?.title ?? String(preset);
  if (basis === 'range') return `${inWords(perTicket)} a ticket`;
  return `${low} / ${likely} / ${high}`;
}
