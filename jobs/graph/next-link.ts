import { createHash } from 'node:crypto';
import type { GraphEndpoint } from './endpoint.ts';
import { GraphFailure } from './errors.ts';

/**
 * The address in a page's `@odata.nextLink`; null after the last page.
 *
 * It is opaque and used whole, but only if it is one of the configured origin: the
 * bearer token goes where it points. Throws `foreign_link` otherwise.
 */
export function nextLink(page: Record<string, unknown>, endpoint: GraphEndpoint): string | null {
  const link = page['@odata.nextLink'];
  return link === undefined || link === null ? null : ownAddress(link, endpoint);
}

/** `address` if it is one of the configured origin; throws `foreign_link` otherwise. */
export function ownAddress(address: unknown, endpoint: GraphEndpoint): string {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url && url.origin === endpoint.origin && !url.username && !url.password) return url.href;
  const where = url ? url.origin : 'something that is no address';
  throw new GraphFailure(
    'foreign_link',
    `A page points to ${where} instead of ${endpoint.origin} for the next one; nothing was asked there.`,
  );
}

/** Counts the pages of one listing and remembers their addresses, so that it must end. */
export interface PageGuard {
  /** Throws `runaway` for an address seen before, and for a page too many. */
  admit(address: string): void;
}

export function createPageGuard(pagesMax: number): PageGuard {
  // Hashes: an address with its skip token has up to 2 kB, and there may be 100,000.
  const seen = new Set<string>();
  return {
    admit(address) {
      const hash = createHash('sha256').update(address).digest('base64');
      if (seen.has(hash)) throw runaway('the same page for the second time');
      seen.add(hash);
      if (seen.size > pagesMax) throw runaway(`more than ${pagesMax} pages`);
    },
  };
}

function runaway(what: string): GraphFailure {
  return new GraphFailure('runaway', `Microsoft Graph offers ${what}; the listing was stopped.`);
}
