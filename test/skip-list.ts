import { z } from 'zod';
import skips from './skips.json' with { type: 'json' };

/** Why a test may be skipped: what it needs is not part of the checkout and not to be had from npm. */
export const REASONS = [
  'sample files not beside the checkout',
  'external vectors not beside the checkout',
  'no PostgreSQL binaries',
] as const;

const SkipList = z.array(z.strictObject({ test: z.string().min(1), reason: z.enum(REASONS) }));

/** Tests that may be skipped, by a part of their full name (`describe > test`). */
export const SKIPS = SkipList.parse(skips);

/** The names among `skipped` that are not on the list. */
export function unlisted(skipped: string[], list = SKIPS): string[] {
  return skipped.filter((name) => !list.some(({ test }) => name.includes(test)));
}
