import { type SQL, sql } from 'drizzle-orm';
import { type Day, HOUR_MS } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { failedOnDays } from './failure-spans.ts';

/** What failed verifications are told by that no daily count holds. */
export type FailuresBy = 'country' | 'admin' | 'address';

interface Asked {
  tenantId: number;
  timeZone: string;
  by: FailuresBy;
  bucket: 'hour' | 'day';
  /** Collected days of the period, oldest first: values are chosen by their failures on these. */
  days: readonly Day[];
  /** UTC milliseconds of all buckets, `end` not included. */
  span: { start: number; end: number };
}

export interface ValueRow {
  /** Null: not known. Of `admin`: true or false, as text. */
  value: string | null;
  /** Of a day; '' of an hour, which its start tells. */
  day: Day | '';
  /** UTC start of the hour; 0 for a day. */
  startAt: number;
  failed: number;
  people: number;
  addresses: number;
}

export interface FailuresByValue {
  /** Those with the most failures, the most first. */
  values: (string | null)[];
  /** Others that failed less often. */
  valuesLeftOut: number;
  /** Buckets that had any. */
  rows: ValueRow[];
}

/** More series than these nobody reads. */
const VALUES_MOST = 20;

/** An empty text says as little as none. */
const VALUE: Record<FailuresBy, SQL> = {
  country: sql`coalesce(failed_verification.country, '')`,
  admin: sql`case when failed_verification.admin is null then ''
    when failed_verification.admin then 'true' else 'false' end`,
  address: sql`coalesce(failed_verification.address, '')`,
};

/** Failed verifications per value and bucket, of the 20 values that failed most. Reads the period's rows, twice. */
export async function failuresByValue(store: Store, asked: Asked): Promise<FailuresByValue> {
  const top = await topValues(store, asked);
  const values = top.map(({ value }) => value);
  const rows = values.length === 0 ? [] : await bucketsOf(store, asked, values);
  return {
    values: values.map(orNull),
    valuesLeftOut: Math.max(0, Number(top[0]?.all ?? 0) - values.length),
    rows,
  };
}

const orNull = (value: string) => (value === '' ? null : value);

function topValues(store: Store, { tenantId, timeZone, by, days }: Asked) {
  return store.dialect.rows<{ value: string; all: number }>(
    store.read,
    sql`select ${VALUE[by]} as value, count(*) over () as "all"
        from failed_verification
        where failed_verification.tenant_id = ${tenantId} and ${failedOnDays(store, days, timeZone)}
        group by 1
        order by count(*) desc, 1
        limit ${VALUES_MOST}`,
  );
}

async function bucketsOf(
  { dialect, read }: Store,
  { tenantId, by, bucket, span }: Asked,
  values: string[],
): Promise<ValueRow[]> {
  const hour = sql`failed_verification.failed_at - failed_verification.failed_at % ${sql.raw(String(HOUR_MS))}`;
  const [day, at] = bucket === 'day' ? [sql`failed_verification.day`, sql`0`] : [sql`''`, hour];
  const rows = await dialect.rows<Record<'value' | 'day', string> & Record<Count, number>>(
    read,
    sql`select ${VALUE[by]} as value, ${day} as day, ${at} as start_at, count(*) as failed,
          count(distinct nullif(failed_verification.person_id, '')) as people,
          count(distinct nullif(failed_verification.address, '')) as addresses
        from failed_verification
        where failed_verification.tenant_id = ${tenantId}
          and failed_verification.failed_at >= ${span.start}
          and failed_verification.failed_at < ${span.end}
          and ${VALUE[by]} in ${dialect.inList(values)}
        group by 1, 2, 3`,
  );
  return rows.map(({ value, day: on, start_at, failed, people, addresses }) => ({
    value: orNull(value),
    day: on as Day,
    startAt: Number(start_at),
    failed: Number(failed),
    people: Number(people),
    addresses: Number(addresses),
  }));
}

type Count = 'start_at' | 'failed' | 'people' | 'addresses';
