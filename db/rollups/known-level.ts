import { and, eq, inArray } from 'drizzle-orm';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import { highest } from '../../domain/surveillance/raised-level.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import type { Db, Store } from '../store-types.ts';

/**
 * The highest level of an alert that anybody knows of: that was put into the outbox, or that stood there when somebody
 * acknowledged or snoozed it. Null: nobody was told.
 */
export async function knownLevel(
  { t: { alertEvent, delivery } }: Store,
  db: Db,
  { tenantId, id }: Pick<AlertRow, 'tenantId' | 'id'>,
): Promise<AlertLevel | null> {
  const seen = await db
    .selectDistinct({ level: alertEvent.level })
    .from(alertEvent)
    .where(
      and(
        ...[eq(alertEvent.tenantId, tenantId), eq(alertEvent.alertId, id)],
        inArray(alertEvent.kind, ['acknowledged', 'snoozed']),
      ),
    );
  const told = await db
    .select({ message: delivery.message })
    .from(delivery)
    .where(
      and(
        ...[eq(delivery.tenantId, tenantId), eq(delivery.alertId, id)],
        inArray(delivery.kind, ['raised', 'level_raised']),
      ),
    );
  return highest([...seen, ...told.map(({ message }) => message)].map(({ level }) => level));
}
