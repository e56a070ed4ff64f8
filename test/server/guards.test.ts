import { describe, expect, test } from 'vitest';
import { askHttp, serve, TOKEN } from '../build/server.ts';

const bearer = { authorization: `Bearer ${TOKEN}` };

describe('the host a request is meant for', () => {
  test.each(['127.0.0.1', '127.0.0.1:4180', 'localhost:80', 'LOCALHOST', '[::1]:4180'])(
    'may be %s',
    async (host) => {
      const { ask } = await serve();

      expect((await ask('/api/v1/health', { headers: { host } })).status).toBe(200);
    },
  );

  test.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:4180',
    'evil.example@127.0.0.1',
    '192.168.0.7:4180',
    ' ',
  ])('may not be %j (DNS rebinding), for any path', async (host) => {
    const { ask } = await serve();

    for (const path of ['/api/v1/health', '/api/v1/session', '/', '/nowhere']) {
      const { status, body } = await ask(path, { headers: { host } });
      expect([path, status]).toEqual([path, 403]);
      expect(body).toMatchObject({ error: { code: 'forbidden' } });
    }
  });

  test('may be the one of PUBLIC_URL, at its port only', async () => {
    const { ask } = await serve({ publicUrl: 'https://sspr.contoso.example' });
    const statusFor = async (host: string) =>
      (await ask('/api/v1/health', { headers: { host } })).status;

    expect(await statusFor('sspr.contoso.example')).toBe(200);
    expect(await statusFor('SSPR.contoso.example')).toBe(200);
    expect(await statusFor('sspr.contoso.example:8443')).toBe(403);
    expect(await statusFor('127.0.0.1')).toBe(200);
  });

  test('is not taken from a header that anybody can add', async () => {
    const { ask } = await serve();
    const headers = { host: 'evil.example', 'x-forwarded-host': '127.0.0.1' };

    expect((await ask('/api/v1/health', { headers })).status).toBe(403);
  });
});

describe('a change asked for by another site', () => {
  const change = { method: 'PUT', json: { settings: {} } };
  const own = (port: number) => ({ origin: `http://127.0.0.1:${port}` });

  test.each(['cross-site', 'same-site', 'nonsense'])(
    'is refused: Sec-Fetch-Site %s',
    async (site) => {
      const { ask, port } = await serve();
      const headers = { ...bearer, ...own(port), 'sec-fetch-site': site };

      expect((await ask('/api/v1/settings', { ...change, headers })).status).toBe(403);
    },
  );

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
    'is refused: Origin %s',
    async (origin) => {
      const { ask } = await serve();
      const headers = { ...bearer, 'sec-fetch-site': 'same-origin', origin };

      expect((await ask('/api/v1/settings', { ...change, headers })).status).toBe(403);
    },
  );

  test('is refused when nothing but a cookie tells where it is from', async () => {
    const { ask } = await serve();
    const { headers } = await ask('/api/v1/session', { method: 'POST', json: { token: TOKEN } });
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';

    expect((await ask('/api/v1/settings', { ...change, headers: { cookie } })).status).toBe(403);
  });

  test('is let through from our page, from an old browser of our page, and from a script', async () => {
    const { ask, port } = await serve();
    const { headers } = await ask('/api/v1/session', { method: 'POST', json: { token: TOKEN } });
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const statusWith = async (more: Record<string, string>) =>
      (await ask('/api/v1/settings', { ...change, headers: more })).status;

    // 409: there is no tenant yet; the guards have let it through.
    expect(await statusWith({ cookie, 'sec-fetch-site': 'same-origin', ...own(port) })).toBe(409);
    expect(await statusWith({ cookie, ...own(port) })).toBe(409);
    expect(await statusWith(bearer)).toBe(409);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'settings='],
    ['plain text', 'text/plain', '{"settings":{}}'],
    ['no type', '', '{"settings":{}}'],
  ])('is refused as %s: only JSON is read', async (_, type, body) => {
    const { ask } = await serve();
    const headers = { ...bearer, ...(type ? { 'content-type': type } : {}) };

    const answer = await ask('/api/v1/settings', { method: 'PUT', body, headers });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { message: expect.stringContaining('JSON') } });
  });
});

describe('headers', () => {
  test('hold the page to its own files, and tell nobody where it was left for', async () => {
    const { port } = await serve();

    for (const path of ['/', '/api/v1/health', '/api/v1/people']) {
      const { headers } = await askHttp(port, path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('ask for https only where the page is reached by https', async () => {
    const plain = await serve();
    const secure = await serve({ publicUrl: 'https://sspr.contoso.example' });
    const hsts = async ({ port }: { port: number }) =>
      (await askHttp(port, '/api/v1/health')).headers['strict-transport-security'];

    expect(await hsts(plain)).toBeUndefined();
    expect(await hsts(secure)).toContain('includeSubDomains');
  });

  test('keep names out of every cache, and let the rest be asked for again cheaply', async () => {
    const { askSignedIn } = await serve();
    const cacheControl = async (path: string) => (await askSignedIn(path)).headers['cache-control'];

    expect(await cacheControl('/api/v1/people')).toBe('no-store');
    expect(await cacheControl('/api/v1/session')).toBe('no-store');
    expect(await cacheControl('/api/v1/settings?x=1')).toBe('no-store');
    const { headers } = await askSignedIn('/api/v1/settings');
    expect(headers['cache-control']).toBe('private, no-cache');
    const again = { headers: { 'if-none-match': String(headers.etag) } };
    expect((await askSignedIn('/api/v1/settings', again)).status).toBe(304);
  });
});
