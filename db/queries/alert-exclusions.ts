import { desc, eq, sql } from 'drizzle-orm';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';
import { subjectName } from './alert-rows.ts';
import { peopleNamed } from './people-named.ts';

/** What no alert is sent about, the newest first, ended and expired ones included. */
export async function alertExclusions(
  store: Store,
  { tenantId, now }: { tenantId: number; now: number },
) {
  const { alertExclusion: exclusion, alert } = store.t;
  const rows = await store.read
    .select()
    .from(exclusion)
    .where(eq(exclusion.tenantId, tenantId))
    .orderBy(desc(exclusion.id));
  const kept = await store.read
    .select({ id: alert.exclusionId, alerts: sql<number>`count(*)`.mapWith(Number) })
    .from(alert)
    .where(eq(alert.tenantId, tenantId))
    .groupBy(alert.exclusionId);
  const alertsOf = new Map(kept.map(({ id, alerts }) => [id, alerts]));
  const people = await peopleNamed(
    store,
    tenantId,
    rows.map(({ subjectKind: kind, subject }) =>
      kind === 'person' || kind === 'operator' ? subject : null,
    ),
  );
  return {
    exclusions: rows.map((row) => {
      const { subjectKind: kind, subject: id } = row;
      const subject = kind === null || id === null ? null : { kind, id };
      return {
        id: String(row.id),
        rule: row.rule,
        subject: subject && { ...subject, name: subjectName(subject, people) },
        ...{ reason: row.reason, author: row.author },
        createdAt: isoText(row.createdAt),
        until: isoText(row.untilAt),
        endedAt: isoTextOrNull(row.endedAt),
        endedBy: row.endedBy,
        state: stateOf(row, now),
        alerts: alertsOf.get(row.id) ?? 0,
      };
    }),
  };
}

function stateOf(
  { endedAt, untilAt }: { endedAt: number | null; untilAt: number },
  now: number,
): 'active' | 'expired' | 'ended' {
  if (endedAt !== null) return 'ended';
  return untilAt <= now ? 'expired' : 'active';
}
