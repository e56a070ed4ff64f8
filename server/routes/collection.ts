import type { Router } from 'express';
import { collection } from '../../db/queries/collection.ts';
import { setAside } from '../../db/queries/set-aside.ts';
import type { CollectionResponse, SetAsideResponse } from '../contract/collection.ts';
import { NoQuery, readQuery } from '../query.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** How much is known, how old it is, and what could not be read. */
export function collectionRoutes(api: Router, deps: ApiDeps): void {
  api.get('/collection', async (req, res) => {
    readQuery(req, NoQuery);
    const { id: tenantId, timeZone, name, sample } = await servedTenant(deps);
    const answer = await collection(deps.store, { tenantId, timeZone, now: deps.now() });
    const tenant = { name, sample, adminCentre: deps.adminCentre };
    res.json({ ...answer, tenant } satisfies CollectionResponse);
  });

  api.get('/collection/set-aside', async (req, res) => {
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    res.json((await setAside(deps.store, { tenantId })) satisfies SetAsideResponse);
  });
}
