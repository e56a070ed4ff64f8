import { afterEach, describe, expect, test } from 'vitest';
import type { GraphReader } from '../../../jobs/graph/client.ts';
import { graphPath } from '../../../jobs/graph/graph-path.ts';
import {
  type Answer,
  type FaultyGraph,
  faultyGraph,
  graphError,
  json,
  page,
  readerOn,
} from '../../build/faulty-graph.ts';

const opened: FaultyGraph[] = [];

async function graph(...answers: Answer[]): Promise<FaultyGraph> {
  const server = await faultyGraph(...answers);
  opened.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function recordsOf(reader: GraphReader, path = '/users'): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const { records: some } of reader.pages(path, { reports: false })) {
    records.push(...some);
  }
  return records;
}

describe('asking Graph', () => {
  test('asks below the version with the token, and answers with the body and Graph’s clock', async () => {
    const date = 'Sun, 22 Nov 2026 10:00:00 GMT';
    const { origin, requests } = await graph(json({ id: 'x' }, 200, { date }));
    const { reader } = readerOn(`${origin}/proxy/`);

    const answer = await reader.get('/organization', { reports: false });

    expect(answer).toEqual({ body: { id: 'x' }, serverTime: Date.parse(date) });
    expect(requests).toEqual([
      { url: '/proxy/v1.0/organization', authorization: 'Bearer secret-token' },
    ]);
  });

  test('sends +, &, # and blanks inside a filter as what they are', async () => {
    const { origin, requests } = await graph(page([]));
    const { reader } = readerOn(origin);
    const filter = "userPrincipalName eq 'a+b&c_d#EXT#@e f'";

    await recordsOf(reader, graphPath('/users', { filter, top: 5 }));

    const { searchParams } = new URL(requests[0]?.url ?? '', origin);
    expect(Object.fromEntries(searchParams)).toEqual({ $filter: filter, $top: '5' });
  });

  test('asks the beta version where a call wants it', async () => {
    const { origin, requests } = await graph(json({ id: 'x' }));
    const { reader } = readerOn(origin);

    await reader.get('/reports/x', { reports: true, version: 'beta' });

    expect(requests[0]?.url).toBe('/beta/reports/x');
  });

  test('counts attempts, 429s and retries', async () => {
    const { origin } = await graph(
      graphError(429, 'TooManyRequests', '', { 'retry-after': '7' }),
      graphError(503, 'ServiceUnavailable'),
      json({ id: 'x' }),
    );
    const { reader } = readerOn(origin);

    await reader.get('/organization', { reports: true });

    expect(reader.statistics).toEqual({ requests: 3, throttled: 1, retries: 2 });
  });
});

describe('paging', () => {
  test('follows links whole, and goes on after an empty page', async () => {
    const { origin, requests } = await graph(
      (request, response) =>
        page([1], `http://${request.headers.host}/v1.0/users?$skiptoken=a%2Bb&b=1&b=2`)(
          request,
          response,
        ),
      (request, response) =>
        page([], `http://${request.headers.host}/v1.0/users?$skiptoken=c`)(request, response),
      page([2, 3]),
    );
    const { reader } = readerOn(origin);

    const records = await recordsOf(reader);

    expect(records).toEqual([1, 2, 3]);
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1.0/users',
      '/v1.0/users?$skiptoken=a%2Bb&b=1&b=2',
      '/v1.0/users?$skiptoken=c',
    ]);
  });

  test('goes on from a link that was kept', async () => {
    const { origin, requests } = await graph(page([2]));
    const { reader } = readerOn(origin);

    const records = await recordsOf(reader, `${origin}/v1.0/users?$skiptoken=kept`);

    expect(records).toEqual([2]);
    expect(requests[0]?.url).toBe('/v1.0/users?$skiptoken=kept');
  });

  test('never asks, and never gives the token to, another origin a link points to', async () => {
    const stranger = await graph(page([2]));
    const { origin } = await graph(page([1], `${stranger.origin}/v1.0/users?$skiptoken=a`));
    const { reader } = readerOn(origin);

    const reading = recordsOf(reader);

    await expect(reading).rejects.toMatchObject({ kind: 'foreign_link' });
    expect(stranger.requests).toEqual([]);
  });

  test.each([
    ['another scheme', 'https://127.0.0.1/v1.0/users'],
    ['a user in the address', 'http://user:pass@HOST/v1.0/users'],
    ['a relative address', '/v1.0/users?$skiptoken=a'],
    ['a number', 7],
    ['an empty text', ''],
  ])('refuses a link that is %s', async (_what, link) => {
    const { origin, requests } = await graph((request, response) => {
      const own =
        typeof link === 'string' ? link.replace('HOST', request.headers.host ?? '') : link;
      page([1], own)(request, response);
    });
    const { reader } = readerOn(origin);

    await expect(recordsOf(reader)).rejects.toMatchObject({ kind: 'foreign_link' });
    expect(requests).toHaveLength(1);
  });

  test('stops when a link comes for the second time', async () => {
    const { origin, requests } = await graph((request, response) =>
      page([1], `http://${request.headers.host}/v1.0/users?$skiptoken=same`)(request, response),
    );
    const { reader } = readerOn(origin);

    await expect(recordsOf(reader)).rejects.toMatchObject({ kind: 'runaway' });
    expect(requests).toHaveLength(2);
  });

  test('stops at the page cap', async () => {
    let n = 0;
    const { origin, requests } = await graph((request, response) => {
      n += 1;
      page([n], `http://${request.headers.host}/v1.0/users?$skiptoken=${n}`)(request, response);
    });
    const { reader } = readerOn(origin, { limits: { pagesMax: 3 } });

    await expect(recordsOf(reader)).rejects.toMatchObject({ kind: 'runaway' });
    expect(requests).toHaveLength(3);
  });

  test('asks again for a page that holds no list', async () => {
    const { origin } = await graph(json({ value: null }), json({}), page([1]));
    const { reader } = readerOn(origin);

    expect(await recordsOf(reader)).toEqual([1]);
  });

  test('does not follow a redirect', async () => {
    const stranger = await graph(page([2]));
    const { origin, requests } = await graph((_request, response) => {
      response.writeHead(302, { location: `${stranger.origin}/v1.0/users` }).end();
    });
    const { reader } = readerOn(origin);

    await expect(recordsOf(reader)).rejects.toMatchObject({ kind: 'foreign_link' });
    expect(stranger.requests).toEqual([]);
    expect(requests).toHaveLength(1);
  });
});

describe('the endpoint', () => {
  test.each([
    'http://graph.example.org',
    'ftp://127.0.0.1',
    'not a url',
    'https://user:pass@graph.example.org',
    'http://127.0.0.1.example.org',
  ])('is refused if it may not be given a token: %s', (endpoint) => {
    expect(() => readerOn(endpoint)).toThrow(RangeError);
  });

  test('may carry a version or a slash at its end', async () => {
    const { origin, requests } = await graph(json({ id: 'x' }));

    await readerOn(`${origin}/v1.0/`).reader.get('/organization', { reports: false });

    expect(requests[0]?.url).toBe('/v1.0/organization');
  });
});
