import express, { type Express } from 'express';
import { answerErrors, noSuchEndpoint } from './answer-errors.ts';
import { apiRouter } from './api.ts';
import { ownHost, readableUrl, securityHeaders } from './guards.ts';
import { servePage } from './page-files.ts';
import type { ApiDeps } from './routes/deps.ts';

export interface AppDeps extends ApiDeps {
  /** Origin under which people reach the page; null: the address listened on. */
  publicUrl: string | null;
  /** Folder of the built page. */
  pageDirectory: string;
}

/** The whole HTTP surface, in the order in which a request meets it. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple'); // no nested objects out of a query string
  app.use(securityHeaders(deps.publicUrl?.startsWith('https:') ?? false));
  app.use(ownHost(deps.publicUrl));
  app.use(readableUrl);
  app.use('/api/v1', apiRouter(deps));
  app.use('/api', noSuchEndpoint);
  app.use(servePage(deps.pageDirectory));
  app.use(noSuchEndpoint);
  app.use(answerErrors(deps.log));
  return app;
}
