import type { Router } from 'express';
import { reconciliation } from '../../db/queries/reconciliation.ts';
import { registrationBy } from '../../db/queries/registration-by.ts';
import { registrationCoverage } from '../../db/queries/registration-coverage.ts';
import { registrationMethods } from '../../db/queries/registration-methods.ts';
import {
  CoverageQuery,
  type CoverageResponse,
  DimensionParameter,
  type ReconciliationResponse,
  type RegistrationByResponse,
  type RegistrationMethodsResponse,
  SnapshotDayQuery,
} from '../contract/registration.ts';
import { readPath, readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** Who can reset: coverage over time, by dimension, by method, and against Graph's own totals. */
export function registrationRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  const { store } = deps;

  api.get(
    '/registration/coverage',
    kept(async (req) => {
      const query = readQuery(req, CoverageQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const days = await registrationCoverage(store, { tenantId, ...query });
      return { timeZone, days } satisfies CoverageResponse;
    }),
  );

  api.get(
    '/registration/by/:dimension',
    kept(async (req) => {
      const dimension = readPath(req, 'dimension', DimensionParameter);
      const query = readQuery(req, SnapshotDayQuery);
      const { id: tenantId } = await servedTenant(deps);
      const answer = await registrationBy(store, { tenantId, dimension, ...query });
      return answer satisfies RegistrationByResponse;
    }),
  );

  api.get(
    '/registration/methods',
    kept(async (req) => {
      const query = readQuery(req, SnapshotDayQuery);
      const { id: tenantId } = await servedTenant(deps);
      const answer = await registrationMethods(store, { tenantId, ...query });
      return answer satisfies RegistrationMethodsResponse;
    }),
  );

  api.get(
    '/registration/reconciliation',
    kept(async (req) => {
      const query = readQuery(req, SnapshotDayQuery);
      const { id: tenantId } = await servedTenant(deps);
      const answer = await reconciliation(store, { tenantId, ...query });
      return answer satisfies ReconciliationResponse;
    }),
  );
}
