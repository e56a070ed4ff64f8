/**
 * `value` as canonical JSON: the same text for the same value, whatever the order in which it was put together.
 *
 * No blanks; keys in the order of their UTF-16 code units; numbers and strings as JSON.stringify writes them. That is
 * RFC 8785 (JSON Canonicalization Scheme), so that others can check it. A key without a value is left out. Throws a
 * TypeError for what JSON cannot say: NaN, infinity, a function, a missing element of a list, an object with a class.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string')
    return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (isPlain(value)) return `{${members(value).join(',')}}`;
  throw new TypeError(`JSON cannot say a ${nameOf(value)}.`);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`JSON cannot say ${value}.`);
  return JSON.stringify(value); // -0 becomes 0
}

function members(record: Record<string, unknown>): string[] {
  return Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}
