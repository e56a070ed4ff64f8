import type { TenantSeen } from '../db/store/tenant.ts';
import type { GraphReader } from './graph/client.ts';
import { GraphFailure } from './graph/errors.ts';
import { type OrganizationRow, organizationPath, parseOrganization } from './graph/organization.ts';

export interface Identified {
  /** Without the zone, which Graph does not know. */
  seen: Pick<TenantSeen, 'id' | 'origin' | 'name'>;
  /** How far our clock is ahead of Graph's, milliseconds; 0 where it is not, or Graph sends no time. */
  aheadMs: number;
  /** Something an admin should know; null: nothing. It never stops a run. */
  note: string | null;
}

/** Beyond this the two clocks disagree enough to be said. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Whose data this is: the token's tenant, else the configured one, else what
 * /organization says; its not answering is a note. Also compares the clocks: what
 * is read is never noted as read beyond Graph's own time.
 */
export async function identifyTenant(
  graph: GraphReader,
  {
    configuredId,
    clock,
    signal,
  }: { configuredId: string | null; clock: () => number; signal: AbortSignal },
): Promise<Identified> {
  let organization: OrganizationRow | null = null;
  let serverTime: number | null = null;
  let note: string | null = null;
  try {
    for await (const page of graph.pages(organizationPath(), { signal, reports: false })) {
      const [parsed] = page.records.map(parseOrganization);
      serverTime = page.serverTime;
      organization ??= parsed?.ok ? parsed.row : null;
    }
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind === 'aborted') throw error;
    note = `The tenant's name could not be read: ${error.message}`;
  }
  // A Date header has whole seconds: the second it names may be nearly over.
  const differ = serverTime === null ? 0 : clock() - (serverTime + 999);
  if (Math.abs(differ) > CLOCKS_DIFFER_MS)
    note = `This machine's clock and Microsoft Graph's differ by ${Math.round(Math.abs(differ) / 60_000)} minutes.`;
  return {
    seen: {
      id: (graph.tenantHint ?? configuredId ?? organization?.id ?? null)?.toLowerCase() ?? null,
      origin: graph.origin,
      name: organization?.displayName ?? null,
    },
    aheadMs: Math.max(0, differ),
    note,
  };
}
