import type { PeopleInOrder } from '../db/queries/people-in-order.ts';
import type { PersonRow } from '../db/queries/person-rows.ts';
import { BYTE_ORDER_MARK, csvCell, csvLine, csvText } from '../domain/csv.ts';
import { isoText } from '../domain/instant.ts';
import { callsOfOrder } from '../domain/priority/call-order.ts';
import { REASON_LABEL } from '../domain/reason-label.ts';
import type { Reason } from '../domain/registration.ts';

/** The columns, each with how it is made of a person; null is an empty cell. */
const COLUMNS: [title: string, cell: (row: PersonRow) => string | number | boolean | null][] = [
  ['Name', (row) => row.name],
  ['User principal name', (row) => row.userPrincipalName],
  ['Object id', (row) => row.id],
  ['Department', (row) => row.department],
  ['Country', (row) => row.country],
  ['Manager', (row) => row.managerName],
  ['Manager id', (row) => row.managerId],
  ['Admin', (row) => row.admin],
  ['Enabled', (row) => row.enabled],
  ['Registered', (row) => row.registered],
  ['Capable', (row) => row.capable],
  ['Reason', (row) => REASON_LABEL[row.reason as Reason]],
  ['Reason code', (row) => row.reason],
  ['Methods', (row) => row.methods?.join('; ') ?? null],
  ['Expected calls in 90 days', ({ callOrder }) => callsOfOrder(callOrder)],
  ['Last sign-in', (row) => (row.lastSignInAt === null ? null : isoText(row.lastSignInAt))],
  ['State since', (row) => row.stateDay],
  ['Excluded', (row) => row.excluded === true],
  ['Note', (row) => row.note],
  ['Done', (row) => row.done === true],
];

/** The list as CSV, some people at a time. */
export async function* peopleCsv({ parts }: PeopleInOrder): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map(([title]) => csvText(title)));
  for await (const rows of parts) yield rows.map(lineOf).join('');
}

function lineOf(row: PersonRow): string {
  return csvLine(
    COLUMNS.map(([, cell]) => {
      const value = cell(row);
      if (value === null) return '';
      return typeof value === 'string' ? csvText(value) : csvCell(String(value));
    }),
  );
}
