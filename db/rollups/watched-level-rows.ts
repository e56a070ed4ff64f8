import { createHash } from 'node:crypto';
import { and, between, eq, gte, inArray } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db, Store } from '../store-types.ts';

/** Raise it when a detector changes: everything is then judged anew. */
const DETECTORS = 3;

/** Rows of one transaction: small enough to stay under 50 ms. */
const AT_ONCE = 150;

/** A short text that is another one when anything of `what`, or a detector, is. */
export function madeWithOf(...what: readonly string[]): string {
  return createHash('sha256')
    .update([DETECTORS, ...what].join('\n'))
    .digest('base64url')
    .slice(0, 16);
}

export type LevelRow = Store['t']['watchedLevel']['$inferInsert'];

/** Rows that take the place of all of their series from `first` to `last`, of hours only those from `since` on. */
export interface LevelPart {
  bucket: 'day' | 'hour';
  series: SeriesName;
  first: Day;
  last: Day;
  /** UTC start of an hour; 0 for all. */
  since: number;
  rows: LevelRow[];
}

/** Writes parts in the order given, several in a transaction, none of them torn apart. */
export class LevelWriter {
  private readonly lease: HeldLease;
  private waiting: LevelPart[] = [];

  constructor(lease: HeldLease) {
    this.lease = lease;
  }

  async put(part: LevelPart): Promise<void> {
    this.waiting.push(part);
    const rows = this.waiting.reduce((sum, { rows: own }) => sum + own.length, 0);
    if (rows >= AT_ONCE || this.waiting.length >= AT_ONCE) await this.flush();
  }

  async flush(): Promise<void> {
    const parts = this.waiting;
    this.waiting = [];
    if (parts.length > 0) await this.lease.tx((db) => replaceLevels(this.lease, db, parts));
  }
}

async function replaceLevels({ store, tenantId }: HeldLease, db: Db, parts: readonly LevelPart[]) {
  const { watchedLevel: told } = store.t;
  const alike = Map.groupBy(parts, ({ bucket, first, last, since }) =>
    [bucket, first, last, since].join(' '),
  );
  for (const group of alike.values()) {
    const [one] = group;
    if (!one) continue;
    const series = group.map((part) => part.series);
    await db
      .delete(told)
      .where(
        and(
          ...[eq(told.tenantId, tenantId), eq(told.bucket, one.bucket)],
          inArray(told.series, series),
          between(told.day, one.first, one.last),
          gte(told.startAt, one.since),
        ),
      );
  }
  await bulkInsert(
    store,
    db,
    told,
    parts.flatMap(({ rows }) => rows),
  );
}
