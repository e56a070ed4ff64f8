import type { Router } from 'express';
import { BadCursor, people } from '../../db/queries/people.ts';
import { personStory } from '../../db/queries/person-story.ts';
import {
  PeopleQuery,
  type PeopleResponse,
  PersonIdParameter,
  type PersonResponse,
} from '../contract/people.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

/** Answers that name people. Each view is logged, without whom it was of. */
export function peopleRoutes(api: Router, deps: ApiDeps): void {
  const { store, log } = deps;

  api.get('/people', noStore, async (req, res) => {
    const query = readQuery(req, PeopleQuery);
    const { id: tenantId } = await servedTenant(deps);
    const answer = await people(store, { tenantId, ...query }).catch(refuseCursor);
    log.info('names viewed', { endpoint: '/people', people: answer.people.length });
    res.json(answer satisfies PeopleResponse);
  });

  api.get('/people/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', PersonIdParameter);
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    const answer = await personStory(store, { tenantId, id });
    if (!answer) throw new AppError('not_found', 'There is nobody with this id.');
    log.info('names viewed', { endpoint: '/people/:id', people: 1 });
    res.json(answer satisfies PersonResponse);
  });
}

function refuseCursor(error: unknown): never {
  if (error instanceof BadCursor)
    throw new AppError('invalid', 'cursor: is not one that this list has given', { cause: error });
  throw error;
}
