import { z } from 'zod';
import { BadCursor } from './people-cursor.ts';

/** Where in a list, newest first, a page ended. */
export interface TimePlace {
  /** UTC milliseconds. */
  at: number;
  id: string;
}

/** The end of the year 2999: no record is later. */
const LAST_AT = 32_503_680_000_000;
const Place = z.tuple([z.int().min(0).max(LAST_AT), z.string().refine((id) => !id.includes('\0'))]);

export function writeTimeCursor({ at, id }: TimePlace): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Throws BadCursor for a text that `writeTimeCursor` did not write. */
export function readTimeCursor(cursor: string): TimePlace {
  try {
    const [at, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at, id };
  } catch (cause) {
    throw new BadCursor('cursor is not one that this list gave', { cause });
  }
}
