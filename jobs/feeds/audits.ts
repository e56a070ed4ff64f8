import { storeAuditRecords } from '../../db/store/audit-records.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { readWindows, recordWindow } from '../../db/store/windows.ts';
import { DAY_MS } from '../../domain/day.ts';
import type { GraphPage } from '../graph/client.ts';
import {
  type DirectoryAuditRow,
  directoryAuditsPath,
  parseDirectoryAudit,
  RESET_SERVICE,
  SECURITY_INFO_SERVICE,
} from '../graph/directory-audits.ts';
import { GraphFailure } from '../graph/errors.ts';
import { type AskWindow, allOf, halves, likelyFloor, stretch } from './audit-windows.ts';
import { type FeedDeps, type FeedResult, readPage, refuseTooMany } from './feed.ts';

/** Records reach Graph late, by minutes mostly: every run reads so much again. */
const OVERLAP_MS = 2 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;
/** Rows of one transaction. */
const AT_ONCE = 300;
const RESTARTS_MOST = 3;

const SERVICES: Record<string, string> = {
  resets: RESET_SERVICE,
  'security-info': SECURITY_INFO_SERVICE,
};

/**
 * Brings the audit records of one service up to date: all that Graph keeps, or the
 * last 48 hours (once a day 7 days) and whatever was missed since the last run.
 * Windows are read oldest first, each noted as read with the last of its records
 * (P4); records are stored by id, so reading them again changes nothing (P3).
 */
export async function collectAudits(deps: FeedDeps): Promise<FeedResult> {
  const { lease, clock, memory, feed } = deps;
  const now = clock();
  const read = await readWindows(lease.store, lease.store.read, {
    tenantId: lease.tenantId,
    feed,
  });
  const cursor = read.at(-1)?.until ?? null;
  const week = memory.weekReadAt === null || now - memory.weekReadAt >= DAY_MS;
  const back = now - (week ? WEEK_MS : OVERLAP_MS);
  const full = deps.full || cursor === null;
  const queue = full ? allOf(now) : stretch(Math.min(cursor, back), now);
  const newest = await readAll(deps, queue, now);
  const reread = full ? { fullReadAt: now, weekReadAt: now } : week ? { weekReadAt: now } : {};
  const newestRecordAt = Math.max(newest, memory.newestRecordAt ?? 0) || null;
  return { state: 'ok', reason: null, memory: { ...reread, newestRecordAt } };
}

/** Reads the windows in order and answers the newest instant seen. Graph may make them start later, or be shorter. */
async function readAll(deps: FeedDeps, queue: AskWindow[], now: number): Promise<number> {
  let newest = 0;
  let clamped = 0;
  let restarts = 0;
  for (let window = queue.shift(); window; window = queue.shift()) {
    try {
      newest = Math.max(newest, await readWindow(deps, window));
      restarts = 0;
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      const expired = error.kind === 'expired_link';
      const tooMuch = expired || (error.kind === 'transient' && error.status === 504);
      const parts = tooMuch ? halves(window) : null;
      if (error.kind === 'retention' && clamped < 3) {
        clamped += 1;
        const floor = error.floor ?? likelyFloor(window.since, now);
        // Never again what was just refused, so that this ends.
        queue = stretch(Math.max(floor, window.since + 1), now);
      } else if (expired && restarts < RESTARTS_MOST) {
        restarts += 1;
        queue.unshift(window);
      } else if (parts) queue.unshift(...parts);
      else throw error;
    }
  }
  return newest;
}

/** Reads one window page by page; answers the newest instant in it, 0 when it was empty. */
async function readWindow(deps: FeedDeps, window: AskWindow): Promise<number> {
  const { graph, counts, signal, feed, onProgress } = deps;
  const service = SERVICES[feed] ?? feed;
  const path = directoryAuditsPath({ ...window, service });
  let oldest = Number.POSITIVE_INFINITY;
  let newest = 0;
  for await (const page of graph.pages(path, { signal, reports: true })) {
    const { rows, rejections } = readPage(page.records, parseDirectoryAudit, counts);
    const own = rows.filter((row) => row.service.trim().toLowerCase() === service.toLowerCase());
    for (const { occurredAt } of own) {
      oldest = Math.min(oldest, occurredAt);
      if (occurredAt <= window.until) newest = Math.max(newest, occurredAt);
    }
    await storePage(deps, { page, own, rejections, window, oldest });
    onProgress(`${counts.received} ${feed} records read`);
  }
  return newest;
}

interface StoredPage {
  page: GraphPage;
  own: DirectoryAuditRow[];
  rejections: Parameters<typeof quarantine>[2]['rejections'];
  window: AskWindow;
  oldest: number;
}

/** Stores a page in short transactions; the last one of the window's last page notes the window as read. */
async function storePage(deps: FeedDeps, { page, own, rejections, window, oldest }: StoredPage) {
  const { lease, clock, cutter, counts, feed } = deps;
  const { store, tenantId } = lease;
  const parts = Math.max(1, Math.ceil(own.length / AT_ONCE));
  for (let part = 0; part < parts; part++) {
    const isLast = part === parts - 1;
    const records = own.slice(part * AT_ONCE, (part + 1) * AT_ONCE);
    if (isLast && page.nextLink === null) refuseTooMany(counts);
    const { added, changed } = await lease.tx(async (db) => {
      if (isLast) await quarantine(lease, db, { feed, rejections, now: clock() });
      const since = window.deep ? Math.max(window.since, oldest) : window.since;
      if (isLast && page.nextLink === null && since <= window.until)
        await recordWindow(store, db, { tenantId, feed, since, until: window.until });
      return storeAuditRecords(lease, db, { feed, records, cutter });
    });
    counts.added += added;
    counts.changed += changed;
  }
}
