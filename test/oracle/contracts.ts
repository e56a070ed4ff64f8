import { isDeepStrictEqual } from 'node:util';
import { ENDPOINTS, type Endpoint } from '../../server/endpoints.ts';

const PATTERNS = ENDPOINTS.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** The endpoint that answers `path` below /api/v1; one without a parameter in its path goes first. */
export function endpointOf(method: Endpoint['method'], path: string): Endpoint | undefined {
  const [bare = ''] = path.split('?');
  return PATTERNS.filter(({ endpoint }) => endpoint.method === method)
    .toSorted((a, b) => Number(a.endpoint.path !== bare) - Number(b.endpoint.path !== bare))
    .find(({ pattern }) => pattern.test(bare))?.endpoint;
}

/** How an answer breaks its contract: a field missing, of another kind, or one that no contract names. */
export function breachOf(method: Endpoint['method'], path: string, body: unknown): string | null {
  const endpoint = endpointOf(method, path);
  if (!endpoint) return `${method} ${path} is in no contract`;
  const parsed = endpoint.answer.safeParse(body);
  if (!parsed.success) return `${method} ${path}: ${parsed.error.message}`;
  // Parsing drops what the contract does not name, and keeps what it does.
  return isDeepStrictEqual(parsed.data, body) ? null : `${method} ${path} says more than it should`;
}
