import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, RequestHandler } from 'express';
import type { Store } from '../db/store-types.ts';
import { type KeptAnswer, keptAnswers } from './kept-answers.ts';

const MOST_BYTES = 32 * 1024 * 1024;
/** A smaller answer fits into one packet as it is. */
const GZIP_FROM_BYTES = 1000;

/** Makes an endpoint of what answers it: the value is sent as JSON, and kept; an error is not. */
export type Kept = (answer: (req: Request) => Promise<object>) => RequestHandler;

/**
 * Keeps answers as bytes until something is committed. Asked again, neither the
 * database nor JSON is touched, not even for a 304. Without a version of the
 * database nothing is kept.
 *
 * Only for endpoints that hold no names of people and follow from the address and
 * the database alone: not from the clock, nor from who asks, as all who are signed
 * in share the answers. Whether somebody is signed in is asked before.
 */
export function responseCache(store: Pick<Store, 'version'>, mostBytes = MOST_BYTES): Kept {
  const answers = keptAnswers(mostBytes);
  return (answer) => async (req, res) => {
    // Read before the first query: what is committed meanwhile can make an answer newer than its version, never older.
    const version = store.version();
    if (version === null) return void res.json(await answer(req));
    const place = { version, key: keyOf(req) };
    const kept = answers.find(place) ?? answers.keep(place, asBytes(await answer(req)));
    res.set({ 'Content-Type': 'application/json; charset=utf-8', ETag: kept.etag });
    res.vary('Accept-Encoding');
    if (req.fresh || !wantsGzip(req, kept)) return void res.send(kept.body);
    const { gzip } = kept.gzip ? kept : answers.keep(place, await withGzip(kept));
    res.set('Content-Encoding', 'gzip').send(gzip);
  };
}

/** The same for all spellings that an endpoint reads alike: parameters are decoded and in order. */
function keyOf({ path, query }: Request): string {
  const parameters = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${path}?${JSON.stringify(parameters)}`;
}

function asBytes(answer: object): KeptAnswer {
  const body = Buffer.from(JSON.stringify(answer));
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { etag: `W/"${hash}"`, body, gzip: null }; // weak: one for both encodings
}

function wantsGzip(req: Request, { body }: KeptAnswer): boolean {
  return body.length > GZIP_FROM_BYTES && req.acceptsEncodings('gzip') === 'gzip';
}

const compressed = promisify(gzip); // in a thread of Node's own, so that nobody else waits for it

async function withGzip(kept: KeptAnswer): Promise<KeptAnswer> {
  return { ...kept, gzip: await compressed(kept.body) };
}
