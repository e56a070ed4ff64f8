import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { TicketsMade, TicketsResponse } from '../../server/contract/tickets.ts';
import { serve } from '../build/server.ts';
import { tenantOn } from '../build/tenants.ts';
import { fileOf, incident, SERVICENOW } from '../build/ticket-files.ts';

const FEBRUARY = fileOf(
  SERVICENOW,
  incident(1, '2026-02-02'),
  incident(2, '2026-02-14', 'Screen is dark'),
  incident(3, '2026-02-27'),
);
const CSV = { 'content-type': 'text/csv', author: 'Ada' };

async function serveDesk() {
  const server = await serve();
  await tenantOn(server.store, { timeZone: 'Europe/Vienna' });
  const send = (query: string, body: string, headers: Record<string, string> = CSV) =>
    server.askSignedIn(`/api/v1/tickets${query}`, { method: 'POST', headers, body });
  const undo = (id: string, json: unknown = { author: 'Bea' }) =>
    server.askSignedIn(`/api/v1/tickets/${id}/undo`, { method: 'POST', json });
  const list = async () =>
    TicketsResponse.strict().parse((await server.askSignedIn('/api/v1/tickets')).body);
  return { ...server, send, undo, list };
}

const made = (answer: { body: unknown }) => TicketsMade.strict().parse(answer.body);
const IMPORT = '?mode=import&label=feb.csv';

