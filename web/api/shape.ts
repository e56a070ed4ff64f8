/** The part of JSON Schema that our contracts need to describe an answer. */
export interface Shape {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
  properties?: Record<string, Shape>;
  required?: string[];
  /** Of an object with free names. */
  additionalProperties?: Shape | false;
  items?: Shape;
  enum?: unknown[];
  anyOf?: Shape[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

/**
 * Where `value` does not have the shape: the path to the first place, `people.3.id`; null: it fits everywhere.
 * Fields nobody knows are let through, as the contracts do.
 */
export function misfit(value: unknown, shape: Shape, path = 'answer'): string | null {
  if (shape.anyOf) {
    const misfits = shape.anyOf.map((one) => misfit(value, one, path));
    // The deepest place is where the alternative that was meant went wrong.
    return misfits.includes(null) ? null : longest(misfits);
  }
  if (shape.enum) return shape.enum.includes(value) ? null : path;
  if (!isOfType(value, shape)) return path;
  if (Array.isArray(value)) return first(value, (one, i) => itemMisfit(one, shape, `${path}.${i}`));
  return typeof value === 'object' && value !== null ? fieldMisfit(value, shape, path) : null;
}

function isOfType(value: unknown, { type, pattern, minimum, maximum }: Shape): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer' && !Number.isSafeInteger(value)) return false;
  if (type === 'integer' || type === 'number') {
    if (typeof value !== 'number') return false;
    return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
  }
  if (type === 'string') {
    return typeof value === 'string' && (pattern === undefined || new RegExp(pattern).test(value));
  }
  return type === undefined || typeof value === type;
}

function itemMisfit(value: unknown, { items }: Shape, path: string): string | null {
  return items ? misfit(value, items, path) : null;
}

function fieldMisfit(value: object, shape: Shape, path: string): string | null {
  const fields = new Map(Object.entries(value));
  const missing = shape.required?.find((name) => !fields.has(name));
  if (missing !== undefined) return `${path}.${missing}`;
  return first([...fields], ([name, field]) => {
    const known = shape.properties?.[name] ?? (shape.additionalProperties || undefined);
    return known ? misfit(field, known, `${path}.${name}`) : null;
  });
}

function first<T>(all: T[], misfitOf: (one: T, index: number) => string | null): string | null {
  for (const [index, one] of all.entries()) {
    const found = misfitOf(one, index);
    if (found !== null) return found;
  }
  return null;
}

const longest = (texts: (string | null)[]) =>
  texts.reduce((a, b) => ((b?.length ?? 0) > (a?.length ?? 0) ? b : a));
