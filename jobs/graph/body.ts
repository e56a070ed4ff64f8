import { GraphFailure } from './errors.ts';

/**
 * Reads a body to its end, but no further than `bytesMax` bytes after decompression:
 * 200 kB of gzip can hold 200 MB. What is over the limit is never fetched.
 */
export async function readCapped(response: Response, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > bytesMax) {
      await reader.cancel();
      throw tooLarge(`more than ${bytesMax} bytes`, response.status);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, bytes);
}

/**
 * The JSON object in a body. Throws a SyntaxError for anything else: a body that was cut
 * short is reported by nobody else, as fetch calls it complete.
 */
export function jsonObject(body: Buffer, depthMax: number): Record<string, unknown> {
  if (nestsDeeper(body, depthMax)) throw tooLarge(`nested deeper than ${depthMax}`, null);
  const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SyntaxError('not a JSON object');
  }
  return parsed as Record<string, unknown>;
}

/** The beginning of a body, for a log, without its content: letters become `a`, digits `0`. */
export function maskedExcerpt(body: Buffer): string {
  const text = body.subarray(0, 200).toString('utf8');
  return text.replace(/\p{L}/gu, 'a').replace(/\p{N}/gu, '0').replace(/\p{C}/gu, ' ');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
// `[` and `{` differ in one bit, `]` and `}` in the same.
const BRACE_BIT = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Looks at brackets only, so that nothing deep is ever built. Costs about as much as JSON.parse, 1 ms a page. */
function nestsDeeper(json: Buffer, depthMax: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) at = endOfString(json, at);
    else if ((byte | BRACE_BIT) === OPEN) {
      depth += 1;
      if (depth > depthMax) return true;
    } else if ((byte | BRACE_BIT) === CLOSE) depth -= 1;
  }
  return false;
}

function endOfString(json: Buffer, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

function tooLarge(what: string, status: number | null): GraphFailure {
  const message = `An answer from Microsoft Graph is too large to be one (${what}); it was not read.`;
  return new GraphFailure('too_large', message, { status });
}
