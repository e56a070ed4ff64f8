import { join } from 'node:path';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../db/open-sqlite.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { changeSettings } from '../../db/store/settings.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Store } from '../../db/store-types.ts';
import { type Day, dayCutter, parseDay } from '../../domain/day.ts';
import { listen } from '../../server/listen.ts';
import { responseCache } from '../../server/response-cache.ts';
import { askHttp, emptyFolder, serve, TOKEN } from '../build/server.ts';
import { ENGINES, sqliteStore } from '../build/stores.ts';
import { leaseOf, tenantOn } from '../build/tenants.ts';

const COVERAGE = '/api/v1/registration/coverage?first=2026-03-01&last=2026-06-30';
const PERIOD = 'first=2026-03-01&last=2026-03-02';
const KEPT = [
  COVERAGE,
  '/api/v1/registration/by/department',
  '/api/v1/registration/methods',
  '/api/v1/registration/reconciliation',
  `/api/v1/resets/summary?${PERIOD}`,
  `/api/v1/resets/trend?${PERIOD}&bucket=day`,
  `/api/v1/verification/failures?${PERIOD}&bucket=hour`,
];

/** One SQLite file opened twice: by the server, and by another process's jobs. */
async function serveFile() {
  const [store, jobs] = storesOfOneFile();
  return { ...(await serve({ store })), jobs };
}

function storesOfOneFile(): [Store, Store] {
  const path = join(emptyFolder(), 'shared.db');
  const stores: [Store, Store] = [openSqlite(path), openSqlite(path)];
  onTestFinished(async () => {
    for (const store of stores) await store.close();
  });
  return stores;
}

async function publish(jobs: Store, day: Day, people: number): Promise<void> {
  const lease = await leaseOf(jobs);
  const takenAt = dayCutter('UTC').startOf(day);
  const ingest = await SnapshotIngest.begin(lease, { takenAt, day });
  const flags = { enabled: true, registered: true, capable: true, mfaCapable: true };
  const state = { ...flags, admin: false, methods: ['email'], userType: 'member' };
  await ingest.page(
    Array.from({ length: people }, (_, n) => {
      return { id: `person-${n}`, name: `Ada ${n}`, userPrincipalName: `ada${n}@x`, state };
    }),
  );
  await publishSnapshot(lease, { id: ingest.id, people, rejected: 0, totals: [] });
}

/** A server whose only endpoint answers `{ text }`, and how often it had to be worked out. */
async function serveCounted(given: { store?: Store; mostBytes?: number; text?: string } = {}) {
  const { store = await sqliteStore(), mostBytes, text = 'x'.repeat(2000) } = given;
  const counted = { runs: 0, work: async () => undefined as unknown };
  const app = express();
  app.get(
    '/answer',
    responseCache(
      store,
      mostBytes,
    )(async () => {
      counted.runs += 1;
      await counted.work();
      return { text };
    }),
  );
  const { port, stop } = await listen(app, '127.0.0.1', 0);
  onTestFinished(stop);
  const ask = (path: string, headers: Record<string, string> = {}) =>
    askHttp(port, path, { headers: { host: '127.0.0.1', ...headers } });
  return { store, counted, port, ask };
}