describe('tickets over HTTP', () => {
  test('are shown before they are imported, then imported, and undone', async () => {
    const { send, undo, list, logged } = await serveDesk();

    const preview = await send('?label=feb.csv', FEBRUARY);
    expect([preview.status, made(preview)]).toMatchObject([
      200,
      { outcome: 'preview', id: null, report: { label: 'feb.csv', passwordTickets: 2 } },
    ]);
    expect(await list()).toMatchObject({ imports: [], months: [] });

    expect(made(await send(IMPORT, FEBRUARY))).toMatchObject({ outcome: 'imported', id: '1' });
    expect(made(await send(IMPORT, FEBRUARY))).toMatchObject({ outcome: 'unchanged', id: '1' });
    const { imports, months, sources } = await list();
    expect(imports).toMatchObject([{ id: '1', label: 'feb.csv', author: 'Ada', undone: null }]);
    expect(months).toEqual([{ month: '2026-02', tickets: 2, otherTickets: 1 }]);
    expect(sources.find(({ source }) => source === 'servicenow')?.headings).toContain('Opened');

    expect(await undo('1')).toMatchObject({ status: 200, body: { months: [] } });
    expect((await undo('1')).status).toBe(409);
    expect((await undo('7')).status).toBe(404);
    expect((await list()).imports[0]?.undone?.author).toBe('Bea');
    expect(logged.join('\n')).not.toMatch(/Forgot|INC1/);
  });

  test('name the import that has to be undone first', async () => {
    const { send, undo } = await serveDesk();
    await send(IMPORT, FEBRUARY);
    await send(IMPORT, FEBRUARY + incident(4, '2026-02-28'));

    expect(await undo('1')).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining('Undo import 2 first.') } },
    });
  });

  test('are read as the mapping says', async () => {
    const { send } = await serveDesk();
    const text = 'Ref|Raised|Topic|Caller\n7|03/02/2026|new PIN|Grace\n8|04/02/2026|Other|Grace\n';
    const mapping = { date: 'Raised', number: 'Ref', about: ['Topic'], words: ['pin'] };
    const ask = (more: object) =>
      send(`?mapping=${encodeURIComponent(JSON.stringify({ ...mapping, ...more }))}`, text);

    expect((await ask({})).body).toMatchObject({
      error: { message: expect.stringContaining('dateOrder: dmy or mdy') },
    });
    const { report } = made(await ask({ dateOrder: 'dmy' }));
    expect(report).toMatchObject({ source: 'mapped', delimiter: '|', passwordTickets: 1 });
    expect(report.months).toMatchObject([{ month: '2026-02', password: 1, other: 1 }]);
    expect(JSON.stringify(report)).not.toContain('Grace');
  });

  test.each([
    ['an author in the address', `${IMPORT}&author=Ada`, FEBRUARY, /^unknown parameter: author$/],
    ['another mode', '?mode=erase', FEBRUARY, /^mode: must be one of preview, import$/],
    ['no JSON', '?mapping=x', FEBRUARY, /^mapping: must be JSON$/],
    ['an unknown column', '?mapping={"colour":"a"}', FEBRUARY, /^mapping: .*colour/],
    ['a wrong order', '?mapping={"dateOrder":"yes"}', FEBRUARY, /^mapping\.dateOrder: /],
    ['a zero byte', `?mapping=${encodeURIComponent('{"date":"\\u0000"}')}`, FEBRUARY, /^mapping: /],
    ['half a character', `?mapping=${encodeURIComponent('{"date":"\\ud800"}')}`, 'a', /^mapping: /],
    ['days backwards', '?first=2026-02-02&last=2026-02-01', FEBRUARY, /^last: /],
    ['nothing readable', IMPORT, fileOf(SERVICENOW, 'INC1,soon,a,b'), /^None of the 1 lines could/],
    ['no headings', '', 'hello', /^The headings are of no helpdesk/],
    ['no file', '', '', /^(The file is empty|The body must be the file)/],
  ])('%s is refused, and nothing is changed', async (_, query, body, message) => {
    const { send, list } = await serveDesk();

    expect(await send(query.replaceAll('"', '%22'), body)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message: expect.stringMatching(message) } },
    });
    expect((await list()).imports).toEqual([]);
  });

  test('are imported by whom the header Author names, in any script', async () => {
    const { send, list } = await serveDesk();

    const author = encodeURIComponent('  Zoë 山田 ');
    expect((await send(IMPORT, FEBRUARY, { ...CSV, author })).status).toBe(200);
    expect((await list()).imports).toMatchObject([{ author: 'Zoë 山田' }]);
  });

  test.each([
    ['nobody', undefined, /^author: is required to import, as the header Author/],
    ['blanks', '%20', /^author: must say who$/],
    ['too long a name', 'x'.repeat(201), /^author: /],
    ['no URI encoding', '100%', /^author: the header Author must be URI-encoded UTF-8$/],
    ['half a character', '%ED%A0%80', /^author: the header Author must be URI-encoded UTF-8$/],
    ['a zero byte', 'a%00', /^author: must not hold a zero byte$/],
  ])('are not imported by %s', async (_, author, message) => {
    const { send, list } = await serveDesk();
    const headers = { 'content-type': 'text/csv', ...(author !== undefined && { author }) };

    expect(await send(IMPORT, FEBRUARY, headers)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message: expect.stringMatching(message) } },
    });
    expect((await list()).imports).toEqual([]);
  });

  test('wait for another import with a sentence, also where that one took over', async () => {
    const { send, undo, store } = await serveDesk();
    await send(IMPORT, FEBRUARY);
    const tx = store.tx.bind(store);
    let left = 0;
    // Another import takes the lease before the next but one transaction of this one.
    store.tx = async (work) => {
      left -= 1;
      if (left === 0)
        await tx((db) => db.update(store.t.lease).set({ fence: sql`${store.t.lease.fence} + 1` }));
      return tx(work);
    };

    left = 2;
    const imported = await send(IMPORT, FEBRUARY + incident(4, '2026-02-28'));
    await tx((db) => db.delete(store.t.lease));
    left = 2;
    const undone = await undo('1');

    for (const answer of [imported, undone])
      expect(answer).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringMatching(/another import .* has taken over/) } },
      });
  });

  test('come as text/csv, and only here: a form of another site cannot send them', async () => {
    const { send, askSignedIn } = await serveDesk();

    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json'])
      expect((await send('', FEBRUARY, { 'content-type': type })).status).toBe(400);
    const elsewhere = { method: 'POST', headers: CSV, body: 'x' };
    expect((await askSignedIn('/api/v1/annotations', elsewhere)).status).toBe(400);
    const foreign = { ...CSV, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await send('', FEBRUARY, foreign)).status).toBe(403);
  });

  test('above 64 MB are refused in a sentence', async () => {
    const { send } = await serveDesk();
    const line = `${incident(1, '2026-02-02', 'x'.repeat(1000))}\n`;

    const answer = await send('', `${SERVICENOW}\n${line.repeat(66_000)}`);

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('larger than 64 MB') } },
    });
  });

  test('cannot be imported before a tenant is known', async () => {
    const { askSignedIn } = await serve();
    const question = { method: 'POST', headers: CSV, body: FEBRUARY };

    expect((await askSignedIn(`/api/v1/tickets${IMPORT}`, question)).status).toBe(409);
    expect((await askSignedIn('/api/v1/tickets', question)).status).toBe(200);
  });

  test('in great number leave other requests their turn', async () => {
    const { send, askSignedIn, list } = await serveDesk();
    const lines = Array.from({ length: 20_000 }, (_, i) => incident(i, '2026-02-03'));
    let isOver = false;
    const importing = send(IMPORT, fileOf(SERVICENOW, ...lines)).finally(() => {
      isOver = true;
    });
    let answered = 0;
    while (!isOver) {
      expect((await askSignedIn('/api/v1/collection')).status).toBe(200);
      answered += 1;
      await sleep(1);
    }

    expect(made(await importing)).toMatchObject({ report: { passwordTickets: 20_000 } });
    expect(answered).toBeGreaterThan(5);
    expect((await list()).months).toMatchObject([{ month: '2026-02' }]);
  });
});
