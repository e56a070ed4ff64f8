import type { Request, RequestHandler } from 'express';
import helmet from 'helmet';
import { AppError } from './errors.ts';

// What Svelte and Chart.js need and nothing else; `svelte-trusted-html` is Svelte's own policy.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/** Headers that bind the browser. HSTS only where the page is reached by https. */
export function securityHeaders(https: boolean): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: false, // set below, as one text
      strictTransportSecurity: https,
      referrerPolicy: { policy: 'no-referrer' },
      frameguard: { action: 'deny' },
    }),
    (_req, res, next) => {
      res.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
      next();
    },
  ];
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Refuses requests meant for another host: a foreign site whose name was pointed at
 * this machine (DNS rebinding) would otherwise count as the same origin.
 */
export function ownHost(publicUrl: string | null): RequestHandler {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host;
  return ({ headers: { host = '' } }, _res, next) => {
    if (!LOOPBACK.test(host) && host.toLowerCase() !== publicHost)
      throw new AppError('forbidden', 'This server does not answer under this host name.');
    next();
  };
}

/** Refuses addresses that cannot be decoded, and zero bytes, which PostgreSQL does not store. */
export const readableUrl: RequestHandler = ({ url }, _res, next) => {
  if (decoded(url)?.includes('\0') !== false)
    throw new AppError('invalid', 'The address cannot be read: it is not correctly encoded.');
  next();
};

function decoded(url: string): string | null {
  try {
    return decodeURIComponent(url);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/**
 * Refuses changes that another site could have asked the browser for (CSRF). A
 * browser says where a request comes from by Sec-Fetch-Site, an old one by Origin;
 * what says neither has to bring the token itself.
 */
export const sameSiteChanges: RequestHandler = (req, _res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  const { origin, 'sec-fetch-site': site } = req.headers;
  const known = site === 'same-origin' || site === 'none';
  if (site !== undefined && !known) throw foreign();
  if (origin !== undefined && !isOwn(origin, req)) throw foreign();
  if (!known && origin === undefined && !bringsToken(req)) throw foreign();
  if (hasBody(req) && !req.is('application/json') && !isFile(req))
    throw new AppError('invalid', 'The body must be JSON, of type application/json.');
  next();
};

const foreign = () => new AppError('forbidden', 'Changes are accepted from this page only.');

// Signing in brings the token in the body: a site that knows it needs no trick.
function bringsToken(req: Request): boolean {
  return (
    req.headers.authorization !== undefined || (req.method === 'POST' && req.path === '/session')
  );
}

/** The one request that brings a file. A page of another site has to ask before it may send one, as with JSON. */
function isFile(req: Request): boolean {
  return req.method === 'POST' && req.path === '/tickets' && req.is('text/csv') !== false;
}

function isOwn(origin: string, req: Request): boolean {
  return URL.parse(origin)?.host === req.headers.host?.toLowerCase();
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
