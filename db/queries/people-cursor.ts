import { z } from 'zod';

export type PeopleSort = 'name' | 'priority';

/** Where in the order of the list a page ended. */
export interface CursorPlace {
  /** `person.call_order`; only of the order by priority. */
  callOrder?: number | undefined;
  sortName: string;
  /** Object id. */
  id: string;
}

/** What was sent as a cursor is not one of ours. */
export class BadCursor extends Error {
  override name = 'BadCursor';
}

const PLACES = {
  name: z.tuple([z.string(), z.string()]),
  priority: z.tuple([z.string(), z.string(), z.int()]),
};

export function writeCursor(sort: PeopleSort, { sortName, id, callOrder = 0 }: CursorPlace) {
  const place = sort === 'name' ? [sortName, id] : [sortName, id, callOrder];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws BadCursor for a text that `writeCursor` did not write for this order. */
export function readCursor(sort: PeopleSort, cursor: string): CursorPlace {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [sortName, id, callOrder] = PLACES[sort].parse(JSON.parse(text));
    return { sortName, id, callOrder };
  } catch (cause) {
    throw new BadCursor('cursor is not one that this list gave', { cause });
  }
}
