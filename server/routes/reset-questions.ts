import type { Request, Router } from 'express';
import type { z } from 'zod';
import type { PeriodInput } from '../../db/queries/reset-days.ts';
import { resetsFunnel } from '../../db/queries/resets-funnel.ts';
import { resetsHours } from '../../db/queries/resets-hours.ts';
import { resetsMethods } from '../../db/queries/resets-methods.ts';
import { resetsReasons } from '../../db/queries/resets-reasons.ts';
import { resetsTimes } from '../../db/queries/resets-times.ts';
import { resetsWriteback } from '../../db/queries/resets-writeback.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import {
  FunnelQuery,
  type FunnelResponse,
  HoursQuery,
  type HoursResponse,
  ReasonsQuery,
  type ReasonsResponse,
  ResetMethodsQuery,
  type ResetMethodsResponse,
  TimesQuery,
  type TimesResponse,
  WritebackQuery,
  type WritebackResponse,
} from '../contract/resets.ts';
import { readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, servedTenant } from './deps.ts';

/** Why resets work or do not: how far flows come, by what method, why they are lost, when, how long they take. No names. */
export function resetQuestionRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  const { store } = deps;

  /** The query with the tenant it is of. */
  async function asked<S extends z.ZodType<Pick<PeriodInput, 'first' | 'last'>>>(
    req: Request,
    schema: S,
  ): Promise<z.output<S> & Pick<PeriodInput, 'tenantId' | 'timeZone'>> {
    const query = readQuery(req, schema);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    return { ...query, tenantId, timeZone };
  }

  api.get(
    '/resets/funnel',
    kept(async (req) => {
      const answer = await resetsFunnel(store, await asked(req, FunnelQuery));
      return answer satisfies FunnelResponse;
    }),
  );

  api.get(
    '/resets/methods',
    kept(async (req) => {
      const answer = await resetsMethods(store, await asked(req, ResetMethodsQuery));
      return answer satisfies ResetMethodsResponse;
    }),
  );

  api.get(
    '/resets/reasons',
    kept(async (req) => {
      const answer = await resetsReasons(store, await asked(req, ReasonsQuery));
      return answer satisfies ReasonsResponse;
    }),
  );

  api.get(
    '/resets/hours',
    kept(async (req) => {
      const period = await asked(req, HoursQuery);
      const defaults = settingDefaults(period);
      const answer = await resetsHours(store, { ...period, defaults });
      return answer satisfies HoursResponse;
    }),
  );

  api.get(
    '/resets/times',
    kept(async (req) => {
      const answer = await resetsTimes(store, await asked(req, TimesQuery));
      return answer satisfies TimesResponse;
    }),
  );

  api.get(
    '/resets/writeback',
    kept(async (req) => {
      const answer = await resetsWriteback(store, await asked(req, WritebackQuery));
      return answer satisfies WritebackResponse;
    }),
  );
}
