import { describe, expect, test } from 'vitest';
import { ABSOLUTE_MS, IDLE_MS } from '../../server/sessions.ts';
import { type Answer, serve, type TestServer, TOKEN } from '../build/server.ts';

const MINUTE_MS = 60_000;

const signIn = ({ ask }: TestServer, token = TOKEN) =>
  ask('/api/v1/session', { method: 'POST', json: { token } });

const setCookie = ({ headers }: Answer) => String(headers['set-cookie']);

const cookieOf = (answer: Answer) => setCookie(answer).split(';')[0] ?? '';

async function statusWith({ ask }: TestServer, headers: Record<string, string>): Promise<number> {
  return (await ask('/api/v1/settings', { headers })).status;
}

describe('the access token', () => {
  test('opens the API as a bearer token', async () => {
    const server = await serve();

    expect(await statusWith(server, { authorization: `Bearer ${TOKEN}` })).toBe(200);
  });

  test.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer not-the-token' }],
    ['a part of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['nothing after Bearer', { authorization: 'Bearer' }],
    ['a cookie of our name', { cookie: 'deflectometer=x; __Host-deflectometer=x' }],
  ])('is asked for: %s', async (_, headers) => {
    const { ask } = await serve();

    for (const path of ['/settings', '/people', '/openapi.json', '/nowhere']) {
      const { status, body, headers: answered } = await ask(`/api/v1${path}`, { headers });
      expect([path, status]).toEqual([path, 401]);
      expect(body).toMatchObject({ error: { code: 'unauthorized' } });
      expect(answered['www-authenticate']).toBe('Bearer');
    }
  });

  test('is not asked for where nothing is told', async () => {
    const { ask } = await serve({ healthy: () => false });

    expect((await ask('/api/v1/health')).body).toEqual({ status: 'degraded', version: '1.2.3' });
    expect((await ask('/api/v1/session')).body).toEqual({ signedIn: false });
  });
});

describe('a session', () => {
  test('is given for the token, as a cookie for this site and no script', async () => {
    const server = await serve();

    const answer = await signIn(server);

    expect(answer).toMatchObject({ status: 200, body: { signedIn: true } });
    expect(setCookie(answer)).toMatch(
      new RegExp(`^deflectometer_${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(await statusWith(server, { cookie: cookieOf(answer) })).toBe(200);
    const { body } = await server.ask('/api/v1/session', { headers: { cookie: cookieOf(answer) } });
    expect(body).toEqual({ signedIn: true });
  });

  test('has a cookie that never leaves https where the page is reached by it', async () => {
    const server = await serve({ publicUrl: 'https://sspr.contoso.example' });

    expect(setCookie(await signIn(server))).toMatch(
      /^__Host-deflectometer=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('is not given for another token', async () => {
    const server = await serve();

    const answer = await signIn(server, 'not-the-token');

    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('is a new one at each sign-in, and the one before ends', async () => {
    const server = await serve();
    const cookie = cookieOf(await signIn(server));

    const again = await server.ask('/api/v1/session', {
      method: 'POST',
      json: { token: TOKEN },
      headers: { cookie },
    });

    expect(cookieOf(again)).not.toBe(cookie);
    expect(await statusWith(server, { cookie })).toBe(401);
    expect(await statusWith(server, { cookie: cookieOf(again) })).toBe(200);
  });

  test('ends at sign-out', async () => {
    const server = await serve();
    const cookie = cookieOf(await signIn(server));
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };

    const answer = await server.ask('/api/v1/session', { method: 'DELETE', headers });

    expect(answer.body).toEqual({ signedIn: false });
    expect(setCookie(answer)).toContain('Expires=Thu, 01 Jan 1970');
    expect(await statusWith(server, { cookie })).toBe(401);
  });

  test('ends when it is not used, and after half a day at the latest', async () => {
    const server = await serve();
    const idle = cookieOf(await signIn(server));
    const used = cookieOf(await signIn(server));
    const startedAt = server.clock.now;

    server.clock.now = startedAt + IDLE_MS;
    expect(await statusWith(server, { cookie: used })).toBe(200);
    server.clock.now = startedAt + IDLE_MS + 1;
    expect(await statusWith(server, { cookie: idle })).toBe(401);
    for (let at = startedAt + IDLE_MS; at <= startedAt + ABSOLUTE_MS; at += IDLE_MS) {
      server.clock.now = at;
      expect(await statusWith(server, { cookie: used })).toBe(200);
    }
    server.clock.now = startedAt + ABSOLUTE_MS + 1;
    expect(await statusWith(server, { cookie: used })).toBe(401);
  });
});

describe('guessing', () => {
  test('ends after ten different wrong tokens, for a minute, and leaves sessions alone', async () => {
    const server = await serve();
    const cookie = cookieOf(await signIn(server));
    for (let i = 0; i < 10; i++) expect((await signIn(server, `guess ${i}`)).status).toBe(401);

    const refused = await signIn(server);

    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    expect(refused.headers['retry-after']).toBe('60');
    expect(await statusWith(server, { authorization: `Bearer ${TOKEN}` })).toBe(503);
    expect(await statusWith(server, { cookie })).toBe(200);
    server.clock.now += MINUTE_MS;
    expect((await signIn(server)).status).toBe(200);
  });

  test('is not what a script does that goes on using an old token', async () => {
    const server = await serve();
    for (let i = 0; i < 30; i++) await statusWith(server, { authorization: 'Bearer old-token' });

    expect((await signIn(server)).status).toBe(200);
  });
});
