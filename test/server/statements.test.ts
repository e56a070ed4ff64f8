import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../../db/store/statements.ts';
import { StatementResponse, StatementsResponse } from '../../server/contract/statements.ts';
import { collectedYear, forgetAll } from '../build/frozen-year.ts';
import { attachedText } from '../build/pdf-text.ts';
import { serve, type TestServer, TOKEN } from '../build/server.ts';

async function serveYear() {
  const server = await serve();
  await collectedYear(server.store);
  return server;
}

const path = (rest = '') => `/api/v1/statements${rest}`;

const freeze = ({ askSignedIn }: TestServer, json: unknown) =>
  askSignedIn(path(), { method: 'POST', json });

/** The bytes of an answer, with its headers. */
async function download({ port }: TestServer, rest: string) {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`http://127.0.0.1:${port}${path(rest)}`, { headers });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}

const FEBRUARY = { month: '2026-02', author: 'Grace' };

describe('statements over HTTP', () => {
  test('are frozen, listed, and found intact and the same when worked out again, also without any log', async () => {
    const server = await serveYear();

    const made = await freeze(server, FEBRUARY);
    const statement = StatementResponse.parse(made.body);
    const before = await download(server, '/1.pdf');
    await forgetAll(server.store);
    const again = await server.askSignedIn(path('/1'));
    const list = StatementsResponse.parse((await server.askSignedIn(path())).body);
    const { intact, reproduced, body, ...head } = statement;

    expect([made.status, intact, reproduced]).toEqual([200, true, true]);
    expect(head).toMatchObject({
      ...{ id: '1', month: '2026-02', revision: 1, madeAt: '2026-03-10T12:00:00.000Z' },
      ...{ author: 'Grace', assumptionsVersion: 1, evidence: 'tickets', currency: 'EUR' },
      ...{ avoided: body.figures.avoided, desk: body.figures.saving?.desk },
    });
    expect([again.status, again.body]).toEqual([200, made.body]);
    expect(list.statements).toEqual([head]);
    expect((await download(server, '/1.pdf')).bytes.equals(before.bytes)).toBe(true);
  });

  test('are sent as a document and as the very bytes that were hashed, to be kept as files', async () => {
    const server = await serveYear();
    const { hash, body } = StatementResponse.parse((await freeze(server, FEBRUARY)).body);

    const pdf = await download(server, '/1.pdf');
    const text = await download(server, '/1.json');

    const headersOf = ({ headers }: Response) =>
      ['content-type', 'content-disposition', 'x-content-type-options', 'cache-control'].map(
        (name) => headers.get(name),
      );
    expect(headersOf(pdf.answer)).toEqual([
      'application/pdf',
      'attachment; filename=statement-2026-02-revision-1.pdf',
      ...['nosniff', 'no-store'],
    ]);
    expect(headersOf(text.answer)).toEqual([
      'application/json; charset=utf-8',
      'attachment; filename=statement-2026-02-revision-1.json',
      ...['nosniff', 'no-store'],
    ]);
    expect(hashOf(text.bytes.toString('utf8'))).toBe(hash);
    expect(JSON.parse(text.bytes.toString('utf8'))).toEqual(body);
    expect(pdf.bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(attachedText(pdf.bytes)).toBe(text.bytes.toString('utf8'));
  });

  test.each([
    [
      'too early',
      '2026-04',
      /^April 2026 can be frozen once records .* 5 May 2026, 00:00 \(Europe\/Vienna\)/,
    ],
    ['before anything was collected', '2024-12', /^No day of December 2024 was collected/],
    ['in a year to come', '2031-01', /^January 2031 can be frozen once/],
  ])('are refused %s, with a sentence', async (_, month, message) => {
    const server = await serveYear();

    expect(await freeze(server, { ...FEBRUARY, month })).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', message: expect.stringMatching(message) } },
    });
  });

  test('are refused before a first collection, and without a difference from the last', async () => {
    const empty = await serve();
    const server = await serveYear();
    await freeze(server, FEBRUARY);

    expect(await freeze(empty, FEBRUARY)).toMatchObject({
      status: 409,
      body: {
        error: {
          message: 'No records have been read yet, so there is nothing to freeze of February 2026.',
        },
      },
    });
    expect(await freeze(server, FEBRUARY)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/^Nothing has changed since statement 1/) } },
    });
  });

  test('that were tampered with say so, and no document is made of them', async () => {
    const server = await serveYear();
    await freeze(server, FEBRUARY);
    const { statement } = server.store.t;
    const tamper = (change: (body: string) => string) =>
      server.store.tx(async (db) => {
        const [row] = await db.select().from(statement).where(eq(statement.id, 1));
        await db.update(statement).set({ body: change(row?.body ?? '') });
      });

    await tamper((body) => body.replace('"tickets":45', '"tickets":450'));
    const changed = await server.askSignedIn(path('/1'));
    const pdf = await server.askSignedIn(path('/1.pdf'));
    await tamper((body) => body.slice(1));
    const broken = await server.askSignedIn(path('/1'));
    const list = await server.askSignedIn(path());

    expect(changed).toMatchObject({ status: 200, body: { intact: false } });
    for (const { status, text } of [pdf, broken])
      expect([status, text]).toEqual([409, expect.stringContaining('no longer has the hash')]);
    expect(StatementsResponse.parse(list.body).statements).toMatchObject([{ avoided: null }]);
  });

  test.each([
    ['no author', { month: '2026-02' }, /author: is required/],
    ['a blank author', { ...FEBRUARY, author: ' ' }, /author: must say who/],
    ['a month that is none', { ...FEBRUARY, month: '2026-13' }, /month: must be a month/],
    ['a field nobody knows', { ...FEBRUARY, note: 'x' }, /unknown field: note/],
  ])('with %s are refused', async (_, json, message) => {
    expect(await freeze(await serve(), json)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message: expect.stringMatching(message) } },
    });
  });

  test('that do not exist are not found, by any ending, and odd ids are refused', async () => {
    const { askSignedIn } = await serve();

    for (const rest of ['/77', '/77.pdf', '/77.json'])
      expect(await askSignedIn(path(rest))).toMatchObject({ status: 404 });
    for (const rest of ['/one', '/1.doc', '/1.pdf.pdf', '/-1.pdf'])
      expect(await askSignedIn(path(rest))).toMatchObject({ status: 400 });
  });

  test('need sign-in, and are logged without who froze them', async () => {
    const server = await serveYear();

    await freeze(server, FEBRUARY);

    for (const rest of ['', '/1', '/1.pdf', '/1.json'])
      expect((await server.ask(path(rest))).status).toBe(401);
    expect(server.logged.join('\n')).toContain('month frozen');
    expect(server.logged.join('\n')).not.toContain('Grace');
  });
});
