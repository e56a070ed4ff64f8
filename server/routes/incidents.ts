import type { Router } from 'express';
import { adminResets } from '../../db/queries/admin-resets.ts';
import { incidentStory } from '../../db/queries/incident-story.ts';
import { incidents } from '../../db/queries/incidents.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import {
  AdminResetsQuery,
  type AdminResetsResponse,
  IncidentIdParameter,
  type IncidentResponse,
  IncidentsQuery,
  type IncidentsResponse,
} from '../contract/incidents.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';
import { refuseCursor } from './refuse-cursor.ts';

/** The incidents and admin resets behind the figures. They name people: each view is logged, without whom it was of. */
export function incidentRoutes(api: Router, deps: ApiDeps): void {
  const { store, log } = deps;

  api.get('/resets/incidents', noStore, async (req, res) => {
    const query = readQuery(req, IncidentsQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const defaults = settingDefaults({ timeZone });
    const answer = await incidents(store, { ...query, tenantId, timeZone, defaults }).catch(
      refuseCursor,
    );
    log.info('names viewed', { endpoint: '/resets/incidents', people: answer.incidents.length });
    res.json(answer satisfies IncidentsResponse);
  });

  api.get('/resets/incidents/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', IncidentIdParameter);
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    const answer = await incidentStory(store, { tenantId, id });
    if (!answer) throw new AppError('not_found', 'There is no incident with this id.');
    log.info('names viewed', { endpoint: '/resets/incidents/:id', people: 1 });
    res.json(answer satisfies IncidentResponse);
  });

  api.get('/resets/admin-resets', noStore, async (req, res) => {
    const query = readQuery(req, AdminResetsQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const answer = await adminResets(store, { ...query, tenantId, timeZone }).catch(refuseCursor);
    log.info('names viewed', {
      endpoint: '/resets/admin-resets',
      people: answer.adminResets.length,
    });
    res.json(answer satisfies AdminResetsResponse);
  });
}
