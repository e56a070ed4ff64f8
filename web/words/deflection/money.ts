import type { AssumptionSet, DeflectionFigures } from '../../../server/contract/deflection.ts';
import { count, counted, NONE, percentTick } from '../../format.ts';
import { betweenText, fewText, moneyOf, priceText, type Range } from './ranges.ts';

type Saving = NonNullable<DeflectionFigures['saving']>;

/** What a tile of money says: a range, its likely value, and what it is of. */
export interface Amount {
  between: string;
  likely?: string | undefined;
  of: string;
}

const amount = (range: Range, shown: (value: number) => string, of: string): Amount => ({
  between: betweenText(range, shown),
  likely: `likely ${shown(range.likely)}`,
  of,
});

const NOTHING = (of: string): Amount => ({ between: NONE, of });

export function deskAmount(saving: Saving | null): Amount {
  if (!saving) return NOTHING('not known for this period');
  const hours = `${betweenText(saving.deskHours, fewText)} desk hours not worked, likely ${fewText(saving.deskHours.likely)}`;
  return amount(saving.desk, moneyOf(saving.desk, saving.currency), hours);
}

export function userAmount(saving: Saving | null, set: AssumptionSet): Amount {
  if (!saving) return NOTHING('not known for this period');
  const hours = `${betweenText(saving.userHours, fewText)} hours given back to people`;
  if (saving.userTimeWhy !== null)
    return {
      between: betweenText(saving.userHours, fewText),
      likely: `hours, likely ${fewText(saving.userHours.likely)}`,
      of: 'given back to people, not counted in money',
    };
  const usable = `${hours}, ${percentTick(set.money.usableShare)} counted as usable`;
  return amount(saving.userTime, moneyOf(saving.userTime, saving.currency), usable);
}

export function netAmount(saving: Saving | null): Amount {
  if (!saving) return NOTHING('not known for this period');
  if (!saving.net) return NOTHING('no running cost is given');
  const of = 'after running costs; the setup cost is in the payback';
  return amount(saving.net, moneyOf(saving.net, saving.currency), of);
}

/** When the setup cost is paid back, in a sentence; null: nothing is said about it. */
export function paybackWords(saving: Saving | null): string | null {
  if (!saving) return null;
  if (!saving.paybackMonths) return saving.paybackWhy;
  const { low, likely, high } = saving.paybackMonths;
  const months = betweenText({ low, likely, high }, fewText);
  return `Paid back in ${months} months, likely ${fewText(likely)}, at the rate of this period.`;
}

export function potentialAmount({ potential }: DeflectionFigures): Amount {
  if (!potential) return NOTHING('nobody uncovered was reset, or it is not known');
  const of = `of ${counted(potential.resets, 'admin reset', 'admin resets')} of people who are not covered`;
  return amount(potential.avoided, count, `${of}; not part of the tickets avoided`);
}

/** What the desk's cost of a ticket stands on, in a sentence. */
export function costWords({ money: { desk, currency, handleMinutes } }: AssumptionSet): string {
  if (desk.basis === 'preset') return `Published figure: ${desk.preset}`;
  if (desk.basis === 'range') {
    const { low, likely, high } = desk.perTicket;
    const price = (value: number) => priceText(value, currency);
    return `${price(low)}, ${price(likely)}, ${price(high)} a ticket, typed in`;
  }
  const minutes = betweenText(handleMinutes, fewText);
  return `Your own: ${minutes} minutes at ${priceText(desk.hourlyRate, currency)} an hour`;
}
