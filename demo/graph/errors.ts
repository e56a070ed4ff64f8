/** An answer of the made-up Graph that is not a 200. */
export interface GraphFailure {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

export function isFailure(answer: object): answer is GraphFailure {
  return 'status' in answer && 'code' in answer;
}

/**
 * The envelope of an error. `innerError.date` carries no zone although it is UTC, as Graph's does not;
 * the throttling answer nests a second message, as in Microsoft's own sample.
 */
export function errorBody(
  { status, code, message }: GraphFailure,
  request: { now: number; requestId: string; clientRequestId: string },
): object {
  const date = new Date(request.now).toISOString().slice(0, 19);
  const ids = { 'request-id': request.requestId, 'client-request-id': request.clientRequestId };
  const nested = { code: '429', message: 'Please retry after', status: '429' };
  const innerError = status === 429 ? { ...nested, date, ...ids } : { date, ...ids };
  return { error: { code, message, innerError } };
}

export function badRequest(message: string): GraphFailure {
  return { status: 400, code: 'BadRequest', message };
}

export const INVALID_FILTER: GraphFailure = badRequest('Invalid filter clause');

export function unauthenticated(message: string, claims?: string): GraphFailure {
  const challenge = claims
    ? `Bearer realm="", authorization_uri="https://login.larkfield.example/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`
    : 'Bearer realm=""';
  return {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message,
    headers: { 'WWW-Authenticate': challenge },
  };
}

/** `retryAfter` is the header's text as it is, null for none. */
export function throttled(retryAfter: string | null): GraphFailure {
  return {
    status: 429,
    code: 'TooManyRequests',
    message: 'This request is throttled. Please try again after some time.',
    headers: retryAfter === null ? {} : { 'Retry-After': retryAfter },
  };
}

export const NOT_LICENSED: GraphFailure = {
  status: 403,
  code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  message: "Neither tenant is B2C or tenant doesn't have premium license",
};

export const NOT_PERMITTED: GraphFailure = {
  status: 403,
  code: 'Authorization_RequestDenied',
  message: 'Insufficient privileges to complete the operation.',
};

/** What is said where a property of a listing needs AuditLog.Read.All. */
export const NO_AUDIT_PERMISSION: GraphFailure = {
  status: 403,
  code: 'Authentication_MSGraphPermissionMissing',
  message: 'Calling principal does not have required MSGraph permissions AuditLog.Read.All',
};

export const CANNOT_EXPAND: GraphFailure = badRequest(
  "Parsing OData Select and Expand failed: Could not find a property named 'manager' on type 'microsoft.graph.user'.",
);

export const TENANT_UNKNOWN: GraphFailure = {
  status: 404,
  code: 'Request_ResourceNotFound',
  message: 'The specified tenant does not exist.',
};

/** Statuses of a server in trouble; the message of a 500 is empty, as it often is. */
export function serverTrouble(status: number): GraphFailure {
  const codes: Record<number, [string, string]> = {
    500: ['UnknownError', ''],
    502: ['BadGateway', 'Bad gateway.'],
    503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
    504: ['GatewayTimeout', 'The gateway did not get an answer in time.'],
  };
  const [code, message] = codes[status] ?? ['UnknownError', ''];
  return { status, code, message };
}
