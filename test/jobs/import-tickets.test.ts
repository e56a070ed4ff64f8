import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { TicketsMade } from '../../server/contract/tickets.ts';
import { emptyFolder, serve } from '../build/server.ts';
import { tenantOn } from '../build/tenants.ts';
import { fileOf, incident, SERVICENOW } from '../build/ticket-files.ts';

/** A folder with the database of a sample tenant, and what is served from it meanwhile. */
async function served() {
  const folder = emptyFolder();
  const store = await openStore(`file:${join(folder, 'sample.db')}`);
  const server = await serve({ store });
  await tenantOn(store);
  onTestFinished(() => store.close());
  return { folder, server };
}

/** `node jobs/import-tickets.ts …` over a file of `text`, with nothing in its environment but what it needs. */
async function command(folder: string, text: string | null, ...args: string[]) {
  const file = join(folder, 'tickets.csv');
  if (text !== null) writeFileSync(file, text);
  const child = spawn(process.execPath, ['jobs/import-tickets.ts', file, ...args], {
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: `file:${join(folder, 'real.db')}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = { code: null as number | null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ended.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ended.stderr += chunk.toString();
  });
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

const FILE = fileOf(
  SERVICENOW,
  incident(1, '2026-02-02'),
  incident(2, '2026-02-30'),
  incident(3, '2026-02-27', 'Screen is dark'),
);

describe('npm run import-tickets', () => {
  test('imports beside a running server, and says what it read and refused', async () => {
    const { folder, server } = await served();

    const preview = await command(folder, FILE, '--preview');
    const { code, stdout, stderr } = await command(folder, FILE, '--author', 'Ada');

    expect([preview.code, preview.stderr]).toEqual([0, '']);
    expect(preview.stdout).toContain('A preview, nothing was changed');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      'row 3, Opened: has a date that does not exist: “2026-02-30 09:12:00”.',
    );
    expect(stdout).toContain('Imported as import 1: 1 password ticket, 1 other ticket.');
    expect((await server.askSignedIn('/api/v1/tickets')).body).toMatchObject({
      imports: [{ id: '1', label: 'tickets.csv', author: 'Ada', refused: 1 }],
      months: [{ month: '2026-02', tickets: 1, otherTickets: 1 }],
    });

    const again = await command(folder, FILE, '--json');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(TicketsMade.strict().parse(JSON.parse(again.stdout))).toMatchObject({
      ...{ outcome: 'unchanged', id: '1' },
      report: { refusals: [{ row: 3, column: 'Opened' }] },
    });
  });

  test('says of a file of counts that is there already that it is, and exits 0', async () => {
    const { folder } = await served();
    const counts = fileOf('month,password_tickets', '2026-01,3', '2026-02,4');
    await command(folder, counts);

    const preview = await command(folder, counts, '--preview');
    const again = await command(folder, counts);

    expect([preview.code, preview.stderr]).toEqual([0, '']);
    expect(preview.stdout).toContain('This very file is imported already, as import 1.');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toContain('Nothing was changed: this very file is import 1 already.');
  });

  test('speaks of counts without a grain where no line is left', async () => {
    const { folder } = await served();

    const { code, stdout } = await command(
      folder,
      fileOf('month,password_tickets', '2026-01,soon', '2026-02,never'),
      '--preview',
    );

    expect(code).toBe(1);
    expect(stdout).toContain('tickets.csv: counts (counts), 2 lines\n');
  });

  test('reads columns as it is told', async () => {
    const { folder } = await served();
    const text = 'Ref;When;What\n1;03/02/2026;Neue PIN\n2;05/02/2026;Drucker\n';
    const columns = ['--date', 'When', '--number', 'Ref', '--about', 'What', '--words', 'pin,tan'];

    const { code, stdout } = await command(
      folder,
      text,
      ...columns,
      '--date-order',
      'dmy',
      '--json',
    );

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      report: { source: 'mapped', passwordTickets: 1, otherTickets: 1, first: '2026-02-01' },
    });
  });

  test.each([
    ['nothing readable', fileOf(SERVICENOW, incident(1, 'soon')), [], /^None of the 1 lines could/],
    ['unknown headings', 'a,b\n1,2\n', [], /^The headings are of no helpdesk/],
    ['no file', null, [], /^There is no file/],
    ['a bad day', FILE, ['--first', 'soon'], /^--first must be a calendar day/],
    ['a bad order', FILE, ['--date-order', 'up'], /^--date-order must be/],
    ['an unknown option', FILE, ['--nonsense'], /nonsense/],
  ])('exits 1 with a sentence for %s', async (_, text, args, message) => {
    const { folder, server } = await served();

    const { code, stdout, stderr } = await command(folder, text, ...args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect((await server.askSignedIn('/api/v1/tickets')).body).toMatchObject({ imports: [] });
  });

  test('says so before the first collection', async () => {
    const { code, stderr } = await command(emptyFolder(), FILE);

    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/once the first collection has begun/),
    ]);
  });
});
