import { bulkInsert } from '../../db/dialect/bulk.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { DAY_MS, dayCutter, HOUR_MS } from '../../domain/day.ts';

/** Noon of 10 November 2026, UTC: up to then the log was read. */
export const READ_UNTIL = Date.UTC(2026, 10, 10, 12);
const UTC = dayCutter('UTC');

export interface CalledTenant {
  /** Even ones are capable. Of 10, the first calls every 30 days; nobody else ever does. */
  people: number;
  /** Days before `READ_UNTIL` since which the log and the registration report were read. */
  days: number;
}

/**
 * A tenant whose calls are known: its people, snapshots and what was worked out from its log. One guest, one who left and one who is
 * excluded come on top, and call every 30 days, too.
 */
export async function calledTenant(
  lease: HeldLease,
  { people, days }: CalledTenant,
): Promise<void> {
  const { store, tenantId } = lease;
  const { t } = store;
  const since = READ_UNTIL - days * DAY_MS;
  const members = Array.from({ length: people }, (_, i) => aPerson(i + 1, i % 2 === 0 ? 1 : 2));
  const guest = { ...aPerson(people + 1, 3), kind: 'guest' };
  const left = { ...aPerson(people + 2, null), kind: null };
  const excluded = { ...aPerson(people + 3, 1), excluded: true };
  const everybody = [...members, guest, left, excluded];
  const callers = everybody.filter(({ id }) => id % 10 === 1 || id > people);
  const resets = callers.flatMap(({ id, objectId }) =>
    callTimes(since, id).map((at) => aReset(`reset-${id}-${at}`, objectId, at)),
  );
  await lease.tx(async (db) => {
    const put = async <Row extends object>(table: Parameters<typeof bulkInsert>[2], rows: Row[]) =>
      bulkInsert(
        store,
        db,
        table,
        rows.map((row) => ({ tenantId, ...row })),
      );
    await put(t.person, everybody);
    await put(t.registrationState, [aState(1, true), aState(2, false), aState(3, true, 'guest')]);
    await put(t.registrationSnapshot, [
      { ...aSnapshot, id: 1, takenAt: since + HOUR_MS, day: UTC.dayOf(since), people },
    ]);
    await put(
      t.registrationChange,
      everybody.map(({ id, stateId }) => ({ personId: id, snapshotId: 1, stateId })),
    );
    await put(t.adminReset, resets);
    await put(t.feedWindow, [{ feed: 'resets', sinceAt: since, untilAt: READ_UNTIL }]);
    await put(t.rollupState, [{ asOf: READ_UNTIL, madeWith: 'test' }]);
    await put(t.domain, [
      { name: 'contoso.example', passwordValidityDays: 90, isDefault: true, isVerified: true },
    ]);
  });
}

/** Every 30 days, and not all on the same day. */
function callTimes(since: number, id: number): number[] {
  const times: number[] = [];
  for (let at = since + (id % 29) * DAY_MS; at < READ_UNTIL; at += 30 * DAY_MS) times.push(at);
  return times;
}

function aPerson(id: number, stateId: number | null) {
  return {
    id,
    objectId: `person-${String(id).padStart(5, '0')}`,
    name: `Person ${id}`,
    userPrincipalName: `p${id}@contoso.example`,
    sortName: `person ${id}`,
    searchText: `person ${id}\np${id}@contoso.example`,
    createdAt: READ_UNTIL - 2000 * DAY_MS,
    passwordChangedAt: null as number | null,
    passwordPolicies: null,
    onPremisesSynced: null,
    lastSignInAt: null as number | null,
    kind: 'member' as string | null,
    stateId,
    excluded: false,
  };
}

function aState(id: number, capable: boolean, userType = 'member') {
  const flags = { admin: false, enabled: true, registered: capable, capable, mfaCapable: capable };
  const reason = capable ? 'capable' : 'nothing_registered';
  return {
    id,
    key: `state-${id}`,
    ...flags,
    methods: [],
    userType,
    userClass: userType,
    reason,
    families: 0,
  };
}

const aSnapshot = { state: 'published', lastOfDay: true, rejected: 0, unknownAdmin: 0 };

function aReset(id: string, personId: string, at: number) {
  const row = { id, personId, occurredAt: at, day: UTC.dayOf(at), kind: 'counted' };
  return { ...row, incidentId: null, bypassId: id, settling: false };
}
