import { and, asc, between, eq, gt, gte, type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import {
  callStarts,
  isTrouble,
  LOOKBACK_DAYS,
  type PersonHistory,
} from '../../domain/priority/history.ts';
import type { PasswordFacts } from '../../domain/priority/password-expiry.ts';
import type { RegisteredThen } from '../../domain/priority/ranking.ts';
import type { Store } from '../store-types.ts';
import type { RegistrationPast } from './registration-past.ts';

/** What is stored of one person, as the ranking needs it. */
export interface StoredPerson {
  id: number;
  userPrincipalName: string | null;
  /** Whether an exclusion holds now, or held when this was last worked out. */
  excluded: boolean;
  stateId: number | null;
  lastSignInAt: number | null;
  callOrder: number;
  password: PasswordFacts;
  history: PersonHistory;
  registeredAt: (at: number) => RegisteredThen | null;
}

/** People handed over at once. */
const AT_ONCE = 2000;

/**
 * Everybody of a tenant by id, some thousand at once, with what the log tells of them from `since` on (UTC
 * milliseconds). Four questions for each thousand, all of them by index.
 */
export async function* storedPeople(
  store: Store,
  { tenantId, since, past }: { tenantId: number; since: number; past: RegistrationPast },
): AsyncGenerator<StoredPerson[]> {
  let after = 0;
  for (;;) {
    const rows = await peopleAfter(store, tenantId, after);
    const first = rows[0];
    const last = rows.at(-1);
    if (!first || !last) return;
    const histories = await historiesOf(store, {
      ...{ tenantId, since },
      objectIds: rows.map(({ objectId }) => objectId),
    });
    const changes = await changesOf(store, tenantId, first.id, last.id);
    yield rows.map((row) => ({
      id: row.id,
      userPrincipalName: row.userPrincipalName,
      excluded: row.excluded === true,
      stateId: row.stateId,
      lastSignInAt: row.lastSignInAt,
      callOrder: row.callOrder,
      password: {
        changedAt: row.passwordChangedAt,
        policies: row.passwordPolicies,
        synced: row.onPremisesSynced,
      },
      history: { ...(histories.get(row.objectId) ?? NOTHING), createdAt: row.createdAt },
      registeredAt: past.of(changes.get(row.id) ?? []),
    }));
    after = last.id;
  }
}

const NOTHING = { needs: [], calls: [], troubles: [] };

function peopleAfter({ t: { person }, read }: Store, tenantId: number, after: number) {
  return read
    .select({
      id: person.id,
      objectId: person.objectId,
      userPrincipalName: person.userPrincipalName,
      excluded: person.excluded,
      stateId: person.stateId,
      lastSignInAt: person.lastSignInAt,
      callOrder: person.callOrder,
      createdAt: person.createdAt,
      passwordChangedAt: person.passwordChangedAt,
      passwordPolicies: person.passwordPolicies,
      onPremisesSynced: person.onPremisesSynced,
    })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), gt(person.id, after)))
    .orderBy(asc(person.id))
    .limit(AT_ONCE);
}

async function changesOf(
  { t: { registrationChange: change }, read }: Store,
  tenantId: number,
  first: number,
  last: number,
) {
  const rows = await read
    .select({
      personId: change.personId,
      snapshotId: change.snapshotId,
      stateId: change.stateId,
    })
    .from(change)
    .where(and(eq(change.tenantId, tenantId), between(change.personId, first, last)))
    .orderBy(asc(change.personId), asc(change.snapshotId));
  return Map.groupBy(rows, ({ personId }) => personId);
}

interface Asked {
  tenantId: number;
  objectIds: string[];
  since: number;
}

async function historiesOf(store: Store, asked: Asked) {
  const flows = await flowsOf(store, asked);
  const incidents = await incidentsOf(store, asked);
  const resets = await resetsOf(store, asked);
  const histories = new Map<string, Omit<PersonHistory, 'createdAt'>>();
  for (const id of new Set([...flows.keys(), ...incidents.keys(), ...resets.keys()])) {
    if (id === null) continue;
    const own = resets.get(id) ?? [];
    const bypasses = own.filter((reset) => reset.bypassId === reset.id);
    histories.set(id, {
      needs: ascending([...(incidents.get(id) ?? []), ...bypasses]),
      calls: callStarts(ascending(own)),
      troubles: ascending(
        (flows.get(id) ?? []).filter(({ outcome }) => outcome && isTrouble(outcome)),
      ),
    });
  }
  return histories;
}

function ascending(events: { at: number }[]): number[] {
  return events.map(({ at }) => at).sort((a, b) => a - b);
}

async function flowsOf({ t: { flow }, read, dialect }: Store, asked: Asked) {
  const rows = await read
    .select({ personId: flow.personId, at: flow.startedAt, outcome: flow.outcome })
    .from(flow)
    .where(
      and(
        eq(flow.tenantId, asked.tenantId),
        among(flow.personId, dialect.inList(asked.objectIds)),
        gte(flow.startedAt, asked.since),
      ),
    );
  return Map.groupBy(rows, ({ personId }) => personId);
}

async function incidentsOf({ t: { incident }, read, dialect }: Store, asked: Asked) {
  const rows = await read
    .select({ personId: incident.personId, at: incident.startedAt })
    .from(incident)
    .where(
      and(
        eq(incident.tenantId, asked.tenantId),
        among(incident.personId, dialect.inList(asked.objectIds)),
        gte(incident.startedAt, asked.since),
      ),
    );
  return Map.groupBy(rows, ({ personId }) => personId);
}

async function resetsOf({ t: { adminReset }, read, dialect }: Store, asked: Asked) {
  const rows = await read
    .select({
      personId: adminReset.personId,
      at: adminReset.occurredAt,
      id: adminReset.id,
      bypassId: adminReset.bypassId,
    })
    .from(adminReset)
    .where(
      and(
        eq(adminReset.tenantId, asked.tenantId),
        among(adminReset.personId, dialect.inList(asked.objectIds)),
        eq(adminReset.kind, 'counted'),
        gte(adminReset.occurredAt, asked.since),
      ),
    );
  return Map.groupBy(rows, ({ personId }) => personId);
}

function among(column: unknown, list: SQL): SQL {
  return sql`${column} in ${list}`;
}

/** From when on the log matters to orders made at `first` (UTC milliseconds). */
export function historySince(first: number): number {
  return first - (LOOKBACK_DAYS + 1) * DAY_MS;
}
