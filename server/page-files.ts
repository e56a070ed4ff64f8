import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import { AppError } from './errors.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const COMPRESSED_ALREADY = new Set(['.png', '.ico', '.woff2']);

interface PageFile {
  type: string;
  etag: string;
  cacheControl: string;
  body: Buffer;
  /** Null where compressing does not help. */
  gzip: Buffer | null;
}

/**
 * Serves the built page. Its files are read once, at start: no request reaches the
 * file system, and a page that is rebuilt meanwhile is never served half. Other
 * addresses without an extension are places within the page, so they get index.html.
 */
export function servePage(directory: string): RequestHandler {
  const files = readFiles(directory);
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    const path = decodeURIComponent(req.path);
    const file = files.get(path) ?? (extname(path) === '' ? files.get('/index.html') : undefined);
    if (!file) throw missing(files.size === 0);
    res.set({ 'Content-Type': file.type, 'Cache-Control': file.cacheControl, ETag: file.etag });
    res.vary('Accept-Encoding');
    if (file.gzip && req.acceptsEncodings('gzip') === 'gzip') {
      res.set('Content-Encoding', 'gzip').send(file.gzip);
    } else res.send(file.body);
  };
}

function missing(notBuilt: boolean): AppError {
  return notBuilt
    ? new AppError('unavailable', 'The page has not been built: run npm run build.')
    : new AppError('not_found', 'There is no such file.');
}

function readFiles(directory: string): Map<string, PageFile> {
  if (!existsSync(directory)) return new Map();
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const wanted = names.filter((name) => TYPES[extname(name)] && !name.startsWith('.'));
  return new Map(
    wanted.map((name) => [`/${name.split(sep).join('/')}`, pageFile(directory, name)]),
  );
}

function pageFile(directory: string, name: string): PageFile {
  const body = readFileSync(join(directory, name));
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `W/"${hash}"`, // weak: one for both encodings
    // Names under assets/ hold a hash of the content, so what they name never changes.
    cacheControl: name.startsWith('assets') ? 'public, max-age=31536000, immutable' : 'no-cache',
    body,
    gzip: COMPRESSED_ALREADY.has(extname(name)) ? null : gzipSync(body, { level: 9 }),
  };
}
