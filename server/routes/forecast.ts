import type { Router } from 'express';
import { registrationForecast } from '../../db/queries/registration-forecast.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import type { ForecastResponse } from '../contract/registration.ts';
import { NoQuery, readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** How coverage is expected to go on. Made by the jobs; a request only reads it. */
export function forecastRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  api.get(
    '/registration/forecast',
    kept(async (req) => {
      readQuery(req, NoQuery);
      const { id: tenantId } = await servedTenant(deps);
      const defaults = settingDefaults({ timeZone: deps.timeZone });
      const answer = await registrationForecast(deps.store, { tenantId, defaults });
      return answer satisfies ForecastResponse;
    }),
  );
}
