import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';
import type { Behind } from './alert-behind.ts';
import { LAST_KNOWN_STATE } from './last-known-state.ts';
import { peopleNamed, somebody } from './people-named.ts';
import { personDoings } from './person-doings.ts';

export interface AlertTime {
  tenantId: number;
  /** UTC milliseconds, the end not included. */
  startAt: number;
  endAt: number;
}

const SHOWN = 50;
const STORY_MS = 3 * DAY_MS;
/** Of one person; the first ones. */
const DOINGS_SHOWN = 50;

interface Failure {
  personId: string | null;
  address: string | null;
  method: string;
}

/** Failed verifications of a time, in its order. */
export async function failuresWithin(
  { t: { failedVerification: failed }, read }: Store,
  { tenantId, startAt, endAt }: AlertTime,
): Promise<Failure[]> {
  const { personId, address, method, failedAt } = failed;
  const rows = await read
    .select({ personId, address, method })
    .from(failed)
    .where(and(eq(failed.tenantId, tenantId), gte(failedAt, startAt), lt(failedAt, endAt)))
    .orderBy(asc(failedAt), asc(failed.flowId), asc(method));
  return rows.map((row) => ({ ...row, address: row.address || null }));
}

/** The people an alert is about, those with the most failures first, with what they did before, within and after. */
export async function alertPeople(
  store: Store,
  time: AlertTime,
  { behind, failures }: { behind: readonly Behind[]; failures: readonly Failure[] },
) {
  const times = new Map<string, number>();
  const addresses = new Map<string, Set<string>>();
  for (const { personId, address, times: own } of behind) {
    if (personId === null) continue;
    times.set(personId, (times.get(personId) ?? 0) + own);
    const seen = addresses.get(personId) ?? new Set<string>();
    if (address !== null) seen.add(address);
    addresses.set(personId, seen);
  }
  const own = Map.groupBy(failures, ({ personId }) => personId);
  const failedOf = (id: string) => own.get(id)?.length ?? 0;
  const ids = [...times.keys()].sort(
    (a, b) =>
      failedOf(b) - failedOf(a) || (times.get(b) ?? 0) - (times.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  const shown = ids.slice(0, SHOWN);
  const names = await peopleNamed(store, time.tenantId, shown);
  const admins = await adminsAmong(store, time.tenantId, shown);
  const stories = await storiesOf(store, time, shown);
  return {
    peopleTotal: ids.length,
    people: shown.flatMap((id) => {
      const person = somebody(names, id);
      if (person === null) return [];
      return [
        {
          person,
          admin: admins.get(id) ?? null,
          failed: failedOf(id),
          methods: [...new Set((own.get(id) ?? []).map(({ method }) => method))],
          addresses: [...(addresses.get(id) ?? [])],
          story: stories.get(id) ?? [],
        },
      ];
    }),
  };
}

/** Whether people are admins, as the registration report last told; those it never told of are missing. */
async function adminsAmong(
  { t: { person, registrationState: state }, read, dialect }: Store,
  tenantId: number,
  ids: string[],
): Promise<Map<string, boolean | null>> {
  if (ids.length === 0) return new Map();
  const rows = await read
    .select({ id: person.objectId, admin: state.admin })
    .from(person)
    .innerJoin(state, and(eq(state.tenantId, person.tenantId), eq(state.id, LAST_KNOWN_STATE)))
    .where(and(eq(person.tenantId, tenantId), sql`${person.objectId} in ${dialect.inList(ids)}`));
  return new Map(rows.map(({ id, admin }) => [id, admin]));
}

async function storiesOf(store: Store, { tenantId, startAt, endAt }: AlertTime, people: string[]) {
  const time = { since: startAt - STORY_MS, until: endAt + STORY_MS };
  const doings = await personDoings(store, { tenantId, people, ...time });
  const when = (at: number) =>
    at < startAt ? ('before' as const) : at < endAt ? ('within' as const) : ('after' as const);
  return new Map(
    [...Map.groupBy(doings, ({ personId }) => personId)].map(([id, own]) => [
      id,
      own.slice(0, DOINGS_SHOWN).map(({ at, text, incidentId }) => {
        return { at: isoText(at), when: when(at), text, incidentId };
      }),
    ]),
  );
}

/** The addresses an alert is about, those with the most people first. */
export async function alertAddresses(
  store: Store,
  time: AlertTime,
  {
    behind,
    failures,
    isCompany,
  }: {
    behind: readonly Behind[];
    failures: readonly Failure[];
    isCompany: (address: string) => boolean;
  },
) {
  const people = new Map<string, Set<string>>();
  for (const { address, personId } of behind) {
    if (address === null) continue;
    const own = people.get(address) ?? new Set<string>();
    if (personId !== null) own.add(personId);
    people.set(address, own);
  }
  const failed = Map.groupBy(failures, ({ address }) => address);
  const failedOf = (address: string) => failed.get(address)?.length ?? 0;
  const countOf = (address: string) => people.get(address)?.size ?? 0;
  const all = [...people.keys()].sort(
    (a, b) => countOf(b) - countOf(a) || failedOf(b) - failedOf(a) || (a < b ? -1 : 1),
  );
  const shown = all.slice(0, SHOWN);
  const seen = await seenBefore(store, time, shown);
  return {
    addressesTotal: all.length,
    addresses: shown.map((address) => ({
      ...{ address, failed: failedOf(address), people: countOf(address) },
      through: seen.get(address)?.through ?? 0,
      firstSeen: isoTextOrNull(seen.get(address)?.firstSeen ?? null),
      company: isCompany(address),
    })),
  };
}

/** When flows came from addresses first, null: not before this time; and how many successes did within it. */
async function seenBefore(
  { read, dialect }: Store,
  { tenantId, startAt, endAt }: AlertTime,
  addresses: string[],
) {
  if (addresses.length === 0)
    return new Map<string, { firstSeen: number | null; through: number }>();
  const told = dialect.jsonRows(
    addresses.map((address) => [address]),
    ['text'],
  );
  // Of an address that a whole office shares there are years of flows: only the first of them and this time's are read.
  const rows = await dialect.rows<{ address: string; first: number | null; through: number }>(
    read,
    sql`select told.c0 as address,
          (select min(flow.started_at) from flow
           where flow.tenant_id = ${tenantId} and flow.address = told.c0) as first,
          (select count(*) from flow
           where flow.tenant_id = ${tenantId} and flow.address = told.c0
             and flow.started_at >= ${startAt - DAY_MS} and flow.started_at < ${endAt}
             and flow.succeeded_at >= ${startAt} and flow.succeeded_at < ${endAt}) as through
        from ${told} as told`,
  );
  return new Map(
    rows.map(({ address, first, through }) => {
      const firstSeen = first === null || Number(first) >= startAt ? null : Number(first);
      return [address, { firstSeen, through: Number(through) }];
    }),
  );
}
