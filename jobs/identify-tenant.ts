import type { TenantSeen } from '../db/store/tenant.ts';
import type { GraphReader } from './graph/client.ts';
import { GraphFailure } from './graph/errors.ts';
import { organizationPath, parseOrganization } from './graph/organization.ts';

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
  let answer: Awaited<ReturnType<GraphReader['get']>> | null = null;
  let note: string | null = null;
  try {
    answer = await graph.get(organizationPath(), { signal, reports: false });
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind === 'aborted') throw error;
    note = `The tenant's name could not be read: ${error.message}`;
  }
  const { value } = answer?.body ?? {};
  const parsed = Array.isArray(value) ? parseOrganization(value[0]) : null;
  const organization = parsed?.ok ? parsed.row : null;
  // A Date header has whole seconds: the second it names may be nearly over.
  const serverTime = answer?.serverTime ?? null;
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
