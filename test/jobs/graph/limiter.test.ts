import { describe, expect, test } from 'vitest';
import { createLimiter } from '../../../jobs/graph/limiter.ts';
import { faultyGraph, graphError, json, readerOn, virtualTime } from '../../build/faulty-graph.ts';

describe('the limiter', () => {
  test('sends 5 in 10 s, evenly spaced with a margin', async () => {
    const { clock, sleep } = virtualTime(0);
    const limiter = createLimiter({ requestsPer10s: 5, clock, sleep });
    const sentAt: number[] = [];

    for (let i = 0; i < 6; i += 1) {
      await limiter.take();
      sentAt.push(clock());
    }

    expect(sentAt).toEqual([0, 2_100, 4_200, 6_300, 8_400, 10_500]);
  });

  test('does not save up slots that nobody took', async () => {
    const time = virtualTime(0);
    const limiter = createLimiter({ requestsPer10s: 5, ...time });
    await limiter.take();
    await time.sleep(60_000);

    await limiter.take();
    await limiter.take();

    expect(time.sleeps).toEqual([60_000, 2_100]);
  });

  test('keeps everybody back while Graph asks for it', async () => {
    const time = virtualTime(0);
    const limiter = createLimiter({ requestsPer10s: 5, ...time });
    limiter.hold(7_000);

    await limiter.take();

    expect(time.clock()).toBe(7_000);
  });

  test('is no hindrance when it is all but unlimited', async () => {
    const time = virtualTime(0);
    const limiter = createLimiter({ requestsPer10s: 1e9, ...time });

    for (let i = 0; i < 100; i += 1) await limiter.take();

    expect(time.sleeps).toEqual([]);
  });

  test('lets go of who is told to stop', async () => {
    const time = virtualTime(0);
    const limiter = createLimiter({ requestsPer10s: 5, ...time });

    await expect(limiter.take(AbortSignal.abort())).rejects.toThrow();
  });

  test('spaces report calls, their retries too, and no others', async () => {
    const server = await faultyGraph(json({}), json({}), graphError(500, 'UnknownError'), json({}));
    const { reader, sleeps } = readerOn(server.origin, { reportRequestsPer10s: 5 });

    await reader.get('/users', { reports: false });
    await reader.get('/users', { reports: false });
    expect(sleeps).toEqual([]);
    await reader.get('/reports/a', { reports: true });

    expect(sleeps).toEqual([500, 1_600]); // The jitter, then the rest of 2.1 s.
    await server.close();
  });
});
