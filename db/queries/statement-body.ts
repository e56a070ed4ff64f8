import { and, eq } from 'drizzle-orm';
import { dayCollected } from '../../domain/collected.ts';
import { type Day, dayCutter, daysBetween, nextDay } from '../../domain/day.ts';
import { deflectionReport } from '../../domain/deflection/report.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { StatementBody } from '../../domain/statement/body.ts';
import { addMonths, daysOfMonth, type Month } from '../../domain/statement/month.ts';
import { statedAssumptions } from '../../domain/statement/stated-assumptions.ts';
import { currentAssumptions } from '../store/assumptions.ts';
import type { Store } from '../store-types.ts';
import { deflectionInput } from './deflection-input.ts';
import { deflectionMonths } from './deflection-months.ts';
import { isHybrid } from './hybrid.ts';
import { workedOut } from './worked-out.ts';

/** Months of the trend, the statement's own included. */
export const TREND_MONTHS = 13;

/** Whose month, and by which program. */
export interface StatementAsked {
  tenantId: number;
  tenant: string;
  /** The tenant's zone. */
  timeZone: string;
  sample: boolean;
  /** Version of the program. */
  program: string;
  month: Month;
}

/** A month as it stands now, to be frozen, all of it read from one state of the database. Null: nothing was ever read. */
export async function statementBody(
  store: Store,
  asked: StatementAsked,
): Promise<StatementBody | null> {
  // Questions inside ask the snapshot, also where they would take one of their own.
  return store.snapshot((db) =>
    bodyOf({ ...store, read: db, snapshot: (work) => work(db) }, asked),
  );
}

async function bodyOf(store: Store, asked: StatementAsked): Promise<StatementBody | null> {
  const { tenantId, timeZone, month, ...head } = asked;
  const { first, last, days } = daysOfMonth(month);
  const { set, version, madeAt, author } = await currentAssumptions(store, tenantId);
  const of = { tenantId, timeZone, set };
  const { asOf, input } = await deflectionInput(store, { ...of, first, last });
  if (asOf === null) return null;
  const from = daysOfMonth(addMonths(month, 1 - TREND_MONTHS)).first;
  const { months } = await deflectionMonths(store, { ...of, first: from, last });
  const missing = await daysMissing(store, { tenantId, timeZone, first, last });
  return {
    format: 1,
    ...{ ...head, month, timeZone, asOf: isoText(asOf) },
    ...{ daysCollected: days - missing.length, days, gaps: runsOf(missing) },
    hybrid: await isHybrid(store, tenantId),
    assumptions: {
      ...{ version, madeAt: isoTextOrNull(madeAt), author, set },
      stated: statedAssumptions(set),
    },
    imports: await activeImports(store, tenantId),
    ...{ input, figures: deflectionReport(input), trend: months },
  };
}

async function daysMissing(
  store: Store,
  { tenantId, timeZone, first, last }: { tenantId: number; timeZone: string } & Run,
): Promise<Day[]> {
  const { windows } = await workedOut(store, tenantId);
  const cutter = dayCutter(timeZone);
  return daysBetween(first, last).filter((day) => dayCollected(windows, day, cutter) === null);
}

interface Run {
  first: Day;
  last: Day;
}

/** Days in order, as runs without a break. */
function runsOf(days: readonly Day[]): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const open = runs.at(-1);
    if (open && nextDay(open.last) === day) open.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs;
}

async function activeImports(
  { read, t: { ticketImport } }: Store,
  tenantId: number,
): Promise<StatementBody['imports']> {
  const rows = await read
    .select({ id: ticketImport.id, label: ticketImport.label, hash: ticketImport.hash })
    .from(ticketImport)
    .where(and(eq(ticketImport.tenantId, tenantId), eq(ticketImport.state, 'active')))
    .orderBy(ticketImport.id);
  return rows.map(({ id, ...row }) => ({ id: String(id), ...row }));
}
