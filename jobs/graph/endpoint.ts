import { type GraphCloud, graphOrigin } from './clouds.ts';

/** Where Graph is asked: everything, the bearer token first of all, goes to this origin and no other. */
export interface GraphEndpoint {
  /** Scheme, host and port. */
  origin: string;
  /** Origin and path, without version and without a slash at its end. */
  base: string;
}

/** Whether a URL's host name can only be this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The endpoint of a cloud, or `endpoint` (GRAPH_ENDPOINT) where it is set. A slash or a
 * version at its end is tolerated.
 *
 * Throws a RangeError, whose message is for the admin, when it is no address that may
 * be given a token: `http:` is for loopback only.
 */
export function graphEndpoint(settings: {
  cloud: GraphCloud;
  endpoint: string | null;
}): GraphEndpoint {
  if (settings.endpoint === null) {
    const origin = graphOrigin(settings.cloud);
    return { origin, base: origin };
  }
  const url = URL.parse(settings.endpoint.trim());
  if (!url) throw new RangeError('GRAPH_ENDPOINT is not a URL.');
  refuseUnsafe(url);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(?:v1\.0|beta)$/, '');
  return { origin: url.origin, base: url.origin + path.replace(/\/+$/, '') };
}

function refuseUnsafe(url: URL): void {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new RangeError('GRAPH_ENDPOINT must begin with https:// (http:// only for loopback).');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new RangeError('GRAPH_ENDPOINT must be a plain base URL: no user, query or fragment.');
  }
}
