import type { AssumptionSet } from '../deflection/assumption-set.ts';
import { SELF_SERVICE_MINUTES } from '../deflection/assumption-set.ts';
import type { Served } from '../deflection/avoided-from-logs.ts';
import type { SavingFigures } from '../deflection/figures.ts';
import type { Range } from '../deflection/range.ts';
import { rangeOf } from '../deflection/range.ts';
import { costFutures, handleFutures, minutesFutures, SEEDS } from './cost-futures.ts';
import { costPreset } from './cost-presets.ts';
import { isDefaultCost } from './desk-cost.ts';
import { deskSaving } from './desk-saving.ts';
import { payback } from './payback.ts';
import { rounded, roundedRange } from './rounded.ts';

export interface SavingInput {
  money: AssumptionSet['money'];
  /** Futures of the tickets avoided. */
  avoided: Float64Array;
  served: Served;
  fellBack: number;
  /** Quarters of the seconds that a self-service reset took; null: none. */
  secondsToReset: Range | null;
  /** Months that the counts are of: collected days over the mean length of a month. */
  months: number;
}

/**
 * What the tickets avoided are worth, future by future: draws of tickets, cost and minutes are multiplied one by one,
 * so that ranges hold what they say.
 */
export function saving(input: SavingInput): SavingFigures {
  const { money, avoided, fellBack, months } = input;
  const desk = deskSaving({ ...input, cost: costFutures(money, avoided.length) });
  const userHours = userHoursOf(input);
  const handle = handleFutures(money, avoided.length);
  const extraMinutes = fellBack * money.fallbackExtraMinutes;
  const deskHours = avoided.map((tickets, i) => (tickets * (handle[i] ?? 0) - extraMinutes) / 60);
  const userTimeWhy = whyNoUserTime(money);
  const rate = userTimeWhy === null ? (money.userHourlyRate ?? 0) * money.usableShare : 0;
  const running = runningCost(money, months);
  return {
    currency: money.currency,
    desk: roundedRange(rangeOf(desk)),
    userTime: roundedRange(rangeOf(userHours.map((hours) => hours * rate))),
    userTimeWhy,
    deskHours: roundedRange(rangeOf(deskHours)),
    userHours: roundedRange(rangeOf(userHours)),
    net: running === null ? null : roundedRange(rangeOf(desk.map((amount) => amount - running))),
    ...payback(desk, { ...money, months }),
    defaultCost: isDefaultCost(money),
  };
}

/** Hours of people's time: what the way by the desk would have taken more than self-service did. */
function userHoursOf({ money, avoided, secondsToReset }: SavingInput): Float64Array {
  const ownMinutes = money.userMinutesSelfService ?? inMinutes(secondsToReset);
  const byDesk = minutesFutures(money.userMinutesDesk, avoided.length, SEEDS.userDesk);
  const bySelf = minutesFutures(ownMinutes ?? SELF_SERVICE_MINUTES, avoided.length, SEEDS.userSelf);
  return avoided.map(
    (tickets, i) => (tickets * Math.max(0, (byDesk[i] ?? 0) - (bySelf[i] ?? 0))) / 60,
  );
}

function inMinutes(seconds: Range | null): Range | null {
  return seconds && { low: seconds.low / 60, likely: seconds.likely / 60, high: seconds.high / 60 };
}

function whyNoUserTime({ desk, userHourlyRate }: AssumptionSet['money']): string | null {
  const preset = desk.basis === 'preset' ? costPreset(desk.preset) : null;
  if (preset?.includesUserTime)
    return `The chosen cost of a ticket, ${preset.title}, is taken to hold lost working time already.`;
  if (userHourlyRate === null) return 'No hourly rate of people is given.';
  return null;
}

/**
 * What self-service cost to run over the period; null: not said. The setup cost is paid once and belongs to no period:
 * it counts in the payback alone.
 */
function runningCost({ monthlyCost }: AssumptionSet['money'], months: number): number | null {
  return monthlyCost === null ? null : rounded(monthlyCost * months);
}
