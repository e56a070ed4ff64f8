import type { FeedName } from '../db/store/feed-runs.ts';
import { type FeedReport, runCollection } from './collection-run.ts';
import { sleep } from './graph/sleep.ts';
import { withLease } from './job-lease.ts';
import { replaySample } from './replay-sample.ts';
import { startSample } from './sample.ts';
import { fillSampleDesk } from './sample-desk.ts';
import { type JobsDeps, openTenant, settingsOf } from './tenant-session.ts';

export interface RunRequest {
  feeds: FeedName[];
  /** Read all that Graph keeps, as `npm run collect` does. */
  full: boolean;
  /** Wait for another run to end; else answer null while there is one. */
  wait: boolean;
  onProgress: (doing: string, share: number | null) => void;
  onNote: (note: string) => void;
  onBug: (error: unknown) => void;
}

export interface RunReport {
  tenant: string;
  sample: boolean;
  feeds: FeedReport[];
}

/** At most so often a year of small steps is written down as progress. */
const REPORT_EVERY_MS = 1000;

/**
 * One whole run, of the sample tenant or a real one: sign in, pin the tenant, take
 * the lease, collect the feeds, work out the figures. Null when another run holds
 * the lease and `wait` is false.
 */
export async function run(deps: JobsDeps, request: RunRequest): Promise<RunReport | null> {
  const sample = deps.config.graph === null ? await startSample(deps) : null;
  const graphConfig = sample?.graph ?? deps.config.graph;
  if (!graphConfig) throw new TypeError('Neither a tenant nor the sample');
  try {
    const { tenant, graph, aheadMs, note } = await openTenant(deps, graphConfig);
    if (note) request.onNote(note);
    const { store, clock, signal } = deps;
    const settings = await settingsOf(deps, tenant.id);
    const leaseDeps = { store, tenantId: tenant.id, clock, sleep, signal };
    const onWait = () => request.onProgress('waiting for another run to end', null);
    const feeds = await withLease(leaseDeps, { wait: request.wait, onWait }, async (lease) => {
      let reportedAt = 0;
      const onProgress = (doing: string, share: number | null = null) => {
        request.onProgress(doing, share);
        if (clock() - reportedAt < REPORT_EVERY_MS) return;
        reportedAt = clock();
        lease.report(doing, share).catch(() => undefined); // a lost lease shows at the next transaction
      };
      const base = { lease, clock, signal, onProgress };
      if (sample) {
        await replaySample({ ...base, sample: sample.sample, settings });
        await fillSampleDesk({ lease, clock, sample: sample.sample });
      }
      const { full, onBug } = request;
      const now = sample ? await settingsOf(deps, tenant.id) : settings;
      return runCollection({ ...base, graph, settings: now, aheadMs, full, onBug }, request.feeds);
    });
    return feeds && { tenant: tenant.name ?? tenant.key, sample: tenant.sample, feeds };
  } finally {
    await sample?.close();
  }
}
