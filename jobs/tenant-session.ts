import { readSettings, type Settings, settingDefaults } from '../db/store/settings.ts';
import { pinTenant, type Tenant } from '../db/store/tenant.ts';
import type { Store } from '../db/store-types.ts';
import type { Config, GraphConfig } from './config.ts';
import { createGraphReader, type GraphReader } from './graph/client.ts';
import { sleep } from './graph/sleep.ts';
import { identifyTenant } from './identify-tenant.ts';

/** Everything of the outside world that jobs need. */
export interface JobsDeps {
  store: Store;
  config: Config;
  /** UTC milliseconds. */
  clock: () => number;
  signal: AbortSignal;
}

export interface TenantSession {
  tenant: Tenant;
  graph: GraphReader;
  /** How far our clock is ahead of Graph's, milliseconds. */
  aheadMs: number;
  /** Something an admin should know; null: nothing. */
  note: string | null;
}

/** A reader for the Graph that the settings name. */
export function graphReader(graph: GraphConfig, clock: () => number): GraphReader {
  const { beta: _, ...settings } = graph;
  return createGraphReader({ ...settings, clock, sleep, random: Math.random, fetch });
}

/**
 * Signs in, learns whose data it is and pins the database to it. Throws
 * TenantMismatch when the database holds another tenant's data (P8).
 */
export async function openTenant(
  { store, config, clock, signal }: JobsDeps,
  graphConfig: GraphConfig,
): Promise<TenantSession> {
  const graph = graphReader(graphConfig, clock);
  const configuredId = graphConfig.azure.tenantId ?? null;
  const { seen, aheadMs, note } = await identifyTenant(graph, { configuredId, clock, signal });
  const { timeZone } = config;
  const tenant = await pinTenant(
    store,
    { ...seen, timeZone, sample: config.graph === null },
    clock(),
  );
  return { tenant, graph, aheadMs, note };
}

/** The settings in force for a tenant. */
export function settingsOf({ store, config }: JobsDeps, tenantId: number): Promise<Settings> {
  return readSettings(store, tenantId, settingDefaults({ timeZone: config.timeZone }));
}
