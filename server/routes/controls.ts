import type { Router } from 'express';
import { controls } from '../../db/queries/controls.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import type { ControlsResponse } from '../contract/registration.ts';
import { NoQuery, readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** What a common baseline expects, and how this tenant stands. */
export function controlRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  api.get(
    '/controls',
    kept(async (req) => {
      readQuery(req, NoQuery);
      const { id: tenantId } = await servedTenant(deps);
      const defaults = settingDefaults({ timeZone: deps.timeZone });
      return (await controls(deps.store, { tenantId, defaults })) satisfies ControlsResponse;
    }),
  );
}
