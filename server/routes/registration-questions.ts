import type { Router } from 'express';
import { registrationAtRisk } from '../../db/queries/registration-at-risk.ts';
import { registrationChanges } from '../../db/queries/registration-changes.ts';
import { registrationJoiners } from '../../db/queries/registration-joiners.ts';
import { registrationMethodsTrend } from '../../db/queries/registration-methods-trend.ts';
import { registrationMoves } from '../../db/queries/registration-moves.ts';
import { registrationSettings } from '../../db/queries/registration-settings.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import {
  AtRiskQuery,
  type AtRiskResponse,
  ChangesQuery,
  type ChangesResponse,
  JoinersQuery,
  type JoinersResponse,
  type MethodsTrendResponse,
  MovesQuery,
  type MovesResponse,
  PeriodQuery,
} from '../contract/registration.ts';
import { readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';
import { refuseCursor } from './refuse-cursor.ts';

/** How coverage came to be and who falls out of it: methods over time, moves, the people behind them, joiners, at risk. */
export function registrationQuestionRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  const { store, log } = deps;

  api.get(
    '/registration/methods/trend',
    kept(async (req) => {
      const query = readQuery(req, PeriodQuery);
      const { id: tenantId } = await servedTenant(deps);
      const answer = await registrationMethodsTrend(store, { tenantId, ...query });
      return answer satisfies MethodsTrendResponse;
    }),
  );

  api.get(
    '/registration/moves',
    kept(async (req) => {
      const query = readQuery(req, MovesQuery);
      const { id: tenantId } = await servedTenant(deps);
      const answer = await registrationMoves(store, { tenantId, ...query });
      return answer satisfies MovesResponse;
    }),
  );

  api.get('/registration/changes', noStore, async (req, res) => {
    const query = readQuery(req, ChangesQuery);
    const { id: tenantId } = await servedTenant(deps);
    const answer = await registrationChanges(store, { tenantId, ...query }).catch(refuseCursor);
    const people = answer.changes.length;
    log.info('names viewed', { endpoint: '/registration/changes', people });
    res.json(answer satisfies ChangesResponse);
  });

  api.get(
    '/registration/joiners',
    kept(async (req) => {
      const query = readQuery(req, JoinersQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const answer = await registrationJoiners(store, { tenantId, timeZone, ...query });
      return answer satisfies JoinersResponse;
    }),
  );

  api.get(
    '/registration/at-risk',
    kept(async (req) => {
      const query = readQuery(req, AtRiskQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const defaults = settingDefaults({ timeZone });
      const settings = await registrationSettings(store, tenantId, defaults);
      const answer = await registrationAtRisk(store, { tenantId, ...query, settings });
      return answer satisfies AtRiskResponse;
    }),
  );
}
