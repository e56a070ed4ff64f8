import { and, asc, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

/** First days of the registration campaigns that were noted by hand, oldest first; each once. */
export async function campaigns(
  { t: { annotation }, read }: Store,
  tenantId: number,
): Promise<Day[]> {
  const rows = await read
    .selectDistinct({ day: annotation.day })
    .from(annotation)
    .where(and(eq(annotation.tenantId, tenantId), eq(annotation.kind, 'campaign')))
    .orderBy(asc(annotation.day));
  return rows.map(({ day }) => day);
}
