import { once } from 'node:events';
import { connect } from 'node:net';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '../../db/store-types.ts';
import { ErrorAnswer } from '../../server/contract/common.ts';
import { type Question, serve, TOKEN } from '../build/server.ts';

const bearer = { authorization: `Bearer ${TOKEN}` };
const put = (body: string, headers: Record<string, string> = {}): Question => ({
  method: 'PUT',
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

describe('every refusal has the one shape', () => {
  test.each<[string, number, string, Question]>([
    ['an unknown endpoint', 404, '/api/v1/nowhere', {}],
    ['an unknown version', 404, '/api/v2/health', {}],
    ['no version', 404, '/api', {}],
    ['a slash too many', 404, '/api/v1/health/', {}],
    ['other case', 404, '/api/v1/HEALTH', {}],
    ['another method', 404, '/api/v1/people', { method: 'DELETE' }],
    ['OPTIONS', 404, '/api/v1/people', { method: 'OPTIONS' }],
    ['TRACE', 404, '/api/v1/people', { method: 'TRACE' }],
    ['nobody', 404, '/api/v1/people/no-such-person', {}],
    ['an unknown dimension', 400, '/api/v1/registration/by/shoe-size', {}],
    ['an unknown parameter', 400, '/api/v1/health?x=1', {}],
    ['an address that cannot be decoded', 400, '/api/v1/people/%E0%A4%A', {}],
    ['a parameter that cannot be decoded', 400, '/api/v1/people?search=100%', {}],
    ['a zero byte', 400, '/api/v1/people?search=%00', {}],
    ['a cursor of somebody else', 400, '/api/v1/people?cursor=abc', {}],
    ['a body that is no JSON', 400, '/api/v1/settings', put('{')],
    ['a body that is no object', 400, '/api/v1/settings', put('[]')],
    ['an empty body', 400, '/api/v1/settings', put('')],
    ['a field we do not know', 400, '/api/v1/settings', put('{"settings":{},"x":1}')],
    ['a body too large', 400, '/api/v1/settings', put(`{"x":"${'x'.repeat(300_000)}"}`)],
    [
      'an unknown charset',
      400,
      '/api/v1/settings',
      put('{}', { 'content-type': 'application/json; charset=klingon' }),
    ],
    ['an unknown encoding', 400, '/api/v1/settings', put('{}', { 'content-encoding': 'klingon' })],
    ['a page for writing', 404, '/overview', { method: 'POST', json: {} }],
    ['a page that is not built', 503, '/overview', {}],
  ])('%s: %i', async (_, status, path, question) => {
    const { ask } = await serve();

    const answer = await ask(path, { ...question, headers: { ...bearer, ...question.headers } });

    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('"error"')]);
    expect(ErrorAnswer.strict().safeParse(answer.body).success).toBe(true);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('what is no HTTP, and HTTP without a host', async () => {
    const { port } = await serve();

    expect(await rawAnswer(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*"code":"invalid"/s);
    expect(await rawAnswer(port, 'GET /api/v1/health HTTP/1.0\r\n\r\n')).toMatch(
      /^HTTP\/1.1 403 .*"code":"forbidden"/s,
    );
  });
});

async function rawAnswer(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.end(request);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
}

describe('a bug', () => {
  test('is logged, but the reader is told nothing of it, and the log nothing of the question', async () => {
    const { store, askSignedIn, logged } = await serve();
    await store.tx(async (db) => {
      (db as Db & { run(statement: unknown): unknown }).run(sql`drop table registration_count`);
    });

    const answer = await askSignedIn(
      '/api/v1/registration/coverage?first=2026-03-01&last=2026-03-02&dimension=department&value=Geheimdienst',
    );

    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      error: {
        code: 'internal',
        message: 'Something went wrong here. The log of the server says what.',
      },
    });
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      level: 'error',
      event: 'request failed',
      endpoint: '/registration/coverage',
    });
    expect(logged.join()).toMatch(/no such table/);
    expect(logged.join()).not.toMatch(/geheim/i);
  });
});
