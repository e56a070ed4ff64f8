import { randomUUID } from 'node:crypto';
import { forecastCoverage } from '../db/rollups/coverage-forecast.ts';
import { rankPeople } from '../db/rollups/priority.ts';
import { raiseAlerts } from '../db/rollups/raise-alerts.ts';
import { forecastResets } from '../db/rollups/reset-forecast.ts';
import { rollUp } from '../db/rollups/roll-up.ts';
import { levelSeries } from '../db/rollups/watched-levels.ts';
import { refreshExclusions } from '../db/store/apply-exclusions.ts';
import {
  beginRun,
  endRun,
  type FeedMemory,
  type FeedName,
  feedMemory,
  noCounts,
  type RunCounts,
  type RunState,
} from '../db/store/feed-runs.ts';
import { refreshHolidays } from '../db/store/holidays.ts';
import { type HeldLease, LeaseLost } from '../db/store/lease.ts';
import { fillCells } from '../db/store/person-cells.ts';
import { finishSnapshots } from '../db/store/publish-snapshot.ts';
import { listEntries, type Settings } from '../db/store/settings.ts';
import { DAY_MS, dayCutter } from '../domain/day.ts';
import { collectAudits } from './feeds/audits.ts';
import { collectDomains } from './feeds/domains.ts';
import { type Feed, TooManyRejected } from './feeds/feed.ts';
import { collectPeople } from './feeds/people.ts';
import { collectRegistration } from './feeds/registration.ts';
import type { GraphReader } from './graph/client.ts';
import { GraphFailure } from './graph/errors.ts';

/** Dimension values are those of /users at the snapshot, so people come before registration. */
export const FEEDS: [FeedName, Feed][] = [
  ['people', collectPeople],
  ['domains', collectDomains],
  ['registration', collectRegistration],
  ['resets', collectAudits],
  ['security-info', collectAudits],
];

export interface FeedReport extends RunCounts {
  feed: FeedName;
  state: RunState;
  /** Why it is not `ok`, or what was not read although it is, in sentences. */
  reason: string | null;
}

export interface RunDeps {
  lease: HeldLease;
  graph: GraphReader;
  settings: Settings;
  /** UTC milliseconds. */
  clock: () => number;
  /** How far our clock is ahead of Graph's. */
  aheadMs: number;
  /** Read all that Graph keeps; also asks feeds that were unavailable a short while ago. */
  full: boolean;
  signal: AbortSignal;
  /** Unexpected errors, which are bugs of ours. */
  onBug: (error: unknown) => void;
  onProgress: (doing: string) => void;
}

/**
 * Collects the named feeds one after another, then works out what follows from
 * them. One feed's failure never stops another (P7); losing the lease stops all.
 */
export async function runCollection(deps: RunDeps, names: FeedName[]): Promise<FeedReport[]> {
  const { lease, clock, settings, onProgress } = deps;
  const cutter = dayCutter(settings.time_zone ?? 'UTC');
  await finishSnapshots(lease);
  await fillCells(lease);
  await refreshExclusions(lease, { now: clock() - deps.aheadMs, cutter });
  await refreshHolidays(lease, { settings, now: clock() - deps.aheadMs });
  const reports: FeedReport[] = [];
  for (const [feed, collect] of FEEDS) {
    if (!names.includes(feed) || settings[`feed.${feed}`] === 'false') continue;
    const report = await runFeed(deps, feed, collect);
    if (report) reports.push(report);
    if (deps.signal.aborted) break;
  }
  await lease.report('working out the figures');
  await rollUp(lease, rollUpSettings(settings), onProgress);
  await levelSeries(lease, { timeZone: cutter.timeZone, onProgress });
  const { timeZone } = cutter;
  await unlessBroken(deps, () =>
    raiseAlerts(lease, {
      ...{ timeZone, now: clock(), newId: randomUUID },
      onBug: (error) => survive(deps, error),
    }),
  );
  await rankPeople(lease, { cutter, now: clock(), onProgress });
  await forecastCoverage(lease, { now: clock() });
  await forecastResets(lease, { now: clock(), timeZone: cutter.timeZone });
  return reports;
}

/** Alerts that cannot be worked out are no reason to leave out what follows. */
async function unlessBroken(deps: RunDeps, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    survive(deps, error);
  }
}

/** Reports an error of ours; throws it where nothing more may be written: stopped or taken over. */
function survive({ signal, onBug }: RunDeps, error: unknown): void {
  if (error instanceof LeaseLost || signal.aborted) throw error;
  onBug(error);
}

export function rollUpSettings(settings: Settings) {
  return {
    timeZone: settings.time_zone ?? 'UTC',
    incidentGapHours: Number(settings.incident_gap_hours ?? 24),
    automationAccounts: listEntries(settings.automation_accounts ?? ''),
  };
}

async function runFeed(deps: RunDeps, feed: FeedName, collect: Feed): Promise<FeedReport | null> {
  const { lease, clock } = deps;
  const memory = await feedMemory(lease.store, lease.tenantId, feed);
  const { state: before, askAgainAt } = memory;
  // A feed that was refused only a part of what it asked for goes on without that part.
  const waits = before === 'unavailable' && askAgainAt !== null && clock() < askAgainAt;
  if (!deps.full && waits) return null;
  const counts = noCounts();
  const id = await beginRun(lease, feed, clock());
  await lease.report(`collecting ${feed}`);
  const outcome = await attempt(deps, { feed, collect, memory, counts });
  const { state, reason } = outcome;
  const now = clock();
  const complete = state === 'ok' ? { lastCompleteAt: now, askAgainAt: null } : {};
  await endRun(lease, { id, feed, state, reason, counts }, { ...complete, ...outcome.memory }, now);
  return { feed, state, reason, ...counts };
}

interface Attempt {
  feed: FeedName;
  collect: Feed;
  memory: FeedMemory;
  counts: RunCounts;
}

interface Outcome {
  state: RunState;
  reason: string | null;
  memory: Partial<FeedMemory>;
}

/** How often a listing is begun again because Graph has forgotten its own link to the next page. */
const RESTARTS_MOST = 3;

async function attempt(
  deps: RunDeps,
  { feed, collect, memory, counts }: Attempt,
  restarts = 0,
): Promise<Outcome> {
  const { lease, graph, clock, full, signal } = deps;
  try {
    return await collect({
      feed,
      lease,
      graph,
      clock: () => clock() - deps.aheadMs,
      cutter: dayCutter(deps.settings.time_zone ?? 'UTC'),
      memory,
      full,
      signal,
      counts,
      onProgress: deps.onProgress,
    });
  } catch (error) {
    // Stopped or taken over: the feed is what it was, and nothing more may be written.
    if (error instanceof LeaseLost || deps.signal.aborted) throw error;
    // Reading again what is stored already changes nothing.
    if (error instanceof GraphFailure && error.kind === 'expired_link' && restarts < RESTARTS_MOST)
      return attempt(deps, { feed, collect, memory, counts }, restarts + 1);
    return failure(error, deps);
  }
}

function failure(error: unknown, { clock, onBug }: RunDeps): Outcome {
  if (error instanceof GraphFailure) {
    const unavailable = error.kind === 'permission' || error.kind === 'licence';
    return unavailable
      ? { state: 'unavailable', reason: error.message, memory: { askAgainAt: clock() + DAY_MS } }
      : { state: 'failed', reason: error.message, memory: {} };
  }
  if (error instanceof TooManyRejected)
    return { state: 'failed', reason: error.message, memory: {} };
  onBug(error);
  return { state: 'failed', reason: 'An error of ours stopped it; the log says more.', memory: {} };
}
