import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Store } from '../store-types.ts';
import type { HeldLease } from './lease.ts';
import { nextId } from './next-id.ts';

export type FeedName =
  | 'registration'
  | 'resets'
  | 'security-info'
  | 'people'
  | 'domains'
  | 'checksum';

/** How a run ended. */
export type RunState = 'ok' | 'late' | 'failed' | 'unavailable';

/** What a run read and stored. */
export interface RunCounts {
  pages: number;
  /** Records Graph sent. */
  received: number;
  added: number;
  changed: number;
  /** Records set aside because they could not be read: counted, not guessed at. */
  rejected: number;
}

/** What storing rows changed. */
export type Stored = Pick<RunCounts, 'added' | 'changed'>;

export const noCounts = (): RunCounts => ({
  pages: 0,
  received: 0,
  added: 0,
  changed: 0,
  rejected: 0,
});

/** What is known of a feed between runs; every field null before the first. */
export interface FeedMemory {
  state: RunState | null;
  reason: string | null;
  lastCompleteAt: number | null;
  /** Rows stored; null before the first run has ended. */
  stored: number | null;
  newestRecordAt: number | null;
  heldAt: number | null;
  heldPeople: number | null;
  askAgainAt: number | null;
  fullReadAt: number | null;
  weekReadAt: number | null;
}

const NOTHING: FeedMemory = {
  state: null,
  reason: null,
  lastCompleteAt: null,
  stored: null,
  newestRecordAt: null,
  heldAt: null,
  heldPeople: null,
  askAgainAt: null,
  fullReadAt: null,
  weekReadAt: null,
};

export async function feedMemory(
  { t: { feed }, read }: Store,
  tenantId: number,
  name: FeedName,
): Promise<FeedMemory> {
  const [row] = await read
    .select()
    .from(feed)
    .where(and(eq(feed.tenantId, tenantId), eq(feed.feed, name)));
  if (!row) return NOTHING;
  const { tenantId: _, feed: __, ...memory } = row;
  return memory as FeedMemory;
}

/** Opens the record of a run and answers its number. Runs whose process died are closed as failed. */
export async function beginRun(lease: HeldLease, feed: FeedName, now: number): Promise<number> {
  const { store, tenantId } = lease;
  const { jobRun } = store.t;
  return lease.tx(async (db) => {
    await db
      .update(jobRun)
      .set({ endedAt: now, state: 'failed', reason: 'The process ended before the run did.' })
      .where(and(eq(jobRun.tenantId, tenantId), isNull(jobRun.endedAt)));
    const id = await nextId(db, jobRun, tenantId);
    const run = { tenantId, id, feed, startedAt: now, endedAt: null, reason: null };
    await db.insert(jobRun).values({ ...run, state: 'running', ...noCounts() });
    return id;
  });
}

/** Closes the record of a run and remembers what the feed needs to know next time. */
export async function endRun(
  lease: HeldLease,
  run: { id: number; feed: FeedName; state: RunState; reason: string | null; counts: RunCounts },
  memory: Partial<FeedMemory>,
  now: number,
): Promise<void> {
  const { store, tenantId } = lease;
  const { jobRun, feed } = store.t;
  const { id, feed: name, state, reason, counts } = run;
  const before = await feedMemory(store, tenantId, name);
  const stored = await storedRows(store, tenantId, name);
  const after = { ...before, ...memory, state, reason, stored };
  await lease.tx(async (db) => {
    await db
      .update(jobRun)
      .set({ endedAt: now, state, reason, ...counts })
      .where(and(eq(jobRun.tenantId, tenantId), eq(jobRun.id, id)));
    await db
      .insert(feed)
      .values({ tenantId, feed: name, ...after })
      .onConflictDoUpdate({ target: [feed.tenantId, feed.feed], set: after });
  });
}

/** Rows of a feed: people of the report, people of /users, domains, or audit records. */
async function storedRows({ t, read }: Store, tenantId: number, feed: FeedName): Promise<number> {
  const { person, domain, auditRecord } = t;
  const rows = { rows: count() };
  const ofTenant = eq(person.tenantId, tenantId);
  const query = {
    registration: () =>
      read
        .select(rows)
        .from(person)
        .where(and(ofTenant, isNotNull(person.kind))),
    people: () =>
      read
        .select(rows)
        .from(person)
        .where(and(ofTenant, eq(person.inDirectory, true))),
    domains: () => read.select(rows).from(domain).where(eq(domain.tenantId, tenantId)),
  }[feed as string];
  const audits = () =>
    read
      .select(rows)
      .from(auditRecord)
      .where(and(eq(auditRecord.tenantId, tenantId), eq(auditRecord.feed, feed)));
  const [row] = await (query ?? audits)();
  return Number(row?.rows ?? 0);
}
