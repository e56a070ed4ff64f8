import type { Router } from 'express';
import { failureList } from '../../db/queries/failure-list.ts';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import {
  FailureListQuery,
  type FailureListResponse,
  FailuresQuery,
  type FailuresResponse,
} from '../contract/verification.ts';
import { readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';
import { refuseCursor } from './refuse-cursor.ts';

/** Failed verifications: their counts, and the list behind them. The list names people: it is kept nowhere, and each view is logged. */
export function verificationRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  const { store, log } = deps;

  api.get(
    '/verification/failures',
    kept(async (req) => {
      const query = readQuery(req, FailuresQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const answer = await verificationFailures(store, { tenantId, timeZone, ...query });
      return answer satisfies FailuresResponse;
    }),
  );

  api.get('/verification/list', noStore, async (req, res) => {
    const query = readQuery(req, FailureListQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const answer = await failureList(store, { ...query, tenantId, timeZone }).catch(refuseCursor);
    log.info('names viewed', { endpoint: '/verification/list', people: answer.failures.length });
    res.json(answer satisfies FailureListResponse);
  });
}