describe('the kept answers of the product', () => {
  test.each(KEPT)('%s: the same bytes, 304 by the ETag, and gzip of them', async (path) => {
    const { port, askSignedIn, jobs } = await serveFile();
    await tenantOn(jobs);
    await publish(jobs, parseDay('2026-03-02'), 3);

    const first = await askSignedIn(path);
    const again = await askSignedIn(path);
    const etag = String(first.headers.etag);
    const unchanged = await askSignedIn(path, { headers: { 'if-none-match': etag } });
    const zipped = await zippedAnswer(port, path);

    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.text).toBe(first.text);
    expect(again.headers).toEqual({ ...first.headers, date: again.headers.date });
    expect(first.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-cache',
      vary: 'Accept-Encoding',
    });
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
    expect(unchanged.headers).toMatchObject({ etag, vary: 'Accept-Encoding' });
    expect(zipped.etag).toBe(etag);
    expect(zipped.text).toBe(first.text);
    expect(zipped.encoding).toBe(first.text.length > 1000 ? 'gzip' : null);
  });

  test('give way to what another connection has published', async () => {
    const { askSignedIn, jobs } = await serveFile();
    await tenantOn(jobs);
    const population = async () => {
      const { days } = (await askSignedIn(COVERAGE)).body as {
        days: { counts: { population: number } | null }[];
      };
      return days.map(({ counts }) => counts?.population ?? null).filter((n) => n !== null);
    };

    expect(await population()).toEqual([]);
    await publish(jobs, parseDay('2026-03-02'), 3);
    expect(await population()).toEqual([3]);
    await publish(jobs, parseDay('2026-03-03'), 4);
    expect(await population()).toEqual([3, 4]);
  });

  test('do not answer in place of a refusal', async () => {
    const { ask, askSignedIn } = await serve();
    await askSignedIn(COVERAGE);

    expect((await ask(COVERAGE)).status).toBe(401);
    const wrong = { authorization: `Bearer not-${TOKEN}`, 'if-none-match': '*' };
    expect((await ask(COVERAGE, { headers: wrong })).status).toBe(401);
    for (const added of ['unit=week', 'first=2026-03-01', 'value=x', '__proto__=1'])
      expect([added, (await askSignedIn(`${COVERAGE}&${added}`)).status]).toEqual([added, 400]);
    expect((await askSignedIn('/api/v1/registration/by/shoe-size')).status).toBe(400);
  });

  test('are not shared by different questions', async () => {
    const { askSignedIn, jobs } = await serveFile();
    await tenantOn(jobs);
    await publish(jobs, parseDay('2026-03-02'), 3);
    const questions = [
      '/registration/by/department',
      '/registration/by/admin',
      '/registration/by/admin?day=2026-03-01',
      '/registration/methods',
      '/registration/coverage?first=2026-03-01&last=2026-03-02',
      '/registration/coverage?first=2026-03-02&last=2026-03-02',
      '/registration/coverage?first=2026-03-01&last=2026-03-02&dimension=department&value=Sales',
    ];
    const textOf = async (path: string) => (await askSignedIn(`/api/v1${path}`)).text;

    const texts = await Promise.all(questions.map(textOf));

    expect(new Set(texts).size).toBe(questions.length);
    expect(await Promise.all(questions.map(textOf))).toEqual(texts);
  });

  // What is kept says that it varies with the encoding.
  test.each(['people', 'collection', 'collection/set-aside', 'session', 'settings'])(
    'have nothing of %s',
    async (path) => {
      const { askSignedIn } = await serve();

      const { status, headers } = await askSignedIn(`/api/v1/${path}`);

      expect([status, headers.vary]).toEqual([200, undefined]);
    },
  );
});

