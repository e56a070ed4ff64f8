import type { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { ErrorAnswer } from './contract/common.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { AppError, type ErrorCode } from './errors.ts';

const MEANINGS: Record<ErrorCode, string> = {
  invalid: 'A parameter or field does not fit; the message names it.',
  unauthorized: 'Not signed in.',
  forbidden: 'Asked under a foreign host name, or by another site.',
  not_found: 'There is no such thing.',
  conflict: 'Does not fit the state that things are in.',
  unavailable: 'Not now; Retry-After says when.',
};

/** The contract of the API as an OpenAPI 3.1 document, made from the schemas that are in use. */
export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of ENDPOINTS) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'deflectometer',
      version,
      description:
        'Times are ISO 8601 in UTC, days are calendar days in the time zone of the tenant. Unknown and repeated parameters are refused. A count that was not collected is null, never 0.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The access token.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'deflectometer',
          description:
            'Set by POST /session; the name goes on with the port, and begins with __Host- under https.',
        },
      },
    },
  });
}

function operationOf(endpoint: Endpoint) {
  const { query, headers, pathParameters, body, answer, summary } = endpoint;
  const { mediaType = 'application/json', bodyType = 'application/json' } = endpoint;
  return {
    operationId: operationId(endpoint),
    summary,
    ...(endpoint.open ? { security: [] } : {}),
    requestParams: {
      ...(query ? { query } : {}),
      ...(headers ? { header: headers } : {}),
      ...(pathParameters ? { path: pathParameters } : {}),
    },
    ...(body ? { requestBody: { required: true, content: { [bodyType]: { schema: body } } } } : {}),
    responses: {
      200: { description: 'The answer.', content: { [mediaType]: { schema: answer } } },
      ...Object.fromEntries(
        errorsOf(endpoint).map((code) => [statusOf(code), errorAnswer(MEANINGS[code])]),
      ),
      500: errorAnswer('A bug; the log says what.'),
    },
  };
}

/** `GET /registration/by/{dimension}` becomes `getRegistrationByDimension`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[^a-z]+/i).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function errorsOf({ open, errors = [] }: Endpoint): ErrorCode[] {
  const signIn: ErrorCode[] = open ? [] : ['unauthorized', 'unavailable'];
  return [...new Set<ErrorCode>(['invalid', 'forbidden', ...signIn, ...errors])];
}

const statusOf = (code: ErrorCode) => new AppError(code, '').status;

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

const errorAnswer = (description: string) => ({ description, content: json(ErrorAnswer) });
