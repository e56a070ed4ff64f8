import { afterEach, describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../../jobs/graph/retry-after.ts';
import { sleep } from '../../../jobs/graph/sleep.ts';
import {
  type Answer,
  type FaultyGraph,
  faultyGraph,
  graphError,
  json,
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

const good = json({ id: 'x' });
const throttled = (retryAfter?: string) =>
  graphError(429, 'TooManyRequests', 'Please retry again later.', {
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  });

describe('Retry-After', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');

  test.each([
    ['7', 7_000],
    ['2.128', 2_128],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 1_000],
    ['0', 1_000],
    ['-5', 1_000],
    ['1e9', 3_600_000],
    ['1000000000', 3_600_000],
    ['soon', null],
    ['try 5', null],
    ['NaN', null],
    ['', null],
    [null, null],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

describe('trying again', () => {
  test('waits as long as Graph asks', async () => {
    const { origin } = await graph(throttled('7'), throttled('2.128'), good);
    const { reader, sleeps } = readerOn(origin);

    await reader.get('/organization', { reports: false });

    expect(sleeps).toEqual([7_000, 2_128]);
  });

  test('else waits exponentially with full jitter, up to a minute', async () => {
    const { origin } = await graph(throttled());
    const { reader, sleeps } = readerOn(origin, { limits: { attemptsMax: 9 } });

    await expect(reader.get('/organization', { reports: false })).rejects.toMatchObject({
      kind: 'throttled',
      status: 429,
      code: 'TooManyRequests',
    });
    expect(sleeps).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  test.each([500, 502, 503, 504])('gets over a burst of %i', async (status) => {
    const { origin, requests } = await graph(
      graphError(status, 'UnknownError'),
      (_request, response) => response.writeHead(status).end('<html>Bad gateway</html>'),
      good,
    );
    const { reader } = readerOn(origin);

    await reader.get('/organization', { reports: false });

    expect(requests).toHaveLength(3);
  });

  test.each([400, 403, 404, 410])('does not repeat a %i', async (status) => {
    const { origin, requests } = await graph(graphError(status, 'Whatever'));
    const { reader } = readerOn(origin);

    await expect(reader.get('/organization', { reports: false })).rejects.toMatchObject({ status });
    expect(requests).toHaveLength(1);
  });

  test('gives up at once when the wait would end beyond the deadline', async () => {
    const { origin, requests } = await graph(throttled('1e9'));
    const { reader, sleeps } = readerOn(origin);

    await expect(reader.get('/organization', { reports: false })).rejects.toMatchObject({
      kind: 'throttled',
      retryAfterMs: 3_600_000,
    });
    expect(requests).toHaveLength(1);
    expect(sleeps).toEqual([]);
  });

  test('stops at once when it is told to while it waits', async () => {
    const { origin } = await graph(throttled('600'));
    const { reader } = readerOn(origin, { sleep, clock: Date.now });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const begun = performance.now();

    const failing = reader.get('/organization', { reports: true, signal: controller.signal });

    await expect(failing).rejects.toMatchObject({ kind: 'aborted' });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test('stops at once when it is told to while Graph is silent', async () => {
    const { origin } = await graph(() => {});
    const { reader } = readerOn(origin);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);

    const failing = reader.get('/organization', { reports: false, signal: controller.signal });

    await expect(failing).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('does not begin when it was told to stop before', async () => {
    const { origin, requests } = await graph(good);
    const { reader } = readerOn(origin);

    const failing = reader.get('/organization', { reports: false, signal: AbortSignal.abort() });

    await expect(failing).rejects.toMatchObject({ kind: 'aborted' });
    expect(requests).toHaveLength(0);
  });
});
