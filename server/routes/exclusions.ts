import { json, type RequestHandler, type Router } from 'express';
import { exclusionPreview, exclusions } from '../../db/queries/exclusions.ts';
import { expireExclusions } from '../../db/store/apply-exclusions.ts';
import { endExclusion } from '../../db/store/end-exclusion.ts';
import {
  BadExclusion,
  excludeByRule,
  excludePeople,
  type MadeExclusions,
} from '../../db/store/exclude.ts';
import type { Moment, Writer } from '../../db/store/exclusion-intervals.ts';
import { dayCutter } from '../../domain/day.ts';
import {
  type Exclusion,
  ExclusionIdParameter,
  type ExclusionPreview,
  ExclusionPreviewRequest,
  ExclusionRequest,
  type ExclusionsMade,
  type ExclusionsResponse,
} from '../contract/exclusions.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

/** Who is left out of the population, why, by whom and until when. Answers name people. */
export function exclusionRoutes(api: Router, deps: ApiDeps): void {
  const { store, log } = deps;

  api.get('/exclusions', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    const { writer, moment } = await atWork(deps);
    await expireExclusions(writer, moment.today);
    const answer = await listed(writer, moment);
    namesViewed(deps, '/exclusions', answer.exclusions);
    res.json(answer satisfies ExclusionsResponse);
  });

  api.post('/exclusions', noStore, json({ limit: '512kb' }), async (req, res) => {
    readQuery(req, NoQuery);
    const request = readBody(req, ExclusionRequest);
    const { writer, moment } = await atWork(deps, NO_TENANT);
    const { ids, people } = await make(writer, request, moment).catch(refuse);
    log.info('exclusions made', { exclusions: ids.length, people });
    const made = new Set(ids.map(String));
    const all = (await listed(writer, moment)).exclusions;
    const own = all.filter(({ id }) => made.has(id));
    namesViewed(deps, '/exclusions', own);
    res.json({ exclusions: own, people } satisfies ExclusionsMade);
  });

  api.post('/exclusions/preview', noStore, json({ limit: '64kb' }), async (req, res) => {
    readQuery(req, NoQuery);
    const { rule } = readBody(req, ExclusionPreviewRequest);
    const { writer } = await atWork(deps, NO_TENANT);
    const answer = await exclusionPreview(store, { tenantId: writer.tenantId, rule });
    const people = answer.examples.length;
    log.info('names viewed', { endpoint: '/exclusions/preview', people });
    res.json(answer satisfies ExclusionPreview);
  });

  api.delete('/exclusions/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', ExclusionIdParameter);
    readQuery(req, NoQuery);
    const { writer, moment } = await atWork(deps, NO_TENANT);
    const outcome = await endExclusion(writer, id, moment);
    if (outcome === 'unknown')
      throw new AppError('not_found', 'There is no exclusion with this id.');
    if (outcome === 'over') throw new AppError('conflict', 'This exclusion is over already.');
    log.info('exclusion ended', { exclusion: id });
    const all = (await listed(writer, moment)).exclusions;
    const ended = all.find((one) => one.id === String(id));
    if (!ended) throw new Error('The exclusion is gone');
    namesViewed(deps, '/exclusions/:id', [ended]);
    res.json(ended satisfies Exclusion);
  });
}

/** Lets exclusions end whose last day has passed since anybody asked; before answers about people of today. */
export function exclusionsOfToday(deps: ApiDeps): RequestHandler {
  return async (_req, _res, next) => {
    const { writer, moment } = await atWork(deps);
    await expireExclusions(writer, moment.today);
    next();
  };
}

const NO_TENANT = 'People can be excluded once the first collection has begun.';

/** Who writes, and when it is for the tenant. Refused with `conflict` where a tenant must be known. */
async function atWork(
  deps: ApiDeps,
  conflict?: string,
): Promise<{ writer: Writer; moment: Moment }> {
  const { store } = deps;
  const { id: tenantId, timeZone } = await servedTenant(deps);
  if (tenantId === 0 && conflict !== undefined) throw new AppError('conflict', conflict);
  const now = deps.now();
  const writer = { store, tenantId, tx: store.tx.bind(store) };
  return { writer, moment: { now, today: dayCutter(timeZone).dayOf(now) } };
}

const listed = ({ store, tenantId }: Writer, { today }: Moment) =>
  exclusions(store, { tenantId, today });

function make(
  writer: Writer,
  { people, rule, reason, author, until }: ExclusionRequest,
  moment: Moment,
): Promise<MadeExclusions> {
  const terms = { reason, author, untilDay: until ?? null };
  return rule
    ? excludeByRule(writer, { rule, ...terms }, moment)
    : excludePeople(writer, { objectIds: people ?? [], ...terms }, moment);
}

function refuse(error: unknown): never {
  if (error instanceof BadExclusion) throw new AppError('invalid', error.message, { cause: error });
  throw error;
}

/** Each view of names is logged, without whom it was of. */
function namesViewed({ log }: ApiDeps, endpoint: string, shown: readonly Exclusion[]): void {
  const people = shown.filter(({ person }) => person !== null).length;
  log.info('names viewed', { endpoint, people });
}
