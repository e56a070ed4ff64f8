import { dayCollected } from '../../domain/collected.ts';
import { dayCutter, daysBetween } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import { freezableFrom, whyNotFreezable } from '../../domain/statement/freezable.ts';
import { addMonths, daysOfMonth, type Month, monthOf } from '../../domain/statement/month.ts';
import type { Store } from '../store-types.ts';
import { newestOfMonths } from './statements.ts';
import { type WorkedOut, workedOut } from './worked-out.ts';

/** A month of the collected history, and whether it can be frozen. */
export interface StatementMonth {
  month: Month;
  daysCollected: number;
  days: number;
  /** ISO 8601 in UTC. */
  freezableFrom: string;
  freezable: boolean;
  /** Why not, in a sentence; null: it can. */
  why: string | null;
  /** Id of its newest statement; null: none. */
  statement: string | null;
}

interface Asked {
  tenantId: number;
  timeZone: string;
}

/** The months that records were read of, newest first, none between them left out. */
export async function statementMonths(store: Store, asked: Asked): Promise<StatementMonth[]> {
  const worked = await workedOut(store, asked.tenantId);
  const [first] = worked.windows;
  if (!first || worked.asOf === null) return [];
  const cutter = dayCutter(asked.timeZone);
  const newest = await newestOfMonths(store, asked.tenantId);
  const oldest = monthOf(cutter.dayOf(first.since));
  const months: StatementMonth[] = [];
  let month = monthOf(cutter.dayOf(worked.asOf));
  for (; month >= oldest; month = addMonths(month, -1))
    months.push({ ...stateOf(month, worked, asked), statement: newest.get(month) ?? null });
  return months;
}

/** A single month, be it before or after the history. */
export async function statementMonth(
  store: Store,
  { month, ...asked }: Asked & { month: Month },
): Promise<Omit<StatementMonth, 'statement'>> {
  return stateOf(month, await workedOut(store, asked.tenantId), asked);
}

function stateOf(month: Month, { asOf, windows }: WorkedOut, { timeZone }: Asked) {
  const cutter = dayCutter(timeZone);
  const { first, last, days } = daysOfMonth(month);
  const daysCollected = daysBetween(first, last).filter(
    (day) => dayCollected(windows, day, cutter) !== null,
  ).length;
  const why = whyNotFreezable({ month, daysCollected, asOf }, cutter);
  return {
    ...{ month, daysCollected, days },
    freezableFrom: isoText(freezableFrom(month, cutter)),
    ...{ freezable: why === null, why },
  };
}
