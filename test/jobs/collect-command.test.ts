import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SAMPLE_TOKEN } from '../../demo/graph-server.ts';
import { type Lab, lab, temporaryFolder, worldOf } from '../oracle/lab.ts';
import { nastyTenant } from '../oracle/nasty-tenant.ts';

const ZONE = 'Europe/Vienna';
const FEEDS = ['people', 'domains', 'registration', 'resets', 'security-info'];

/** Graph on loopback whose records end now, and the real app over the file that the command writes. */
async function served() {
  const now = Date.now();
  const folder = temporaryFolder();
  const it = await lab({ world: worldOf(nastyTenant(41, now)), now, timeZone: ZONE, folder });
  return { it, folder };
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `node jobs/collect.ts …` as a process of its own, with nothing in its environment but what it needs. */
async function command(
  { it, folder }: { it: Lab; folder: string },
  args: string[],
  token = SAMPLE_TOKEN,
): Promise<Ended> {
  const child = spawn(process.execPath, ['jobs/collect.ts', ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      GRAPH_ENDPOINT: it.origin,
      GRAPH_TOKEN: token,
      DATABASE_URL: `file:${join(folder, 'lab.db')}`,
      TENANT_TIME_ZONE: ZONE,
      GRAPH_REPORT_REQUESTS_PER_10S: '999999',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ended.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ended.stderr += chunk.toString();
  });
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe('npm run collect', () => {
  test('with --json writes one JSON value and nothing else; what it read is served', async () => {
    const it = await served();

    const { code, stdout, stderr } = await command(it, ['--json']);

    const summary = JSON.parse(stdout) as { ok: boolean; feeds: { feed: string; state: string }[] };
    expect(summary.ok).toBe(true);
    expect(summary.feeds.map(({ feed, state }) => [feed, state])).toEqual(
      FEEDS.map((feed) => [feed, 'ok']),
    );
    expect([code, stderr]).toEqual([0, '']);
    const { total } = (await it.it.ask('/people?limit=1')) as { total: number };
    expect(total).toBeGreaterThan(100);
    expect((await it.it.ask('/collection')) as object).toMatchObject({ timeZone: ZONE });
  });

  test('refused one feed exits 1 with a sentence for it, the others stored, no token told', async () => {
    const it = await served();
    it.it.graph.setFaults([{ route: 'registration', fault: 'licence-403' }]);

    const { code, stdout, stderr } = await command(it, ['--json']);

    const { ok, feeds } = JSON.parse(stdout) as {
      ok: boolean;
      feeds: { feed: string; state: string; reason: string | null }[];
    };
    expect([code, ok]).toEqual([1, false]);
    const bad = feeds.filter(({ state }) => state !== 'ok');
    expect(bad).toMatchObject([{ feed: 'registration', state: 'unavailable' }]);
    expect(lines(stderr)).toEqual([`registration: ${bad[0]?.reason}`]);
    expect(bad[0]?.reason).toMatch(/^[A-Z][^\n]*\.$/);
    expect(stdout + stderr).not.toContain(SAMPLE_TOKEN);
    const told = (await it.it.ask('/collection')) as { feeds: { feed: string; stored: number }[] };
    expect(told.feeds.find(({ feed }) => feed === 'resets')?.stored).toBeGreaterThan(100);
  });

  test('refused the sign-ins only exits 0, and says what to grant', async () => {
    const it = await served();
    it.it.graph.setFaults([{ route: 'people', fault: 'no-sign-in-activity' }]);

    const { code, stdout, stderr } = await command(it, ['--feed', 'people']);

    expect([code, lines(stdout).length]).toEqual([0, 1]);
    expect(lines(stderr)).toEqual([
      expect.stringMatching(/^people: Sign-ins could not be read: .*AuditLog\.Read\.All/),
    ]);
  });

  test('with a wrong token exits 1 with one sentence for every feed, and the figures stay', async () => {
    const it = await served();
    await command(it, []);
    const before = await it.it.ask('/registration/methods');
    const token = 'not-the-token-that-graph-knows';

    const { code, stdout, stderr } = await command(it, [], token);

    expect(code).toBe(1);
    const told = lines(stderr).filter((line) => /^[a-z-]+: [A-Z].*\.$/.test(line));
    expect(told.map((line) => line.split(':')[0])).toEqual(FEEDS);
    expect(stdout + stderr).not.toContain(token);
    expect(await it.it.ask('/registration/methods')).toEqual(before);
  });

  test.each([
    [['--feed', 'weather'], /There is no feed weather\. The feeds are: people, domains, /],
    [['--nonsense'], /nonsense/],
  ])('does not understand %s, says so and exits 1', async (args, sentence) => {
    const it = await served();

    const { code, stdout, stderr } = await command(it, args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(it.it.graph.statistics.requests).toBe(0);
  });
});
