import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { json, type Response, type Router } from 'express';
import { managers } from '../../db/queries/managers.ts';
import { people } from '../../db/queries/people.ts';
import { peopleInOrder } from '../../db/queries/people-in-order.ts';
import { personStory } from '../../db/queries/person-story.ts';
import { registrationSettings } from '../../db/queries/registration-settings.ts';
import { storeNote } from '../../db/store/person-notes.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import {
  ManagersQuery,
  type ManagersResponse,
  NoteChange,
  type NoteResponse,
  PeopleCsvQuery,
  PeopleQuery,
  type PeopleResponse,
  PersonIdParameter,
  type PersonResponse,
} from '../contract/people.ts';
import { AppError } from '../errors.ts';
import { peopleCsv } from '../people-csv.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';
import { refuseCursor } from './refuse-cursor.ts';

/** Answers that name people. Each view is logged, without whom it was of. */
export function peopleRoutes(api: Router, deps: ApiDeps): void {
  const { store, log, now } = deps;

  api.get('/people', noStore, async (req, res) => {
    const query = readQuery(req, PeopleQuery);
    const answer = await people(store, await asked(deps, query)).catch(refuseCursor);
    log.info('names viewed', { endpoint: '/people', people: answer.people.length });
    res.json(answer satisfies PeopleResponse);
  });

  api.get('/people.csv', noStore, async (req, res) => {
    const query = readQuery(req, PeopleCsvQuery);
    const list = await peopleInOrder(store, await asked(deps, query));
    log.info('names viewed', { endpoint: '/people.csv', people: list.total });
    res.attachment(list.day ? `people ${list.day}.csv` : 'people.csv');
    res.type('text/csv; charset=utf-8');
    await send(peopleCsv(list), res);
  });

  api.get('/managers', noStore, async (req, res) => {
    const query = readQuery(req, ManagersQuery);
    const answer = await managers(store, await asked(deps, query));
    log.info('names viewed', { endpoint: '/managers', people: answer.managers.length });
    res.json(answer satisfies ManagersResponse);
  });

  api.get('/people/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', PersonIdParameter);
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    const answer = await personStory(store, { tenantId, id });
    if (!answer) throw nobody();
    log.info('names viewed', { endpoint: '/people/:id', people: 1 });
    res.json(answer satisfies PersonResponse);
  });

  api.put('/people/:id/note', noStore, json({ limit: '64kb' }), async (req, res) => {
    const id = readPath(req, 'id', PersonIdParameter);
    readQuery(req, NoQuery);
    const change = readBody(req, NoteChange);
    const { id: tenantId } = await servedTenant(deps);
    const answer = await storeNote(store, { tenantId, id, ...change, now: now() });
    if (!answer) throw nobody();
    res.json(answer satisfies NoteResponse);
  });
}

/** A query with what it needs besides: the tenant, and the settings that say who is at risk. */
async function asked<Q extends { atRisk?: unknown }>(deps: ApiDeps, query: Q) {
  const { id: tenantId, timeZone } = await servedTenant(deps);
  if (query.atRisk === undefined) return { tenantId, ...query };
  const defaults = settingDefaults({ timeZone });
  return {
    tenantId,
    ...query,
    riskSettings: await registrationSettings(deps.store, tenantId, defaults),
  };
}

/** Sends text as it comes, no faster than it is taken. Whoever goes away ends it. */
async function send(text: AsyncIterable<string>, res: Response): Promise<void> {
  try {
    await pipeline(Readable.from(text), res);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}

const nobody = () => new AppError('not_found', 'There is nobody with this id.');
