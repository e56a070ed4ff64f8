import { Router } from 'express';
import { noSuchEndpoint } from './answer-errors.ts';
import { sameSiteChanges } from './guards.ts';
import { openApiDocument } from './openapi.ts';
import { NoQuery, readQuery } from './query.ts';
import { responseCache } from './response-cache.ts';
import { collectionRoutes } from './routes/collection.ts';
import type { ApiDeps } from './routes/deps.ts';
import { peopleRoutes } from './routes/people.ts';
import { registrationRoutes } from './routes/registration.ts';
import { resetsRoutes } from './routes/resets.ts';
import { openRoutes } from './routes/session.ts';
import { settingsRoutes } from './routes/settings.ts';

/** Everything under /api/v1. One router, so that its stack lists every endpoint by its whole path. */
export function apiRouter(deps: ApiDeps): Router {
  const api = Router({ caseSensitive: true, strict: true });
  api.use((_req, res, next) => {
    res.set('Cache-Control', 'private, no-cache'); // kept, but asked for again: the ETag answers 304
    next();
  });
  api.use(sameSiteChanges);
  openRoutes(api, deps);
  api.use(deps.signIn.required);
  const document = openApiDocument(deps.version);
  api.get('/openapi.json', (req, res) => {
    readQuery(req, NoQuery);
    res.json(document);
  });
  const kept = responseCache(deps.store);
  collectionRoutes(api, deps);
  registrationRoutes(api, deps, kept);
  peopleRoutes(api, deps);
  resetsRoutes(api, deps, kept);
  settingsRoutes(api, deps);
  api.use(noSuchEndpoint);
  return api;
}
