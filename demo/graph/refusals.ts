import type { FaultName, RouteName } from '../faults.ts';
import type { GraphFailure } from './errors.ts';
import {
  CANNOT_EXPAND,
  NO_AUDIT_PERMISSION,
  NOT_LICENSED,
  NOT_PERMITTED,
  serverTrouble,
  TENANT_UNKNOWN,
  throttled,
  unauthenticated,
} from './errors.ts';

const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1760000000"}}}';

/** The refusal that `fault` stands for; null for faults that are none. `now` is UTC ms. */
export function refusalOf(
  fault: FaultName,
  { route, now, retryAfterSeconds }: { route: RouteName; now: number; retryAfterSeconds: number },
): GraphFailure | null {
  if (/^50\d/.test(fault)) return serverTrouble(Number(fault.slice(0, 3)));
  switch (fault) {
    case '429-seconds':
      return throttled(String(retryAfterSeconds));
    case '429-fraction':
      return throttled((retryAfterSeconds * 0.3 + 0.028).toFixed(3));
    case '429-date':
      return throttled(new Date(now + retryAfterSeconds * 1000).toUTCString());
    case '429-zero':
      return throttled('0');
    case '429-negative':
      return throttled('-5');
    case '429-huge':
      return throttled('1000000000');
    case '429-garbage':
      return throttled('soon');
    case '429-none':
      return throttled(null);
    case 'token-expired':
      return unauthenticated('Lifetime validation failed, the token is expired.', CLAIMS);
    case 'expired-skiptoken':
      return { status: 400, code: skipTokenCode(route), message: 'The page token has expired.' };
    case 'expired-skiptoken-410':
      return { status: 410, code: 'InvalidToken', message: 'The page token is no longer valid.' };
    case 'no-sign-in-activity':
      return NO_AUDIT_PERMISSION;
    case 'no-sign-in-licence':
    case 'licence-403':
      return NOT_LICENSED;
    case 'permission-403':
      return NOT_PERMITTED;
    case 'no-manager':
      return CANNOT_EXPAND;
    case 'tenant-404':
      return TENANT_UNKNOWN;
    case 'partial-dies':
      return serverTrouble(503);
    default:
      return null;
  }
}

/** The directory has a code of its own for page tokens that have expired. */
function skipTokenCode(route: RouteName): string {
  return route === 'people' ? 'Directory_ExpiredPageToken' : 'InvalidToken';
}
