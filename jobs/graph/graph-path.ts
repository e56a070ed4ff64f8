/** The query options we use. Values are given as they are meant, not encoded. */
export interface GraphQuery {
  filter?: string;
  select?: readonly string[];
  expand?: string;
  orderby?: string;
  top?: number;
}

/**
 * A path with its query, encoded. The SDK encodes nothing: it would send `+` as a blank,
 * cut the query at `&` and the whole URL at `#`.
 */
export function graphPath(
  path: string,
  { filter, select, expand, orderby, top }: GraphQuery = {},
): string {
  const options: [string, string | undefined][] = [
    ['$filter', filter],
    ['$select', select?.join(',')],
    ['$expand', expand],
    ['$orderby', orderby],
    ['$top', top?.toString()],
  ];
  const query = options
    .filter((option): option is [string, string] => option[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}

/** A text as OData writes it in a filter. */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An instant (UTC milliseconds) as OData writes it, ending in Z: an offset's `+` is a trap. */
export function odataInstant(at: number): string {
  return new Date(at).toISOString();
}
