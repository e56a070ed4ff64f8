import type { FeedMemory, FeedName, RunCounts } from '../../db/store/feed-runs.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import type { Rejection } from '../../db/store/quarantine.ts';
import type { DayCutter } from '../../domain/day.ts';
import type { GraphReader } from '../graph/client.ts';
import type { Parsed } from '../graph/parsed.ts';

/** What a feed needs; everything of the outside world comes in here. */
export interface FeedDeps {
  feed: FeedName;
  lease: HeldLease;
  graph: GraphReader;
  /** UTC milliseconds. */
  clock: () => number;
  cutter: DayCutter;
  /** What the last run left. */
  memory: FeedMemory;
  /** Read all that Graph keeps, not only what is new. */
  full: boolean;
  signal: AbortSignal;
  /** What is read so far; kept up to date while the feed runs. */
  counts: RunCounts;
  /** Tells people how far it is; the share is unknown unless given. */
  onProgress: (doing: string) => void;
}

/** How a feed's run ended well enough to be remembered; a failure is thrown. */
export interface FeedResult {
  /** `late`: read completely, but waiting for another read that agrees. */
  state: 'ok' | 'late';
  reason: string | null;
  memory: Partial<FeedMemory>;
}

export type Feed = (deps: FeedDeps) => Promise<FeedResult>;

/** Too much could not be read for the rest to be trusted. */
export class TooManyRejected extends Error {
  override name = 'TooManyRejected';
}

const REJECTED_SHARE_MOST = 0.01;
const REJECTED_LEAST = 10;

/** Throws when over 1 % of the run's records, and at least 10, could not be read. */
export function refuseTooMany({ received, rejected }: RunCounts): void {
  if (rejected >= REJECTED_LEAST && rejected > received * REJECTED_SHARE_MOST)
    throw new TooManyRejected(
      `${rejected} of ${received} records could not be read, so this run does not count; what was shown before stays. Data trust lists why.`,
    );
}

/** Splits a page into rows and records that could not be read, and counts both. */
export function readPage<Row>(
  records: readonly unknown[],
  parse: (record: unknown) => Parsed<Row>,
  counts: RunCounts,
): { rows: Row[]; rejections: Rejection[] } {
  const rows: Row[] = [];
  const rejections: Rejection[] = [];
  for (const record of records) {
    const parsed = parse(record);
    if (parsed.ok) rows.push(parsed.row);
    else rejections.push({ record, reason: parsed.reason });
  }
  counts.pages += 1;
  counts.received += records.length;
  counts.rejected += rejections.length;
  return { rows, rejections };
}
