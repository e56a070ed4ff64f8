const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
// Most ids are in lower case already, which this finds out ten times as fast.
const UPPER_HEX = /[A-F]/;
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

const DOUBTFUL = /[\0\uD800-\uDFFF]/;

/** The text as both databases take it: PostgreSQL refuses U+0000 and halves of surrogate pairs. */
export function storable(text: string): string {
  return DOUBTFUL.test(text) ? text.toWellFormed().replaceAll('\0', '\uFFFD') : text;
}

/** An id in the spelling we compare by: GUIDs in lower case, as Graph's services do not agree; others verbatim. */
export function comparableId(id: string): string {
  return UPPER_HEX.test(id) && GUID.test(id) ? id.toLowerCase() : id;
}

/** As `comparableId`; null for the ways in which Graph says that there is none: missing, empty, all zeros. */
export function comparableIdOrNull(id: string | null): string | null {
  return id === null || id.trim() === '' || id === ZERO_GUID ? null : comparableId(id);
}

/** Trimmed, otherwise verbatim; null where missing, empty or blank. */
export function trimmedOrNull(text: string | null): string | null {
  return text?.trim() || null;
}
