import type { Day, DayCutter } from '../../domain/day.ts';
import { RESET_AFTER_FAILURE_MS } from '../../domain/surveillance/rule-list.ts';
import { ruleValues } from '../../domain/surveillance/rules/rule-values.ts';
import type { HeldLease } from '../store/lease.ts';
import { ruleFacts } from './rule-facts.ts';

/** The rows of a day that tell what the threshold rules measured of its flows and admin resets. */
export async function ruleRows(lease: HeldLease, day: Day) {
  const { tenantId } = lease;
  return ruleValues(await ruleFacts(lease, day)).map((value) => ({ tenantId, day, ...value }));
}

/**
 * The days whose rule values a flow is part of besides its own: an admin reset soon after it counts on the day of that
 * reset. Changes of security info note their days when they are stored (db/store/near-reset-days.ts).
 */
export function daysAfterFlow({ lastAt }: { lastAt: number }, cutter: DayCutter): Day[] {
  return [cutter.dayOf(lastAt), cutter.dayOf(lastAt + RESET_AFTER_FAILURE_MS)];
}
