import { bucketEnd, bucketStart } from '../../domain/day.ts';
import type { AssumptionSet } from '../../domain/deflection/assumption-set.ts';
import { evidenceOf } from '../../domain/deflection/evidence.ts';
import { isTold } from '../../domain/deflection/is-told.ts';
import { type MonthReport, monthReports } from '../../domain/deflection/month-report.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import { selfServiceShare } from '../../domain/reset-counts.ts';
import { monthOf } from '../../domain/tickets/ticket-months.ts';
import type { Store } from '../store-types.ts';
import { deflectionHistory } from './deflection-history.ts';
import { noResets, type PeriodInput, type ResetDay, resetDays, sumOfDays } from './reset-days.ts';
import { ticketMonths } from './ticket-months.ts';

/** The months that a period touches, each as a whole, oldest first; each has a range of its own, never to be added. */
export async function deflectionMonths(
  store: Store,
  { set, ...period }: PeriodInput & { set: AssumptionSet },
) {
  const whole = {
    ...period,
    first: bucketStart(period.first, 'month'),
    last: bucketEnd(period.last, 'month'),
  };
  const { asOf, days } = await resetDays(store, whole);
  const evidence = evidenceOf(set, await deflectionHistory(store, period));
  const reportOf = monthReports(set, evidence);
  const tickets = new Map(
    (await ticketMonths(store, whole)).map(({ month, ...counts }) => [month, counts]),
  );
  const months = Map.groupBy(days, ({ day }) => monthOf(day));
  return {
    asOf: isoTextOrNull(asOf),
    evidence: evidence.by,
    currency: set.money.currency,
    months: [...months].map(([month, own]) => ({
      ...monthRow(own, reportOf),
      month,
      tickets: tickets.get(month)?.tickets ?? null,
      otherTickets: tickets.get(month)?.otherTickets ?? null,
    })),
  };
}

function monthRow(days: ResetDay[], reportOf: MonthReport) {
  const counts = sumOfDays(days);
  const { incidents, bypasses } = counts ?? noResets();
  const { selfServedFirst, selfServedRetry, ...rest } = incidents;
  const isKnown =
    counts !== null && isTold({ ...rest, selfServed: selfServedFirst + selfServedRetry });
  const report = isKnown ? reportOf({ served: counts.served, fellBack: rest.fellBack }) : null;
  return {
    daysCollected: days.filter(({ collected }) => collected !== null).length,
    days: days.length,
    served: counts?.served ?? null,
    avoided: report?.avoided ?? null,
    desk: report?.desk ?? null,
    adminResets: counts?.adminResets ?? null,
    selfServiceShare: selfServiceShare(incidents, bypasses),
  };
}
