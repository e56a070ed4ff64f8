import { storable } from './text.ts';

/** A record as our row, or why it cannot be one: the field and what is wrong with it, never its value. */
export type Parsed<Row> = { ok: true; row: Row } | { ok: false; reason: string };

/** A record as Graph sent it: any field may be missing, null or of another type. */
export type Fields = Readonly<Record<string, unknown>>;

const TEXT_LENGTH_MAX = 2_000;
const LIST_LENGTH_MAX = 200;

/** Why a record is refused. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The refusal of a field that has the right type and still cannot be used. */
export function refusal(field: string, what: string): Error {
  return new Refusal(`${field}: ${what}`);
}

/**
 * Reads `record` by `toRow`, made of the readers below, and says why where it is refused.
 *
 * Checks by hand, not by a schema: a million people are a thousand pages, and a schema of
 * their shape took one to five times as long as JSON.parse itself; these take about half.
 */
export function parsedAs<Row>(record: unknown, toRow: (fields: Fields) => Row): Parsed<Row> {
  try {
    return { ok: true, row: toRow(fieldsOf('record', record)) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message };
    throw error;
  }
}

/** An object that must be there. */
export function fieldsOf(field: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(field, 'not an object');
  }
  return value as Fields;
}

/** An object; null where it is missing. */
export function optionalFields(field: string, value: unknown): Fields | null {
  return value === undefined || value === null ? null : fieldsOf(field, value);
}

/** A text that must be there and say something. */
export function requiredText(field: string, value: unknown): string {
  const text = optionalText(field, value);
  if (text === null) throw refusal(field, 'missing');
  if (text === '') throw refusal(field, 'empty');
  return text;
}

/** A text, storable in both databases; null where it is missing. */
export function optionalText(field: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw refusal(field, 'not a string');
  if (value.length > TEXT_LENGTH_MAX) throw refusal(field, 'too long');
  return storable(value);
}

/** A flag; null where it is missing. */
export function optionalFlag(field: string, value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw refusal(field, 'not a boolean');
  return value;
}

/** A number; null where it is missing. */
export function optionalNumber(field: string, value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw refusal(field, 'not a number');
  return value;
}

/** A list; null where it is missing. */
export function optionalList(field: string, value: unknown): readonly unknown[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw refusal(field, 'not a list');
  return value;
}

/** A list of texts, all of them there; null where the list is missing. */
export function optionalTexts(field: string, value: unknown): string[] | null {
  const list = optionalList(field, value);
  if (list && list.length > LIST_LENGTH_MAX) throw refusal(field, 'too many');
  return (
    list?.map((entry) => {
      const text = optionalText(field, entry);
      if (text === null) throw refusal(field, 'not a list of strings');
      return text;
    }) ?? null
  );
}
