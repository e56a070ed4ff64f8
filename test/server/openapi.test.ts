import { describe, expect, test } from 'vitest';
import { apiRouter } from '../../server/api.ts';
import { ENDPOINTS } from '../../server/endpoints.ts';
import { openApiDocument } from '../../server/openapi.ts';
import { serve, testOut } from '../build/server.ts';

const PERIOD = 'first=2026-03-01&last=2026-03-02';

/** A query that each endpoint with required parameters accepts. */
const QUERIES: Record<string, string> = {
  '/annotations': PERIOD,
  '/deflection': PERIOD,
  '/deflection/trend': PERIOD,
  '/registration/at-risk': 'date=2027-02-01',
  '/registration/changes': `${PERIOD}&move=lost`,
  '/registration/coverage': PERIOD,
  '/registration/methods/trend': PERIOD,
  '/registration/moves': PERIOD,
  '/resets/admin-resets': PERIOD,
  '/resets/funnel': PERIOD,
  '/resets/hours': PERIOD,
  '/resets/incidents': PERIOD,
  '/resets/methods': PERIOD,
  '/resets/reasons': PERIOD,
  '/resets/summary': PERIOD,
  '/resets/times': PERIOD,
  '/resets/trend': `${PERIOD}&bucket=day`,
  '/resets/writeback': PERIOD,
  '/verification/failures': `${PERIOD}&bucket=hour`,
  '/verification/list': PERIOD,
};

/** A path with something in the place of each of its parts: a dimension there is, and nobody's id. */
const withParts = (path: string) => path.replace('{dimension}', 'admin').replace('{id}', '1');

interface Layer {
  route?: { path: string; stack: { method?: string }[] };
}

/** `get /people/{id}` for every route of the API router. */
async function routesOfTheApp(): Promise<string[]> {
  let stack: Layer[] = [];
  const { store } = await serve();
  const deny = () => undefined;
  stack = apiRouter({
    store,
    signIn: { required: deny, isSignedIn: () => false, signIn: deny, signOut: deny },
    timeZone: 'UTC',
    sample: true,
    adminCentre: 'https://entra.microsoft.com',
    version: '0',
    now: () => 0,
    log: { info: deny, warn: deny, error: deny },
    healthy: () => true,
    settingsChanged: deny,
    out: testOut(),
  }).stack as Layer[];
  return stack.flatMap(({ route }) => {
    if (!route) return [];
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const methods = new Set(route.stack.map(({ method }) => method));
    return [...methods].map((method) => `${method} ${path}`);
  });
}

const document = openApiDocument('1.2.3');

const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods ?? {}).map(([method, operation]) => ({
    name: `${method} ${path}`,
    operation,
  })),
);

describe('the OpenAPI document', () => {
  test('is served as it is made from the contract', async () => {
    const { askSignedIn } = await serve();

    const { status, body } = await askSignedIn('/api/v1/openapi.json');

    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
    expect(body).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  });

  test('has every endpoint of the app, and no other', async () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(
      (await routesOfTheApp()).toSorted(),
    );
  });

  test('refers to nothing that it does not hold', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];

    expect(references.length).toBeGreaterThan(20);
    expect(text.match(/"\$ref"/g)).toHaveLength(references.length);
    for (const [, name = ''] of references)
      expect(document.components?.schemas).toHaveProperty(name);
  });

  test('says of every endpoint who may ask, what is answered, and how it is refused', () => {
    expect(document.components?.securitySchemes).toHaveProperty('token');
    for (const { name, operation } of operations) {
      const { summary, security, responses } = operation as {
        summary?: string;
        security?: object[];
        responses: object;
      };
      expect([name, summary]).toEqual([name, expect.stringMatching(/\.$/)]);
      const open = /\/(health|session)$/.test(name);
      expect([name, security]).toEqual([name, open ? [] : undefined]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '403', '500']));
      expect(Object.keys(responses).includes('401')).toBe(!open || name === 'post /session');
    }
  });

  test('says that a file of tickets is sent as it is', () => {
    expect(document.paths?.['/tickets']?.post?.requestBody).toMatchObject({
      required: true,
      content: { 'text/csv': { schema: { type: 'string' } } },
    });
    expect(document.paths?.['/tickets']?.post?.parameters).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Author', in: 'header' })]),
    );
  });

  test('describes parameters as they are sent: texts, with the allowed ones', () => {
    const parameters = Object.fromEntries(
      operations.map(({ name, operation }) => [
        name,
        (operation as { parameters?: object }).parameters,
      ]),
    );

    expect(parameters['get /people']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'capable',
          in: 'query',
          schema: { type: 'string', enum: ['true', 'false'] },
        }),
        expect.objectContaining({
          name: 'limit',
          schema: expect.objectContaining({
            type: 'integer',
            minimum: 1,
            maximum: 200,
            default: 50,
          }),
        }),
      ]),
    );
    expect(parameters['get /registration/coverage']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'first', in: 'query', required: true }),
      ]),
    );
    expect(parameters['get /people/{id}']).toEqual([
      expect.objectContaining({ name: 'id', in: 'path', required: true }),
    ]);
  });
});

describe('what is documented is what happens', () => {
  const reads = ENDPOINTS.filter(({ method }) => method === 'get');

  test.each(reads.map((endpoint) => [endpoint.path, endpoint] as const))(
    'an empty database answers %s by its schema',
    async (path, { answer, mediaType }) => {
      const { askSignedIn } = await serve();
      const query = QUERIES[path] ? `?${QUERIES[path]}` : '';

      const { status, body, text } = await askSignedIn(`/api/v1${withParts(path)}${query}`);

      if (path.includes('{id}')) expect(status).toBe(404);
      else {
        const answered = mediaType === 'text/csv' ? text : body;
        expect([status, answer.safeParse(answered).error?.message]).toEqual([200, undefined]);
      }
    },
  );

  test.each(reads.map(({ path, query }) => [path, query] as const))(
    '%s takes the parameters it documents and no others',
    async (path, query) => {
      const { askSignedIn } = await serve();
      const where = `/api/v1${withParts(path)}`;
      const names = Object.keys(query?.shape ?? {});

      const unknown = await askSignedIn(`${where}?${QUERIES[path] ?? ''}&no-such-parameter=1`);
      const known = await askSignedIn(`${where}?${names.map((name) => `${name}=~`).join('&')}`);

      expect(unknown).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining('no-such-parameter') } },
      });
      expect(known.text).not.toContain('unknown parameter');
    },
  );
});