describe('an answer is worked out', () => {
  test('once, however its address is spelled and whatever the client accepts', async () => {
    const { counted, ask } = await serveCounted();

    const { headers } = await ask('/answer?a=1&b=2+3');
    await ask('/answer?b=2%203&a=1');
    await ask('/answer?%61=1&b=2+3', { 'accept-encoding': 'gzip, br' });
    await ask('/answer?a=1&b=2+3', { 'accept-encoding': 'gzip', 'if-none-match': '*' });
    await ask('/answer?a=1&b=2+3', { 'if-none-match': String(headers.etag) });

    expect(counted.runs).toBe(1);
    await ask('/answer?a=1&b=2');
    await ask('/answer?a=1&b=2&b=3');
    expect(counted.runs).toBe(3);
  });

  test('anew after a commit of this process or of another connection', async () => {
    const [store, other] = storesOfOneFile();
    const { counted, ask } = await serveCounted({ store });
    const { tenantId } = await tenantOn(store);

    await ask('/answer');
    await changeSettings(store, tenantId, { required_methods: '2' }, 0);
    await ask('/answer');
    await changeSettings(other, tenantId, { required_methods: '1' }, 0);
    await ask('/answer');
    await ask('/answer');

    expect(counted.runs).toBe(3);
  });

  test('anew when something was committed while it was being worked out', async () => {
    const { store, counted, ask } = await serveCounted();
    await tenantOn(store);
    const meanwhile = async () => {
      counted.work = async () => undefined;
      await changeSettings(store, 1, { required_methods: '2' }, 0);
      await ask('/answer?other'); // sees the new version before the first has been answered
    };
    counted.work = meanwhile;

    await ask('/answer');
    await ask('/answer');
    expect(counted.runs).toBe(3);
    await ask('/answer');
    expect(counted.runs).toBe(3);
  });

  test('anew after an error, which is never kept', async () => {
    const { counted, ask } = await serveCounted();
    counted.work = () => Promise.reject(new Error('just once'));

    expect((await ask('/answer')).status).toBe(500);
    counted.work = async () => undefined;
    expect((await ask('/answer')).status).toBe(200);
  });

  test('anew when it was the oldest and there was no more room', async () => {
    const { counted, ask } = await serveCounted({ mostBytes: 7000 });
    const runsOf = async (...names: string[]) => {
      const before = counted.runs;
      for (const name of names) await ask(`/answer?${name}`);
      return counted.runs - before;
    };

    expect(await runsOf('a', 'b', 'c', 'a', 'b', 'c')).toBe(3);
    expect(await runsOf('d', 'b', 'c', 'd')).toBe(1);
    expect(await runsOf('a')).toBe(1);
  });

  test('every time when it alone is more than may be kept', async () => {
    const { counted, ask } = await serveCounted({ mostBytes: 500 });

    const answers = [await ask('/answer'), await ask('/answer', { 'accept-encoding': 'gzip' })];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(counted.runs).toBe(2);
  });
});

describe('gzip', () => {
  test.each([
    ['a client that does not ask for it', 2000, {}],
    ['a client that refuses it', 2000, { 'accept-encoding': 'gzip;q=0, identity' }],
    ['a small answer', 100, { 'accept-encoding': 'gzip' }],
  ])('is not for %s', async (_, length, headers) => {
    const { ask } = await serveCounted({ text: 'x'.repeat(length) });

    const answer = await ask('/answer', headers as Record<string, string>);

    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body).toEqual({ text: 'x'.repeat(length) });
  });

  test('is sent again and again, and HEAD tells the same ETag', async () => {
    const { port, ask } = await serveCounted();
    const answers = [await zippedAnswer(port, '/answer'), await zippedAnswer(port, '/answer')];

    for (const { encoding, text } of answers)
      expect([encoding, JSON.parse(text)]).toEqual(['gzip', { text: 'x'.repeat(2000) }]);
    const head = await askHttp(port, '/answer', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    expect((await ask('/answer')).headers.etag).toBe(head.headers.etag);
  });
});

test.each(ENGINES)(
  'on %s an answer is never older than the last commit',
  async (name, emptyStore) => {
    const store = await emptyStore();
    const { counted, ask } = await serveCounted({ store });
    await tenantOn(store);

    for (const value of ['2', '1', '2']) {
      await ask('/answer');
      await changeSettings(store, 1, { required_methods: value }, 0);
      await ask('/answer');
      await ask('/answer');
    }

    // A database without a version has every answer worked out.
    expect(counted.runs).toBe(name === 'SQLite' ? 4 : 9);
  },
);

/** The answer to a browser that takes gzip, decoded. */
async function zippedAnswer(port: number, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'accept-encoding': 'gzip' },
  });
  return {
    etag: response.headers.get('etag'),
    encoding: response.headers.get('content-encoding'),
    text: await response.text(), // fetch has decoded it
  };
}
