import { currentPin } from '../db/store/tenant.ts';
import { createGraphServer, type GraphServer, SAMPLE_TOKEN } from '../demo/graph-server.ts';
import { type SampleTenant, sampleTenant } from '../demo/sample/tenant.ts';
import { DAY_MS } from '../domain/day.ts';
import type { GraphConfig } from './config.ts';
import { NO_AZURE_SETTINGS } from './graph/azure-credential.ts';
import type { JobsDeps } from './tenant-session.ts';

export interface SampleGraph {
  sample: SampleTenant;
  /** How to reach its Graph-compatible server on loopback. */
  graph: GraphConfig;
  close(): Promise<void>;
}

/**
 * The made-up tenant behind its own Graph-compatible server. Its story ends when
 * the sample was first set up and goes on from there with ordinary days.
 */
export async function startSample({ store, clock }: JobsDeps): Promise<SampleGraph> {
  const end = (await currentPin(store)) ?? clock();
  const aheadDays = Math.ceil((clock() - end) / DAY_MS) + 2;
  const sample = sampleTenant({ end, aheadDays });
  const server: GraphServer = createGraphServer({
    world: sample.world,
    clock,
    limits: { reportRequestsPer10s: null },
  });
  const endpoint = await server.listen();
  const graph: GraphConfig = {
    cloud: 'global',
    endpoint,
    token: SAMPLE_TOKEN,
    azure: NO_AZURE_SETTINGS,
    // Only here: this server is ours, and its thirteen months should be there soon.
    reportRequestsPer10s: Number.POSITIVE_INFINITY,
    beta: false,
  };
  return { sample, graph, close: () => server.close() };
}
