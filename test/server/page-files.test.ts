import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, serve } from '../build/server.ts';

const SCRIPT = 'console.log("hello");\n'.repeat(50);

async function servePage() {
  const pageDirectory = emptyFolder();
  mkdirSync(join(pageDirectory, 'assets'));
  writeFileSync(join(pageDirectory, 'index.html'), '<title>deflectometer</title>');
  writeFileSync(join(pageDirectory, 'favicon.svg'), '<svg/>');
  writeFileSync(join(pageDirectory, '.built-from'), 'hash');
  writeFileSync(join(pageDirectory, 'assets/index-abc123.js'), SCRIPT);
  writeFileSync(join(pageDirectory, '../outside.txt'), 'not yours');
  return serve({ pageDirectory });
}

describe('the page', () => {
  test('answers every place within it, without sign-in, and is asked for again each time', async () => {
    const { ask } = await servePage();

    for (const path of ['/', '/index.html', '/people', '/resets/by/month?first=2026-01-01']) {
      const { status, text, headers } = await ask(path);
      expect([path, status, text]).toEqual([path, 200, '<title>deflectometer</title>']);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  test('lets hashed files be kept for ever', async () => {
    const { ask } = await servePage();

    const { text, headers } = await ask('/assets/index-abc123.js');

    expect(text).toBe(SCRIPT);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('is sent compressed to whoever takes it', async () => {
    const { port } = await servePage();

    const answer = await fetch(`http://127.0.0.1:${port}/assets/index-abc123.js`, {
      headers: { 'accept-encoding': 'gzip' },
    });

    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(SCRIPT.length / 2);
    expect(answer.headers.get('vary')).toContain('Accept-Encoding');
    expect(await answer.text()).toBe(SCRIPT);
  });

  test('is not sent again when it has not changed', async () => {
    const { ask } = await servePage();
    const { headers } = await ask('/');

    const again = await ask('/', { headers: { 'if-none-match': String(headers.etag) } });

    expect([again.status, again.text]).toEqual([304, '']);
  });

  test.each([
    '/assets/index-old.js',
    '/favicon.ico',
    '/.built-from',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
  ])('has no %s', async (path) => {
    const { ask } = await servePage();

    const { status, text } = await ask(path);

    expect(text).not.toContain('not yours');
    expect([status, text]).not.toEqual([200, 'hash']);
    if (status === 200) expect(text).toBe('<title>deflectometer</title>');
    else expect(status).toBe(404);
  });
});
