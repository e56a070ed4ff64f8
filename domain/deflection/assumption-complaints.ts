import { isDay } from '../day.ts';
import { COST_PRESETS, costPreset } from '../money/cost-presets.ts';
import type { AssumptionSet } from './assumption-set.ts';
import { priorOf, SHARE_PRIORS } from './prior-of.ts';

/** What is wrong with one value: its path in the set, and a sentence without a full stop. */
export interface Complaint {
  path: string;
  message: string;
}

/** Why a set cannot be worked with, every complaint at once; empty: it can. Types and ranges are the contract's business. */
export function complaintsOf(set: AssumptionSet): Complaint[] {
  return [...shareComplaints(set), ...dayComplaints(set), ...deskComplaints(set)];
}

function shareComplaints(set: AssumptionSet): Complaint[] {
  return SHARE_PRIORS.flatMap((prior) => {
    const path = `deflection.${prior.type}.${prior.name}`;
    const { low, high } = set.deflection[prior.type][prior.name];
    if (high - low < NARROWEST) return [{ path, message: TOO_NARROW }];
    try {
      priorOf(set, prior);
      return [];
    } catch (error) {
      if (error instanceof RangeError) return [{ path, message: TOO_WIDE }];
      throw error;
    }
  });
}

/** Of a width of 0.01 that rounding has made a little less. */
const NARROWEST = 0.01 - 1e-9;
const TOO_NARROW = 'low and high must be at least 0.01 apart: nobody knows a share exactly';
const TOO_WIDE =
  'the range from low to high is too wide to tell anything; narrow it, 0.9 is about the most';

function dayComplaints({ selfServiceSince }: AssumptionSet): Complaint[] {
  return selfServiceSince === null || isDay(selfServiceSince)
    ? []
    : [{ path: 'selfServiceSince', message: 'must be a calendar day, YYYY-MM-DD' }];
}

function deskComplaints({ money }: AssumptionSet): Complaint[] {
  const { desk, handleMinutes, fallbackExtraMinutes, currency } = money;
  const complaints: Complaint[] = [];
  if (desk.basis === 'preset') {
    const preset = costPreset(desk.preset);
    if (!preset)
      complaints.push({
        path: 'money.desk.preset',
        message: `must be one of ${COST_PRESETS.map(({ name }) => name).join(', ')}`,
      });
    else if (preset.currency !== currency)
      complaints.push({
        path: 'money.currency',
        message: `must be ${preset.currency} with the preset ${preset.name}, as amounts are not converted; in another currency give handle minutes and an hourly rate, or a range`,
      });
  }
  if (desk.basis === 'range' && desk.perTicket.low === 0 && desk.perTicket.high > 0)
    complaints.push({
      path: 'money.desk.perTicket.low',
      message: 'must be above 0 unless low, likely and high are all 0',
    });
  if (desk.basis !== 'own' && fallbackExtraMinutes > 0 && handleMinutes.likely === 0)
    complaints.push({
      path: 'money.fallbackExtraMinutes',
      message: 'have no price while the likely handle minutes are 0',
    });
  return complaints;
}
