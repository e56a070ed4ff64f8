import type { FailuresResponse } from '../../../server/contract/verification.ts';
import { counted } from '../../format.ts';
import { adminWord, methodWord } from './failure-filters.ts';
import { failuresHref } from './series.ts';

export type ByWhat = 'method' | 'country' | 'admin' | 'address';

interface Words {
  head: string;
  measure: string;
  name: (value: string | null) => string;
  /** What a title says of the value with the most. */
  most: (name: string) => string;
}

const WORDS: Record<ByWhat, Words> = {
  method: {
    head: 'Method',
    measure: 'by the method that was started and not passed',
    name: (value) => methodWord(value ?? 'unknown'),
    most: (name) => `${name} fails most`,
  },
  country: {
    head: 'Country',
    measure: 'by the person’s country in the directory, not by where they came from',
    name: (value) => value ?? 'Country not known',
    most: (name) => `Most by country of the person: ${name}`,
  },
  admin: {
    head: 'Whose account',
    measure: 'by whether the account holds an admin role',
    name: adminWord,
    most: (name) => name,
  },
  address: {
    head: 'Address',
    measure: 'by the address in the log',
    name: (value) => value ?? 'No address in the log',
    most: (name) => `Most by address: ${name}`,
  },
};

/** Sums of the collected days of a period by value, the most first, each with the list behind it. */
export function failuresBy({ points }: FailuresResponse, by: ByWhat) {
  const words = WORDS[by];
  const sums = new Map<string | null, number>();
  for (const { value = null, failed } of points)
    sums.set(value, (sums.get(value) ?? 0) + (failed ?? 0));
  const rows = [...sums]
    .filter(([, failed]) => failed > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([value, failed]) => ({
      value,
      name: words.name(value),
      failed,
      href: failuresHref({ [by]: value ?? '' }),
    }));
  // Of accounts those of admins are the finding, however few.
  const told = by === 'admin' ? rows.find(({ value }) => value === 'true') : rows[0];
  const title = told
    ? `${words.most(told.name)}, ${counted(told.failed, 'failed verification', 'failed verifications')}`
    : NOTHING[by];
  return { rows, title, words, sum: rows.reduce((sum, { failed }) => sum + failed, 0) };
}

const NOTHING: Record<ByWhat, string> = {
  method: 'No failed verification by any method',
  country: 'No failed verification by country',
  admin: 'No failed verification of an admin’s account',
  address: 'No failed verification by address',
};
