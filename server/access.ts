import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'access-token';
/** A file with less was cut off while it was written. */
const TOKEN_LENGTH_MIN = 16;

const FAILURES_MAX = 10;
const FAILURES_WITHIN_MS = 60_000;

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** 256 random bits, fit for a URL and a header. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/**
 * The access token kept in `directory`, made at the first start. It is kept, so
 * that the address people have opened once still works after a restart. The file
 * can be read by its owner alone.
 */
export function keptToken(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, FILE);
  const kept = readIfThere(file);
  if (kept.length >= TOKEN_LENGTH_MIN) {
    chmodSync(file, 0o600);
    return kept;
  }
  const token = randomToken();
  writeFileSync(file, `${token}\n`, { mode: 0o600, flush: true });
  chmodSync(file, 0o600);
  return token;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export type Verdict = 'accepted' | 'wrong' | 'too_many';

/** Whether a token that somebody presents is the access token. */
export type Access = (presented: string, now: number) => Verdict;

/**
 * Compares in constant time. After ten different wrong tokens within a minute
 * every one is `too_many` until the minute is over, the right one too: else the
 * limit would not stop guessing. A client that repeats an old token counts once,
 * so it locks nobody out; sessions are not concerned.
 */
export function accessBy(token: string): Access {
  const right = sha256(token);
  const wrong = new Map<string, number>();
  return (presented, now) => {
    for (const [hash, at] of wrong) if (now - at >= FAILURES_WITHIN_MS) wrong.delete(hash);
    if (wrong.size >= FAILURES_MAX) return 'too_many';
    const hash = sha256(presented);
    if (timingSafeEqual(hash, right)) return 'accepted';
    wrong.set(hash.toString('hex'), now);
    return 'wrong';
  };
}
