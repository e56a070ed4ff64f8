import { type SQL, sql } from 'drizzle-orm';
import { addDays, DAY_MS, dayCutter } from '../../domain/day.ts';
import type { ThroughReset } from '../../domain/surveillance/evidence.ts';
import { LAST_KNOWN_STATE } from '../queries/last-known-state.ts';
import type { Store } from '../store-types.ts';

const KEPT = 50;

export interface ThroughInput {
  tenantId: number;
  /** UTC milliseconds, the end not included. */
  startAt: number;
  endAt: number;
  /** Addresses that explain what is unusual. */
  addresses: readonly string[];
  /** People who do: their resets belong to it where they came from an address never seen for them. */
  people: readonly string[];
  /** Addresses that several people of it came from: new also for somebody of whom too little was seen before. */
  shared: ReadonlySet<string>;
  /** Every success of theirs belongs to it: the alert is about resets that succeeded. */
  aboutSuccess: boolean;
  isCompany: (address: string) => boolean;
}

interface Row {
  flow: string;
  person: string | null;
  at: number;
  address: string | null;
  /** Flows of the person before that time with an address, and those of them from this one. */
  known: number;
  seen: number;
  /** Whether anybody succeeded from this address before that time; 0 or 1. */
  used: number;
  admin: boolean | number | null;
}

/** With fewer flows before, nothing is known of where somebody usually is. */
const KNOWN_FLOWS = 3;

/**
 * Self-service resets and unlocks that went through in a time and belong to what is unusual about it, the earliest first,
 * at most 50. An address is new for a person if none of at least three flows of theirs before that time came from it, and
 * nobody else's that succeeded; one of the company's own never is. Of somebody with fewer flows that is not known, unless
 * others of the alert came from it too.
 */
export async function throughResets(store: Store, input: ThroughInput): Promise<ThroughReset[]> {
  const { dialect, read } = store;
  const { addresses, people, aboutSuccess } = input;
  if (addresses.length === 0 && people.length === 0) return [];
  const rows = await dialect.rows<Row>(read, succeeded(store, input));
  const own = new Set(addresses);
  return rows
    .map((row): ThroughReset => {
      const newAddress = isNew(row, input);
      const admin = row.admin === null ? null : Boolean(row.admin);
      const { flow: flowId, person: personId, address } = row;
      return { flowId, personId, at: Number(row.at), address, newAddress, admin };
    })
    .filter(
      ({ address, newAddress }) =>
        aboutSuccess || newAddress === true || (address !== null && own.has(address)),
    )
    .slice(0, KEPT);
}

function isNew({ person, address, known, seen, used }: Row, { shared, isCompany }: ThroughInput) {
  if (person === null || address === null) return null;
  if (Number(seen) > 0 || Number(used) === 1 || isCompany(address)) return false;
  return Number(known) >= KNOWN_FLOWS || shared.has(address) ? true : null;
}

function succeeded({ dialect }: Store, input: ThroughInput): SQL {
  const { tenantId, startAt, endAt, addresses, people } = input;
  const earlier = sql`from flow as earlier
    where earlier.tenant_id = flow.tenant_id and earlier.started_at < ${startAt}
      and earlier.person_id = flow.person_id and earlier.address <> ''`;
  const successBefore = sql`select 1 from flow as other
    where other.tenant_id = flow.tenant_id and other.address = flow.address
      and other.started_at < ${startAt} and other.outcome in ('completed', 'unlocked')`;
  // Days of any zone that these times can lie on: the index of days leads to them, that of outcomes to all years.
  const utc = dayCutter('UTC');
  const [first, last] = [addDays(utc.dayOf(startAt - DAY_MS), -1), addDays(utc.dayOf(endAt), 1)];
  const byDay = sql`flow.day between ${first} and ${last}`;
  return sql`
    select flow.id as flow, flow.person_id as person, flow.succeeded_at as at,
      nullif(flow.address, '') as address, state.admin as admin,
      (select count(*) ${earlier}) as known,
      (select count(*) ${earlier} and earlier.address = flow.address) as seen,
      case when exists (${successBefore}) then 1 else 0 end as used
    from flow
    left join person on person.tenant_id = flow.tenant_id and person.object_id = flow.person_id
    left join registration_state as state
      on state.tenant_id = person.tenant_id and state.id = ${LAST_KNOWN_STATE}
    where flow.tenant_id = ${tenantId} and ${byDay}
      and flow.outcome || '' in ('completed', 'unlocked') and flow.started_at >= ${startAt - DAY_MS} and flow.started_at < ${endAt}
      and flow.succeeded_at >= ${startAt} and flow.succeeded_at < ${endAt}
      and (flow.address in ${dialect.inList([...addresses])}
        or flow.person_id in ${dialect.inList([...people])})
    order by flow.succeeded_at, flow.id`;
}
