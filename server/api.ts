import { Router } from 'express';
import { noSuchEndpoint } from './answer-errors.ts';
import { sameSiteChanges } from './guards.ts';
import { openApiDocument } from './openapi.ts';
import { NoQuery, readQuery } from './query.ts';
import { responseCache } from './response-cache.ts';
import { alertRoutes } from './routes/alerts.ts';
import { annotationRoutes } from './routes/annotations.ts';
import { channelRoutes } from './routes/channels.ts';
import { collectionRoutes } from './routes/collection.ts';
import { controlRoutes } from './routes/controls.ts';
import { deflectionRoutes } from './routes/deflection.ts';
import type { ApiDeps } from './routes/deps.ts';
import { exclusionRoutes, exclusionsOfToday } from './routes/exclusions.ts';
import { forecastRoutes } from './routes/forecast.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { peopleRoutes } from './routes/people.ts';
import { priorityRoutes } from './routes/priority.ts';
import { registrationRoutes } from './routes/registration.ts';
import { registrationQuestionRoutes } from './routes/registration-questions.ts';
import { resetQuestionRoutes } from './routes/reset-questions.ts';
import { resetsRoutes } from './routes/resets.ts';
import { openRoutes } from './routes/session.ts';
import { settingsRoutes } from './routes/settings.ts';
import { statementRoutes } from './routes/statements.ts';
import { surveillanceRoutes } from './routes/surveillance.ts';
import { ticketRoutes } from './routes/tickets.ts';
import { verificationRoutes } from './routes/verification.ts';

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
  registrationQuestionRoutes(api, deps, kept);
  api.use(['/people', '/people.csv', '/managers'], exclusionsOfToday(deps));
  peopleRoutes(api, deps);
  exclusionRoutes(api, deps);
  resetsRoutes(api, deps, kept);
  resetQuestionRoutes(api, deps, kept);
  incidentRoutes(api, deps);
  verificationRoutes(api, deps, kept);
  annotationRoutes(api, deps);
  forecastRoutes(api, deps, kept);
  controlRoutes(api, deps, kept);
  priorityRoutes(api, deps, kept);
  deflectionRoutes(api, deps, kept);
  ticketRoutes(api, deps);
  statementRoutes(api, deps);
  channelRoutes(api, deps);
  alertRoutes(api, deps);
  surveillanceRoutes(api, deps);
  settingsRoutes(api, deps);
  api.use(noSuchEndpoint);
  return api;
}
