import type { Router } from 'express';
import { registrationForecast } from '../../db/queries/registration-forecast.ts';
import { resetForecast } from '../../db/queries/reset-forecast.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import type { ForecastResponse } from '../contract/registration.ts';
import type { ResetForecastResponse } from '../contract/resets.ts';
import { NoQuery, readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** How coverage and resets are expected to go on. Made by the jobs; a request only reads it. */
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

  api.get(
    '/resets/forecast',
    kept(async (req) => {
      readQuery(req, NoQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const answer = await resetForecast(deps.store, { tenantId, timeZone });
      return answer satisfies ResetForecastResponse;
    }),
  );
}
