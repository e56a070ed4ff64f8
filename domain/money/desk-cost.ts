import { type AssumptionSet, DEFAULT_SET } from '../deflection/assumption-set.ts';
import { sameRange } from '../deflection/prior-of.ts';
import type { Range } from '../deflection/range.ts';
import { costPreset } from './cost-presets.ts';

/** What a ticket costs the desk: a range, or an hourly rate for the handle minutes. Throws for a preset there is none of. */
export function ticketCost({ desk }: AssumptionSet['money']): Range | { hourlyRate: number } {
  if (desk.basis === 'own') return { hourlyRate: desk.hourlyRate };
  if (desk.basis === 'range') return desk.perTicket;
  const preset = costPreset(desk.preset);
  if (!preset) throw new RangeError(`There is no preset ${desk.preset}.`);
  return preset.perTicket;
}

/** Whether a default of the program is behind the cost: the preset it starts with, or its handle minutes. */
export function isDefaultCost({ desk, handleMinutes }: AssumptionSet['money']): boolean {
  const { money } = DEFAULT_SET;
  if (desk.basis === 'own') return sameRange(handleMinutes, money.handleMinutes);
  const started = money.desk.basis === 'preset' ? money.desk.preset : null;
  return desk.basis === 'preset' && desk.preset === started;
}
