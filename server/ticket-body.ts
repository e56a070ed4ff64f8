import { type Request, type RequestHandler, raw } from 'express';
import type { TicketFileQuestion } from '../db/store/read-ticket-file.ts';
import { dayCutter } from '../domain/day.ts';
import { AuthorText } from './contract/common.ts';
import { TicketMapping, type TicketsQuery } from './contract/tickets.ts';
import { AppError } from './errors.ts';

const MOST_MB = 64;

const readFile = raw({ type: 'text/csv', limit: `${MOST_MB}mb` });

/** Takes a file of tickets as the body; AppError `invalid`, in a sentence, where it is too large. */
export const fileBody: RequestHandler = (req, res, next) =>
  readFile(req, res, (error?: unknown) => {
    const isTooLarge =
      error instanceof Error && 'type' in error && error.type === 'entity.too.large';
    next(
      isTooLarge
        ? new AppError(
            'invalid',
            `The file is larger than ${MOST_MB} MB. Export fewer months or columns at once.`,
          )
        : error,
    );
  });

/** The file that a request brings and what it says about it; AppError `invalid` where that does not fit. */
export function fileOf(
  req: Request,
  query: TicketsQuery,
  { timeZone, now }: { timeZone: string; now: number },
): TicketFileQuestion {
  const body: unknown = req.body;
  if (!Buffer.isBuffer(body))
    throw new AppError('invalid', 'The body must be the file itself, of type text/csv.');
  const { first, last } = query;
  if (first && last && first > last)
    throw new AppError('invalid', 'last: must not come before first');
  const cutter = dayCutter(timeZone);
  const today = cutter.dayOf(now);
  return {
    bytes: () => pieces(body),
    mapping: mappingOf(query.mapping),
    first,
    last,
    cutter,
    today,
  };
}

/** Who imports, as the header `Author` says, URI-encoded; AppError `invalid` where it is missing or does not fit. */
export function authorOf(req: Request): string {
  const header = req.get('Author');
  if (header === undefined)
    throw new AppError(
      'invalid',
      'author: is required to import, as the header Author, URI-encoded',
    );
  const parsed = AuthorText.safeParse(uriDecoded(header));
  if (!parsed.success)
    throw new AppError(
      'invalid',
      parsed.error.issues.map(({ message }) => `author: ${message}`).join('; '),
    );
  if (parsed.data.includes('\0'))
    throw new AppError('invalid', 'author: must not hold a zero byte');
  return parsed.data;
}

function uriDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError)
      throw new AppError('invalid', 'author: the header Author must be URI-encoded UTF-8', {
        cause: error,
      });
    throw error;
  }
}

/** A part of a file at a time, so that others get their turn between two. */
function* pieces(body: Buffer): Generator<Buffer> {
  const SIZE = 64 * 1024;
  for (let from = 0; from < body.length; from += SIZE) yield body.subarray(from, from + SIZE);
}

function mappingOf(text: string | undefined): TicketMapping {
  if (text === undefined) return {};
  const parsed = TicketMapping.safeParse(fromJson(text));
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(
      ({ path, message }) =>
        `mapping${path.map((part) => `.${String(part)}`).join('')}: ${message}`,
    );
    throw new AppError('invalid', complaints.join('; '));
  }
  const texts = Object.values(parsed.data)
    .flat()
    .filter((one) => one !== undefined);
  // PostgreSQL stores neither zero bytes nor halves of characters.
  if (!texts.every((one) => one.isWellFormed() && !one.includes('\0')))
    throw new AppError('invalid', 'mapping: must be whole characters');
  return parsed.data;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError('invalid', 'mapping: must be JSON');
    throw error;
  }
}
