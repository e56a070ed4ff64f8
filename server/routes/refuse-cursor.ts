import { BadCursor } from '../../db/queries/people-cursor.ts';
import { AppError } from '../errors.ts';

/** Makes a cursor that a list has not given a mistake of the request; throws anything else as it is. */
export function refuseCursor(error: unknown): never {
  if (error instanceof BadCursor)
    throw new AppError('invalid', 'cursor: is not one that this list has given', { cause: error });
  throw error;
}
