import { json, type Router } from 'express';
import { alertExclusions } from '../../db/queries/alert-exclusions.ts';
import { alertStory } from '../../db/queries/alert-story.ts';
import { alerts } from '../../db/queries/alerts.ts';
import {
  AlertConflict,
  acknowledgeAlert,
  BadSnooze,
  snoozeAlert,
} from '../../db/store/alert-actions.ts';
import {
  BadAlertExclusion,
  endAlertExclusion,
  excludeAlerts,
} from '../../db/store/alert-exclusions.ts';
import {
  AcknowledgeRequest,
  AlertExclusionRequest,
  type AlertExclusionsResponse,
  AlertIdParameter,
  type AlertResponse,
  AlertsQuery,
  type AlertsResponse,
  EndAlertExclusionRequest,
  SnoozeRequest,
} from '../contract/alerts.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';
import { refuseCursor } from './refuse-cursor.ts';

const NO_ALERT = 'There is no alert with this id.';
const body = json({ limit: '32kb' });

/** Alerts, what people do with them, and what is kept quiet. Answers name people: each view is logged, without whom it was of. */
export function alertRoutes(api: Router, deps: ApiDeps): void {
  const { store, log } = deps;

  api.get('/alerts', noStore, async (req, res) => {
    const query = readQuery(req, AlertsQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const input = { ...query, tenantId, timeZone, now: deps.now() };
    const answer = await alerts(store, input).catch(refuseCursor);
    log.info('names viewed', { endpoint: '/alerts', alerts: answer.alerts.length });
    res.json(answer satisfies AlertsResponse);
  });

  api.get('/alerts/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', AlertIdParameter);
    readQuery(req, NoQuery);
    res.json(await shown(deps, '/alerts/:id', id));
  });

  api.post('/alerts/:id/acknowledge', noStore, body, async (req, res) => {
    const id = readPath(req, 'id', AlertIdParameter);
    readQuery(req, NoQuery);
    const { author, note } = readBody(req, AcknowledgeRequest);
    const action = { id, author: author ?? null, note: note || null };
    const { id: tenantId } = await servedTenant(deps);
    const found = await acknowledgeAlert(store, { ...action, tenantId }, deps.now()).catch(refuse);
    if (!found) throw new AppError('not_found', NO_ALERT);
    log.info('alert acknowledged', { alert: id });
    res.json(await shown(deps, '/alerts/:id/acknowledge', id));
  });

  api.post('/alerts/:id/snooze', noStore, body, async (req, res) => {
    const id = readPath(req, 'id', AlertIdParameter);
    readQuery(req, NoQuery);
    const { author, note, until } = readBody(req, SnoozeRequest);
    const action = { id, author: author ?? null, note: note || null };
    const { id: tenantId } = await servedTenant(deps);
    const snooze = { ...action, tenantId, until: until === undefined ? null : Date.parse(until) };
    const found = await snoozeAlert(store, snooze, deps.now()).catch(refuse);
    if (!found) throw new AppError('not_found', NO_ALERT);
    log.info('alert snoozed', { alert: id });
    res.json(await shown(deps, '/alerts/:id/snooze', id));
  });

  api.get('/alert-exclusions', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    res.json(await listed(deps));
  });

  api.post('/alert-exclusions', noStore, body, async (req, res) => {
    readQuery(req, NoQuery);
    const { rule, subject, until, ...terms } = readBody(req, AlertExclusionRequest);
    const { id: tenantId } = await servedTenant(deps);
    if (tenantId === 0)
      throw new AppError(
        'conflict',
        'Alerts can be kept quiet once the first collection has begun.',
      );
    const about = { rule: rule ?? null, subject: subject ?? null };
    const made = { ...about, ...terms, until: Date.parse(until) };
    const id = await excludeAlerts(store, tenantId, made, deps.now()).catch(refuse);
    log.info('alert exclusion made', { exclusion: id });
    res.json(await listed(deps));
  });

  api.post('/alert-exclusions/:id/end', noStore, body, async (req, res) => {
    const id = readPath(req, 'id', AlertIdParameter);
    readQuery(req, NoQuery);
    const { author } = readBody(req, EndAlertExclusionRequest);
    const { id: tenantId } = await servedTenant(deps);
    const outcome = await endAlertExclusion(store, { tenantId, id, author }, deps.now());
    if (outcome === 'unknown')
      throw new AppError('not_found', 'There is no exclusion of alerts with this id.');
    if (outcome === 'over')
      throw new AppError('conflict', 'This exclusion of alerts is over already.');
    log.info('alert exclusion ended', { exclusion: id });
    res.json(await listed(deps));
  });
}

async function shown(deps: ApiDeps, endpoint: string, id: number): Promise<AlertResponse> {
  const { id: tenantId, timeZone } = await servedTenant(deps);
  const answer = await alertStory(deps.store, { tenantId, timeZone, now: deps.now(), id });
  if (!answer) throw new AppError('not_found', NO_ALERT);
  deps.log.info('names viewed', { endpoint, people: answer.people.length });
  return answer;
}

async function listed(deps: ApiDeps): Promise<AlertExclusionsResponse> {
  const { id: tenantId } = await servedTenant(deps);
  const answer = await alertExclusions(deps.store, { tenantId, now: deps.now() });
  const people = answer.exclusions.filter(({ subject }) => subject?.name != null).length;
  deps.log.info('names viewed', { endpoint: '/alert-exclusions', people });
  return answer;
}

function refuse(error: unknown): never {
  const options = { cause: error };
  if (error instanceof AlertConflict) throw new AppError('conflict', error.message, options);
  if (error instanceof BadSnooze || error instanceof BadAlertExclusion)
    throw new AppError('invalid', error.message, options);
  throw error;
}
