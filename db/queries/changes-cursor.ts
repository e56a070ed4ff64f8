import { z } from 'zod';
import { BadCursor } from './people-cursor.ts';

/** Where in the order of changes (newest snapshot first, then our number of the person) a page ended. */
export interface ChangePlace {
  snapshotId: number;
  personId: number;
}

const Place = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

export function writeChangesCursor({ snapshotId, personId }: ChangePlace): string {
  return Buffer.from(JSON.stringify([snapshotId, personId])).toString('base64url');
}

/** Throws BadCursor for a text that `writeChangesCursor` did not write. */
export function readChangesCursor(cursor: string): ChangePlace {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [snapshotId, personId] = Place.parse(JSON.parse(text));
    return { snapshotId, personId };
  } catch (cause) {
    throw new BadCursor('cursor is not one that this list gave', { cause });
  }
}
