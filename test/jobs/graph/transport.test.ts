import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Answer,
  type FaultyGraph,
  faultyGraph,
  json,
  readerOn,
} from '../../build/faulty-graph.ts';

const good = json({ value: [1], big: 'x'.repeat(50_000) });
const goodText = JSON.stringify({ value: [1], big: 'x'.repeat(50_000) });
const opened: FaultyGraph[] = [];

async function graph(...answers: Answer[]): Promise<FaultyGraph> {
  const server = await faultyGraph(...answers);
  opened.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const FAULTS: Record<string, Answer> = {
  'a reset before the headers': (request) => request.socket.resetAndDestroy(),
  'a reset inside the body': (request, response) => {
    response.writeHead(200, { 'content-length': goodText.length });
    response.write(goodText.slice(0, 100), () =>
      setTimeout(() => request.socket.resetAndDestroy(), 10),
    );
  },
  'an end inside the body': (request, response) => {
    response.writeHead(200, { 'content-length': goodText.length });
    response.write(goodText.slice(0, 100), () => setTimeout(() => request.socket.end(), 10));
  },
  'a body without length that is cut short': (request) => {
    request.socket.end(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${goodText.slice(0, 100)}`,
    );
  },
  'gzip that is cut short': (request) => {
    const zipped = gzipSync(goodText);
    request.socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n');
    request.socket.end(zipped.subarray(0, zipped.length - 20));
  },
  'invalid JSON': json('{"value": [1,'),
  'the page of a captive portal': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in as Ada</html>');
  },
  'an empty 200': json(''),
  'a 204': (_request, response) => {
    response.writeHead(204).end();
  },
  'a JSON array': json('[]'),
  'an error inside a 200': json({ error: { code: 'UnknownError', message: '' } }),
  'headers without measure': (_request, response) => {
    response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end(goodText);
  },
  'headers that never come': () => {},
  'a body that drips': (_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  },
};

describe('an answer that broke on its way', () => {
  test.each(Object.keys(FAULTS))('is asked for again: %s', async (name) => {
    const fault = FAULTS[name] as Answer;
    const { origin, requests } = await graph(fault, good);
    const { reader, sleeps } = readerOn(origin, { limits: { attemptTimeoutMs: 200 } });

    const { body } = await reader.get('/users', { reports: false });

    expect(body.value).toEqual([1]);
    expect(requests).toHaveLength(2);
    expect(sleeps).toEqual([500]);
  });

  test('is a transient failure in the end, with its beginning but no content', async () => {
    const { origin, requests } = await graph(FAULTS['the page of a captive portal'] as Answer);
    const { reader } = readerOn(origin, { limits: { attemptsMax: 3 } });

    const failing = reader.get('/users', { reports: false });

    await expect(failing).rejects.toMatchObject({
      name: 'GraphFailure',
      kind: 'transient',
      status: 200,
      excerpt: '<aaaa>aaaa aa aa aaa</aaaa>',
    });
    expect(requests).toHaveLength(3);
  });

  test('nobody listening is a transient failure', async () => {
    const { origin, close } = await faultyGraph(good);
    await close();

    const failing = readerOn(origin).reader.get('/users', { reports: false });

    await expect(failing).rejects.toMatchObject({ kind: 'transient', code: 'ECONNREFUSED' });
  });
});

describe('P11: an answer without measure', () => {
  test('is given up at 16 MiB after decompression, and takes no memory', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    const { origin, requests } = await graph((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    globalThis.gc?.();
    const before = process.memoryUsage().rss;

    const failing = readerOn(origin).reader.get('/users', { reports: false });

    await expect(failing).rejects.toMatchObject({ kind: 'too_large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(requests).toHaveLength(1);
  });

  test('is refused when it nests without end; brackets in texts do not count', async () => {
    const text = `["\\"${'['.repeat(200)}"]`;
    const { origin } = await graph(
      json(`{"value":${text}}`),
      json(`{"value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    );
    const { reader } = readerOn(origin);

    const first = await reader.get('/users', { reports: false });

    expect(first.body.value).toEqual([`"${'['.repeat(200)}`]);
    await expect(reader.get('/users', { reports: false })).rejects.toMatchObject({
      kind: 'too_large',
    });
  });

  test('may hold invalid UTF-8 and a __proto__ key, which stay data', async () => {
    const { origin } = await graph((_request, response) => {
      response.writeHead(200);
      response.end(
        Buffer.concat([
          Buffer.from('{"__proto__":{"a":1},"id":"'),
          Buffer.from([0xff]),
          Buffer.from('"}'),
        ]),
      );
    });

    const { body } = await readerOn(origin).reader.get('/users', { reports: false });

    expect(body.id).toBe('\uFFFD');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});
