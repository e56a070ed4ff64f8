import { z } from 'zod';

/** Where in the order of the list a page ended. */
export interface CursorPlace {
  sortName: string;
  /** Object id. */
  id: string;
}

/** What was sent as a cursor is not one of ours. */
export class BadCursor extends Error {
  override name = 'BadCursor';
}

const Place = z.tuple([z.string(), z.string()]);

export function writeCursor({ sortName, id }: CursorPlace): string {
  return Buffer.from(JSON.stringify([sortName, id])).toString('base64url');
}

/** Throws BadCursor for a text that `writeCursor` did not write. */
export function readCursor(cursor: string): CursorPlace {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [sortName, id] = Place.parse(JSON.parse(text));
    return { sortName, id };
  } catch (cause) {
    throw new BadCursor('cursor is not one that this list gave', { cause });
  }
}
