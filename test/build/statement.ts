import { hashOf } from '../../db/store/statements.ts';
import type { Day } from '../../domain/day.ts';
import { type AssumptionSet, DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { deflectionReport } from '../../domain/deflection/report.ts';
import type { ReportInput } from '../../domain/deflection/report-input.ts';
import type { StatementBody, TrendMonth } from '../../domain/statement/body.ts';
import { canonicalJson } from '../../domain/statement/canonical.ts';
import { addMonths } from '../../domain/statement/month.ts';
import { statedAssumptions } from '../../domain/statement/stated-assumptions.ts';
import type { Statement } from '../../server/statement-pdf/statement-pdf.ts';

const MONTH = '2026-03';
const OWN: AssumptionSet = {
  ...DEFAULT_SET,
  selfServiceSince: '2025-01-15',
  money: {
    ...DEFAULT_SET.money,
    ...{ currency: 'EUR', userHourlyRate: 42, monthlyCost: 1200, setupCost: 20_000 },
    desk: { basis: 'own', hourlyRate: 48.5 },
  },
};

const NO_NEEDS = {
  ...{ selfServed: 0, fellBack: 0, abandoned: 0, settling: 0 },
  ...{ adminResets: 0, bypasses: 0, settlingBypasses: 0 },
};

function inputOf(set: AssumptionSet, { quiet, byTickets }: Kind): ReportInput {
  const months = byTickets ? 22 : 0;
  return {
    ...{ set, daysCollected: 31, wholeMonths: { first: MONTH, last: MONTH } },
    served: quiet ? { reset: 0, unlock: 0 } : { reset: 1140, unlock: 164 },
    counts: quiet
      ? NO_NEEDS
      : {
          ...NO_NEEDS,
          selfServed: 1304,
          fellBack: 82,
          abandoned: 190,
          settling: 3,
          adminResets: 410,
          bypasses: 121,
        },
    ...{ people: quiet ? null : 4812.4, uncoveredResets: quiet ? null : 77 },
    secondsToReset: quiet ? null : { low: 95, likely: 140, high: 260 },
    history: Array.from({ length: months }, (_, i) => {
      const served = i < 7 ? { reset: 0, unlock: 0 } : { reset: 300 + i * 40, unlock: 80 + i * 4 };
      const tickets = 2400 - (i < 7 ? 0 : Math.round((300 + i * 40) * 0.62)) + ((i * 37) % 90);
      return { month: addMonths('2024-06', i), served, tickets, otherTickets: null };
    }),
  };
}

function trendOf({ quiet, byTickets }: Kind): TrendMonth[] {
  return Array.from({ length: 13 }, (_, i) => {
    const n = quiet ? 0 : 500 + i * 60;
    const isGone = quiet ? i < 12 : i === 4;
    return {
      ...{
        month: addMonths('2025-03', i),
        days: 30,
        daysCollected: isGone ? 0 : i === 8 ? 17 : 30,
      },
      served: isGone ? null : { reset: n, unlock: 0 },
      avoided: isGone ? null : { low: n * 0.4, likely: n * 0.6, high: n * 0.8 },
      desk: isGone ? null : { low: n * 3, likely: n * 5, high: n * 10 },
      ...{ tickets: byTickets && i !== 6 ? 2100 - i * 40 : null, otherTickets: null },
      adminResets: isGone ? null : 400 - i * 9,
      selfServiceShare: isGone ? { part: 0, whole: 0 } : { part: n, whole: n + 200 },
    };
  });
}

interface Kind {
  /** A month in which nothing happened. */
  quiet?: boolean;
  /** Calibrated on tickets. */
  byTickets?: boolean;
}

/** A frozen statement as the document is made of it, with fields of its body replaced. */
export function aStatement(kind: Kind = {}, over: Partial<StatementBody> = {}): Statement {
  const set = kind.byTickets ? OWN : DEFAULT_SET;
  const input = inputOf(set, kind);
  const body: StatementBody = {
    ...{ format: 1, program: '1.2.3', month: MONTH, tenant: 'Contoso', timeZone: 'Europe/Vienna' },
    ...{ sample: false, asOf: '2026-04-06T10:00:00.000Z', daysCollected: 29, days: 31 },
    ...{ gaps: [{ first: '2026-03-09' as Day, last: '2026-03-10' as Day }], hybrid: true },
    assumptions: {
      ...(kind.byTickets
        ? { version: 3, madeAt: '2026-02-03T09:00:00.000Z', author: 'Ada' }
        : { version: 0, madeAt: null, author: null }),
      ...{ set, stated: statedAssumptions(set) },
    },
    imports: kind.byTickets ? [{ id: '1', label: 'servicenow.csv', hash: 'ab'.repeat(32) }] : [],
    ...{ input, figures: deflectionReport(input), trend: trendOf(kind) },
    ...over,
  };
  const text = canonicalJson(body);
  return {
    ...{ id: '7', month: MONTH, revision: 2, madeAt: '2026-04-06T10:15:00.000Z', author: 'Grace' },
    ...{ hash: hashOf(text), body, text },
  };
}
