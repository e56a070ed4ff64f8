import { count, counted, percent } from '../../format.ts';
import type { Table } from '../table.ts';
import { type AlertEvidence, chanceText, partName } from './alerts.ts';

type Explained = AlertEvidence['explainedBy'][number];

/** What the values of an explanation are called. */
export const EXPLAINED: Record<Explained['by'], { one: string; many: string; head: string }> = {
  address: { one: 'address', many: 'addresses', head: 'Address' },
  person: { one: 'person', many: 'people', head: 'Person' },
  method: { one: 'method', many: 'methods', head: 'Method' },
  country: { one: 'country', many: 'countries', head: 'Country' },
};

/** How concentrated the excess is, in a sentence: `3 addresses make 91.0 % of it, all of them new`. */
export function explainedFinding({ by, parts, values, covered }: Explained): string {
  const { one, many } = EXPLAINED[by];
  const who = counted(values, one, many);
  const share =
    covered === null ? 'it' : `${percent({ part: Math.round(covered * 1000), whole: 1000 })} of it`;
  const fresh = parts.filter(({ isNew }) => isNew).length;
  const news =
    fresh === 0
      ? ''
      : fresh === values
        ? values === 1
          ? ', never seen before'
          : ', none of them seen before'
        : `, ${count(fresh)} of them never seen before`;
  return `${who} ${values === 1 ? 'makes' : 'make'} ${share}${news}`;
}

/** The list for its CSV: object ids of people beside their names. */
export function explainedTable({ by, parts }: Explained): Table {
  return {
    columns: [EXPLAINED[by].head, 'Id', 'Seen', 'Usual', 'New', 'Chance without it'],
    rows: parts.map((part) => ({
      cells: [
        partName(by, part),
        part.value,
        part.observed,
        part.expected,
        part.isNew ? 'yes' : 'no',
        part.pWithout === null ? null : chanceText(part.pWithout),
      ],
    })),
  };
}
