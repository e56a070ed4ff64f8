import { parseRegistrationDetails } from '../../jobs/graph/registration-details.ts';
import { type Listing, pagesOf } from '../pages.ts';

export interface ParseOnlyInput {
  folder: string;
  listing: Listing;
  pages: number;
  /** Also by the product's own parser. */
  parsed: boolean;
}

/**
 * The floor of every ingest: reads the pages one at a time, decodes them and
 * JSON.parses them, and keeps nothing.
 */
export function parseOnly({ folder, listing, pages, parsed }: ParseOnlyInput) {
  const startedAt = performance.now();
  let received = 0;
  let readable = 0;
  let bytes = 0;
  for (const page of pagesOf(folder, listing, pages)) {
    bytes += page.length;
    const { value } = JSON.parse(page.toString('utf8')) as { value: unknown[] };
    received += value.length;
    if (parsed) for (const record of value) if (parseRegistrationDetails(record).ok) readable += 1;
  }
  return { tookMs: performance.now() - startedAt, received, readable, bytes };
}
