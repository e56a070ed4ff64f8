import type { StatementResponse, StatementsResponse } from '../../../server/contract/statements.ts';
import { counted, instantText, NONE, periodText } from '../../format.ts';
import type { Table } from '../table.ts';
import { EVIDENCE_LABEL } from './answer.ts';
import { betweenText, moneyBetween, monthName } from './ranges.ts';

export type Statement = StatementsResponse['statements'][number];
export type StatementMonth = StatementsResponse['months'][number];

export function statementsFinding(statements: readonly Statement[]): string {
  const [newest] = statements;
  if (!newest) return 'No month is frozen yet';
  const months = new Set(statements.map(({ month }) => month)).size;
  return `${counted(months, 'month is', 'months are')} frozen, the newest ${monthName(newest.month)}`;
}

/** What can be done with the months, in a sentence for a title. */
export function monthsFinding(months: readonly StatementMonth[]): string {
  const open = months.filter(({ freezable, statement }) => freezable && statement === null).length;
  if (months.length === 0) return 'There is no month to freeze yet';
  if (open === 0) return 'No month waits to be frozen';
  return `${counted(open, 'month can', 'months can')} be frozen now`;
}

/** When a month can be frozen: `from 5 Dec, 00:00`. */
export const fromText = ({ freezableFrom }: StatementMonth, timeZone: string) =>
  `from ${instantText(freezableFrom, timeZone)}`;

export const avoidedText = ({ avoided }: Pick<Statement, 'avoided'>) =>
  avoided ? betweenText(avoided) : NONE;

export const deskText = ({ desk, currency }: Pick<Statement, 'desk' | 'currency'>) =>
  desk ? moneyBetween(desk, currency) : NONE;

/** The first and last letters of a hash: enough to compare by eye. */
export const shortHash = (hash: string) => `${hash.slice(0, 6)}…${hash.slice(-4)}`;

/** `October 2026, second statement`: revisions after the first say which. */
export const statementName = ({ month, revision }: Pick<Statement, 'month' | 'revision'>) =>
  revision > 1 ? `${monthName(month)}, revision ${revision}` : monthName(month);

export function statementsTable(statements: readonly Statement[]): Table {
  return {
    columns: [
      ...['Month', 'Revision', 'Made at', 'By', 'Evidence', 'Assumptions version'],
      ...['Avoided, low', 'Avoided, likely', 'Avoided, high', 'Currency'],
      ...['Desk saving, low', 'Desk saving, likely', 'Desk saving, high', 'SHA-256'],
    ],
    rows: statements.map((one) => ({
      cells: [
        ...[one.month, one.revision, one.madeAt, one.author],
        ...[EVIDENCE_LABEL[one.evidence], String(one.assumptionsVersion)],
        ...[one.avoided?.low ?? null, one.avoided?.likely ?? null, one.avoided?.high ?? null],
        ...[one.currency, round(one.desk?.low), round(one.desk?.likely), round(one.desk?.high)],
        one.hash,
      ],
    })),
  };
}

const round = (value: number | undefined) => (value === undefined ? null : Math.round(value));

/** Days of the month that were not read, in words. */
export function gapsWords({ body }: StatementResponse): string {
  if (body.gaps.length === 0) return 'None: every day was read';
  return body.gaps.map((gap) => periodText(gap)).join('; ');
}
