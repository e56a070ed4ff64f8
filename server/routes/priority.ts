import type { Router } from 'express';
import { priority } from '../../db/queries/priority.ts';
import { isoText } from '../../domain/instant.ts';
import type { PriorityResponse } from '../contract/people.ts';
import { NoQuery, readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** How expected calls are worked out, and how good the order of the list is. Names nobody. */
export function priorityRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  api.get(
    '/priority',
    kept(async (req) => {
      readQuery(req, NoQuery);
      const { id: tenantId } = await servedTenant(deps);
      const found = await priority(deps.store, { tenantId });
      return {
        priority: found && { ...found, madeAt: isoText(found.madeAt) },
      } satisfies PriorityResponse;
    }),
  );
}
