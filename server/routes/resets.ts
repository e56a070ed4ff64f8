import type { Router } from 'express';
import { resetsSummary } from '../../db/queries/resets-summary.ts';
import { resetsTrend } from '../../db/queries/resets-trend.ts';
import {
  ResetsSummaryQuery,
  type ResetsSummaryResponse,
  ResetsTrendQuery,
  type ResetsTrendResponse,
} from '../contract/resets.ts';
import { readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** What happened on the reset page: flows and incidents. */
export function resetsRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  const { store } = deps;

  api.get(
    '/resets/summary',
    kept(async (req) => {
      const query = readQuery(req, ResetsSummaryQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const answer = await resetsSummary(store, { tenantId, timeZone, ...query });
      return answer satisfies ResetsSummaryResponse;
    }),
  );

  api.get(
    '/resets/trend',
    kept(async (req) => {
      const query = readQuery(req, ResetsTrendQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const answer = await resetsTrend(store, { tenantId, timeZone, ...query });
      return answer satisfies ResetsTrendResponse;
    }),
  );
}
