import type { AssumptionSet } from '../../../server/contract/deflection.ts';
import { complaintsAt } from './assumption-texts.ts';
import { numberComplaint, numberOf } from './typed-number.ts';

const FIELDS = {
  low: 'Minutes, at least',
  likely: 'Minutes, usually',
  high: 'Minutes, at most',
  rate: 'An hour of the desk costs',
};

/** What fields are called, by the path of the assumption that they set. */
const TITLES: Record<string, string> = {
  'money.handleMinutes': 'Handle minutes',
  'money.desk': FIELDS.rate,
  'money.currency': 'Currency',
};

/** The set with the desk's own minutes and rate, as they were typed in. Throws an Error that says which field is wrong. */
export function withOwnCost(set: AssumptionSet, said: (name: string) => string): AssumptionSet {
  const number = (name: keyof typeof FIELDS) => {
    const value = numberOf(said(name));
    if (value === null) throw new Error(`${FIELDS[name]}: ${lowered(numberComplaint(said(name)))}`);
    return value;
  };
  const handleMinutes = { low: number('low'), likely: number('likely'), high: number('high') };
  if (handleMinutes.low > handleMinutes.likely || handleMinutes.likely > handleMinutes.high)
    throw new Error(
      `${TITLES['money.handleMinutes']}: at least, usually and at most must be in that order.`,
    );
  return {
    ...set,
    money: {
      ...set.money,
      currency: said('currency').toUpperCase(),
      handleMinutes,
      desk: { basis: 'own', hourlyRate: number('rate') },
    },
  };
}

/** The server's complaints with the names of fields instead of paths. */
export function ownCostComplaint(message: string): string {
  return [...complaintsAt(message)]
    .map(([path, text]) => {
      const title = path === null ? undefined : TITLES[path];
      return title === undefined ? text : `${title}: ${text}`;
    })
    .join('; ');
}

const lowered = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
