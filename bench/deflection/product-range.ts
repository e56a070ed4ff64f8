import { DEFAULT_ASSUMPTIONS } from '../../domain/deflection/assumptions.ts';
import type { Served } from '../../domain/deflection/avoided-from-logs.ts';
import { avoidedFromLogs } from '../../domain/deflection/avoided-from-logs.ts';
import { avoidedFromTickets } from '../../domain/deflection/avoided-from-tickets.ts';
import { calibratedShare } from '../../domain/deflection/calibrated-share.ts';
import { displacement } from '../../domain/deflection/displacement.ts';
import type { Range } from '../../domain/deflection/range.ts';

/** What a tenant's logs and tickets say, month by month. */
export interface TenantMonths {
  tickets: readonly number[];
  /** Tickets about anything else, where they are told. */
  otherTickets?: readonly number[];
  served: readonly number[];
}

/** The range that the product shows for a tenant with tickets, all incidents being resets. */
export function productRange({ served, ...tickets }: TenantMonths): Range {
  const estimate = displacement({ ...tickets, served, periodsPerYear: 12 });
  if (!estimate) return assumedRange({ served });
  const all = allResets(served);
  const share = calibratedShare({ served: all, assumptions: DEFAULT_ASSUMPTIONS, estimate });
  return avoidedFromTickets(all.reset, share);
}

/** The range that it shows without tickets. */
export function assumedRange({ served }: Pick<TenantMonths, 'served'>): Range {
  return avoidedFromLogs(allResets(served), DEFAULT_ASSUMPTIONS);
}

function allResets(served: readonly number[]): Served {
  return { reset: served.reduce((sum, count) => sum + count, 0), unlock: 0 };
}
