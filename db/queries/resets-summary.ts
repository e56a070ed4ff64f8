import { isoTextOrNull } from '../../domain/instant.ts';
import {
  completionRate,
  median,
  selfServiceShare,
  successRate,
} from '../../domain/reset-counts.ts';
import type { Store } from '../store-types.ts';
import { noResets, type PeriodInput, resetDays, sumOfDays } from './reset-days.ts';

/**
 * What became of the resets of a period: the sum of its collected days. Counts are
 * null, and shares of nothing, where no day was collected.
 */
export async function resetsSummary(store: Store, period: PeriodInput) {
  const { asOf, days } = await resetDays(store, period);
  const counts = sumOfDays(days);
  const { flows, incidents, bypasses } = counts ?? noResets();
  const medianMs = median(days.flatMap(({ resetMs }) => resetMs).sort((a, b) => a - b));
  return {
    asOf: isoTextOrNull(asOf),
    daysCollected: days.filter(({ collected }) => collected !== null).length,
    flows: counts && flows,
    incidents: counts && incidents,
    adminResets: counts?.adminResets ?? null,
    bypasses: counts && bypasses,
    settlingBypasses: counts?.settlingBypasses ?? null,
    served: counts?.served ?? null,
    completionRate: completionRate(flows),
    successRate: successRate(incidents),
    selfServiceShare: selfServiceShare(incidents, bypasses),
    medianSecondsToReset: medianMs === null ? null : medianMs / 1000,
  };
}
