import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFolder } from '../../bench/vectors/check-folder.ts';
import { relativeError, type Vector, type VectorKind } from '../../bench/vectors/vector.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const SHARED = join(ROOT, '../shared/vectors');

/** A folder of files: objects are written as JSON, texts as they are. */
function folderOf(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  return folder;
}

function run(...words: string[]) {
  const ended = spawnSync(process.execPath, ['bench/vectors.ts', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status: ended.status, lines: ended.stdout.trimEnd().split('\n'), said: ended.stderr };
}

/** Doubles `input` and compares with `out`. */
const double: VectorKind = function* ({ input, out }: Vector) {
  const expected = out as number[];
  for (const [i, value] of (input as number[]).entries())
    yield { name: `out[${i}]`, expected: expected[i] ?? null, actual: value * 2, tolerance: 1e-6 };
};

function check(files: Record<string, unknown>): { lines: string[]; passed: boolean } {
  const lines: string[] = [];
  const directory = folderOf(files);
  const passed = checkFolder({ directory, kinds: { double }, write: (line) => lines.push(line) });
  return { lines, passed };
}

describe('npm run vectors', () => {
  test('says a line per file in order of name, and skips kinds that are not implemented', () => {
    const folder = folderOf({
      'b.json': { kind: 'no-such-kind', id: 'second' },
      'a.json': { kind: 'another', id: 'first' },
      'README.md': 'not a vector',
    });
    mkdirSync(join(folder, 'deeper'));
    writeFileSync(join(folder, 'deeper', 'c.json'), '{}');

    const { status, lines } = run(folder);

    expect(lines).toEqual([
      'another  first  0  -  skipped (kind not implemented yet)',
      'no-such-kind  second  0  -  skipped (kind not implemented yet)',
      '0 passed, 0 failed, 2 skipped',
    ]);
    expect(status).toBe(0);
  });

  test('fails on files that are no vectors, each with a sentence', () => {
    const { status, lines } = run(folderOf({ 'a.json': '{"kind":', 'b.json': [1], 'c.json': {} }));

    expect(status).toBe(1);
    expect(lines[0]).toBe('-  a  0  -  fail (This is not JSON)');
    expect(lines[1]).toMatch(/^- {2}b {2}0 {2}- {2}fail \(This is not a reference vector: .+\)$/);
    expect(lines[2]).toMatch(
      /^- {2}c {2}0 {2}- {2}fail \(This is not a reference vector: .+kind\)$/,
    );
    expect(lines.at(-1)).toBe('0 passed, 3 failed, 0 skipped');
  });

  test('fails with a sentence where there is no folder to read', () => {
    expect(run('/no/such/folder')).toMatchObject({
      status: 1,
      said: 'The folder /no/such/folder cannot be read: there is no such folder.\n',
    });
    expect(run()).toMatchObject({ status: 1, said: expect.stringContaining('-- DIR') });
  });

  test('reads every file of the shared reference folder', ({ skip }) => {
    if (!existsSync(SHARED)) skip('there is no folder of shared reference vectors here');
    const files = readdirSync(SHARED).filter((name) => name.endsWith('.json'));

    const { lines } = run(SHARED);

    expect(lines).toHaveLength(files.length + 1);
    expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ skipped$/);
  });
});

describe('a reference file whose kind is implemented', () => {
  test('passes within the tolerance, and tells the worst error', () => {
    const { lines, passed } = check({
      'a.json': { kind: 'double', id: 'a', input: [1, 2, 0], out: [2, 4.000001, 0] },
    });

    expect(lines[0]).toBe('double  a  3  2.5e-7  pass');
    expect(passed).toBe(true);
  });

  test('fails beyond it, and where one side has no value, naming the value', () => {
    const { lines, passed } = check({
      'a.json': { kind: 'double', id: 'a', input: [1, 2], out: [2, 5] },
      'b.json': { kind: 'double', input: [1], out: [] },
    });

    expect(lines[0]).toBe('double  a  2  2.0e-1  fail (out[1] is 4, the reference says 5)');
    expect(lines[1]).toBe('double  b  1  Infinity  fail (out[0] is 2, the reference says null)');
    expect(passed).toBe(false);
  });

  test('fails when it cannot be worked through or nothing was compared', () => {
    const { lines } = check({
      'a.json': { kind: 'double', id: 'a' },
      'b.json': { kind: 'double', id: 'b', input: [], out: [] },
    });

    expect(lines[0]).toMatch(/^double {2}a {2}0 {2}- {2}fail \(.+\)$/);
    expect(lines[1]).toBe('double  b  0  -  fail (nothing was compared)');
  });
});

test('an error is relative to the reference, and infinite where a number is missing', () => {
  const error = (expected: number | boolean | null, actual: number | boolean | null) =>
    relativeError({ name: '', expected, actual, tolerance: 0 });

  expect(error(200, 201)).toBe(0.005);
  expect(error(0, 0.25)).toBe(0.25);
  expect(error(null, null)).toBe(0);
  expect(error(true, false)).toBe(1);
  expect(error(1, Number.NaN)).toBe(Number.POSITIVE_INFINITY);
  expect(error(null, 1)).toBe(Number.POSITIVE_INFINITY);
});
