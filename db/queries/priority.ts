import { eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { PriorityReport } from '../../domain/priority/report.ts';
import type { Store } from '../store-types.ts';

/** The report and when it was made. */
export interface Priority extends PriorityReport {
  /** Day of as-of, for which the calls of the next 90 days are expected. */
  day: Day;
  /** UTC milliseconds. */
  madeAt: number;
}

/** How expected calls were worked out last, and how good the order is; null: not yet. Reads one row. */
export async function priority(
  { t: { priorityModel }, read }: Store,
  { tenantId }: { tenantId: number },
): Promise<Priority | null> {
  const [row] = await read.select().from(priorityModel).where(eq(priorityModel.tenantId, tenantId));
  if (!row) return null;
  const { report } = row.body as { report: PriorityReport };
  return { day: row.day, madeAt: row.madeAt, ...report };
}
