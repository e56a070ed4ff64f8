import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readOptions } from '../../bench/options.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

describe('npm run bench', () => {
  test('measures everything at a small size, prints every row and leaves nothing behind', {
    timeout: 240_000,
  }, () => {
    const temporary = mkdtempSync(join(tmpdir(), 'bench-test-'));
    onTestFinished(() => rmSync(temporary, { recursive: true }));

    const ended = spawnSync(process.execPath, ['bench/main.ts', '--quick'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temporary },
    });

    expect(ended.stderr).not.toMatch(/error/i);
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/^20,000 people; \d+ cores .+ Node v\d+.+ SQLite \d/);
    const rows = ended.stdout.split('\n').slice(2);
    const whats = [
      ...['speed', 'with our parser', 'bytes written', 'peak memory', 'longest transaction'].map(
        (what) => `first report, 20,000 people: ${what}`,
      ),
      'first /users, 20,000 people: speed',
      ...['time', 'bytes written', 'peak memory', 'longest transaction'].flatMap((what) =>
        [4995, 20_000].map((n) => `0.3 % changed, ${n.toLocaleString('en')} people: ${what}`),
      ),
      'history of 3 years',
      'coverage of everybody, 1095 of 1095 days',
      'coverage of a department, 1095 of 1095 days',
      'coverage of a department over HTTP',
      'coverage of everybody over HTTP, ETag unchanged (304)',
      'coverage of everybody, size in gzip',
      'API p50 during',
      'API p99 during',
      ...['first page', 'deep page', 'search, no hit', 'search, rare', 'search, common'].map(
        (what) => `people list: ${what}`,
      ),
      ...['reason', 'capable', 'registered', 'enabled', 'admin', 'a department', 'a country'].map(
        (what) => `people list: ${what}`,
      ),
      ...['fitted', 'stated', 'longest unregistered', 'by lot'].map(
        (what) => `held-out calls of the first 10 %: ${what}`,
      ),
    ];
    for (const what of whats)
      expect(rows.filter((line) => line.includes(what)).length, what).toBeGreaterThan(0);
    for (const goal of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      expect(
        rows.filter((line) => line.startsWith(`G${goal} `)).length,
        `G${goal}`,
      ).toBeGreaterThan(0);
    expect(ended.stdout).not.toContain('NaN');
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('says what is wrong with its options', () => {
    expect(readOptions([])).toEqual({ people: 200_000, quick: false });
    expect(readOptions(['--people', '50000'])).toEqual({ people: 50_000, quick: false });
    expect(readOptions(['--quick'])).toEqual({ people: 20_000, quick: true });
    expect(() => readOptions(['--people', 'many'])).toThrow('--people takes a whole number');
    expect(() => readOptions(['--fast'])).toThrow('--fast is not known');
  });
});
