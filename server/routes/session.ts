import { json, type Router } from 'express';
import type { HealthResponse } from '../contract/collection.ts';
import { SessionRequest, type SessionResponse } from '../contract/session.ts';
import { NoQuery, readBody, readQuery } from '../query.ts';
import { type ApiDeps, noStore } from './deps.ts';

/** The endpoints that need no sign-in. */
export function openRoutes(api: Router, { signIn, version, healthy }: ApiDeps): void {
  api.get('/health', (req, res) => {
    readQuery(req, NoQuery);
    const status = healthy() ? 'ok' : 'degraded';
    res.json({ status, version } satisfies HealthResponse);
  });

  api.get('/session', noStore, (req, res) => {
    readQuery(req, NoQuery);
    res.json({ signedIn: signIn.isSignedIn(req) } satisfies SessionResponse);
  });

  api.post('/session', noStore, json({ limit: '4kb' }), (req, res) => {
    readQuery(req, NoQuery);
    signIn.signIn(req, res, readBody(req, SessionRequest).token);
    res.json({ signedIn: true } satisfies SessionResponse);
  });

  api.delete('/session', noStore, (req, res) => {
    readQuery(req, NoQuery);
    signIn.signOut(req, res);
    res.json({ signedIn: false } satisfies SessionResponse);
  });
}
