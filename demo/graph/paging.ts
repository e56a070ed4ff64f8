/** Where in a list a page starts. The text of it is opaque to clients: they send whole links back. */
export interface PagePlace {
  /** The list is served as it was at this instant (UTC ms), so that a walk sees one list. */
  asOf: number;
  offset: number;
  /** Number of the page, from 1. */
  page: number;
  /** Tells two links to the same place apart. */
  nonce: number;
}

export interface Page {
  context: string;
  records: readonly object[];
  /** The whole list that `records` was cut from. */
  list: readonly object[];
  place: PagePlace;
  size: number;
}

export function skipToken({ asOf, offset, page, nonce }: PagePlace): string {
  return Buffer.from([asOf, offset, page, nonce].join(';')).toString('base64url');
}

/** Null for a token that is not one of ours. */
export function placeOf(token: string | null, now: number): PagePlace | null {
  if (token === null) return { asOf: now, offset: 0, page: 1, nonce: 0 };
  const numbers = Buffer.from(token, 'base64url').toString().split(';').map(Number);
  const [asOf, offset, page, nonce] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isSafeInteger)) return null;
  return { asOf: asOf ?? 0, offset: offset ?? 0, page: page ?? 1, nonce: nonce ?? 0 };
}

export function cutPage(
  list: readonly object[],
  parts: { context: string; place: PagePlace; size: number },
): Page {
  const { offset } = parts.place;
  return { ...parts, list, records: list.slice(offset, offset + parts.size) };
}

/** The place after `page`, null at the end of the list. */
export function nextPlace({ place, size, list }: Page): PagePlace | null {
  const offset = place.offset + size;
  return offset < list.length ? { ...place, offset, page: place.page + 1 } : null;
}
