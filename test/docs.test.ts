import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { getTableName } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sqliteKit } from '../db/kit.ts';
import { defineSchema } from '../db/schema.ts';
import { SETTINGS } from '../db/store/setting-list.ts';
import { Variables } from '../jobs/config/variables.ts';
import packageFile from '../package.json' with { type: 'json' };
import { FEED_STATES, FEEDS } from '../server/contract/collection.ts';
import { FLOW_OUTCOMES, REASONS } from '../server/contract/people.ts';
import { PEOPLE_CLASSES } from '../server/contract/registration.ts';
import { ENDPOINTS } from '../server/endpoints.ts';
import { filesIn, ROOT, sources, textOf } from './build/repository.ts';

const DICTIONARY = textOf('docs/data-dictionary.md');
const OPERATIONS = textOf('docs/operations.md');

/** The text under a heading, up to the next one of the same or a higher level. */
function section(text: string, heading: string): string {
  const lines = text.split('\n');
  const level = (line: string) => /^(#+) /.exec(line)?.[1]?.length ?? 9;
  const from = lines.indexOf(heading);
  if (from === -1) throw new Error(`No heading ${heading}`);
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => level(line) <= level(heading));
  return rest.slice(0, to === -1 ? undefined : to).join('\n');
}

/** Every `word` in backticks that begins a row of the tables in `text`. */
function rows(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name ?? '');
}

/** The row of a table that begins with `name`. */
function rowOf(text: string, name: string): string {
  return text.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
}

function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading ?? '');
}

describe('the documents name all there is, and nothing else', () => {
  test('tables', () => {
    const tables = Object.values(defineSchema(sqliteKit)).map((table) => getTableName(table));
    const named = headings(section(DICTIONARY, '## Tables'));

    expect(named.map((heading) => heading.replaceAll('`', '')).sort()).toEqual(tables.sort());
  });

  test('feeds', () => {
    expect(rows(section(OPERATIONS, '## Feeds')).sort()).toEqual([...FEEDS].sort());
  });

  test('feed states', () => {
    expect(rows(section(OPERATIONS, '## Feed states'))).toEqual([...FEED_STATES]);
  });

  test('endpoints', () => {
    const endpoints = ENDPOINTS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

    expect(rows(section(OPERATIONS, '## Endpoints')).sort()).toEqual(endpoints.sort());
  });

  test('environment variables', () => {
    const variables = Object.keys(Variables.shape);

    expect(rows(section(OPERATIONS, '## Environment')).sort()).toEqual(variables.sort());
  });

  test('settings, with their defaults', () => {
    const text = section(OPERATIONS, '## Settings');
    const wrong = SETTINGS.filter(
      (setting) => setting.default && !rowOf(text, setting.name).includes(`\`${setting.default}\``),
    );

    expect(rows(text).sort()).toEqual(SETTINGS.map(({ name }) => name).sort());
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('commands', () => {
    const named = new Set(
      [
        ...section(OPERATIONS, '## Commands').matchAll(/`npm (?:run )?(?:--silent )?([\w:-]+)/g),
      ].map(([, name]) => name),
    );
    named.delete('ci');

    expect([...named].sort()).toEqual(Object.keys(packageFile.scripts).sort());
  });
});

/** Numbers of the contract that say nothing about a tenant. */
const NOT_METRICS = ['settings.min', 'settings.max'];

/** Below `path`, the numbers and shares of a schema, by the names of the objects they are in. */
function numbers(schema: z.core.$ZodType, path: string[] = []): string[] {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return numbers(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return numbers(schema.element, path);
  if (schema instanceof z.ZodNumber) return [path.join('.')];
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = Object.entries(schema.shape);
  const isShare = fields.map(([name]) => name).join() === 'part,whole';
  return isShare
    ? [path.join('.')]
    : fields.flatMap(([name, field]) => numbers(field as z.core.$ZodType, [...path, name]));
}

describe('the data dictionary', () => {
  const fields = [...new Set(ENDPOINTS.flatMap(({ answer }) => numbers(answer)))];
  const nameOf = (field: string) => field.split('.').slice(-1).join();
  const withParent = (field: string) => field.split('.').slice(-2).join('.');

  /** The name, with the object it is in where the same name stands in different objects. */
  const plain = (field: string) => {
    const sameName = fields.filter((other) => nameOf(other) === nameOf(field));
    return new Set(sameName.map(withParent)).size === 1 ? nameOf(field) : withParent(field);
  };

  test('has an entry for every figure of the contract', () => {
    const missing = fields
      .filter((field) => !NOT_METRICS.includes(withParent(field)))
      .filter((field) =>
        [plain(field), withParent(field), field].every(
          (name) => !DICTIONARY.includes(`\`${name}\``),
        ),
      );

    expect(fields.length).toBeGreaterThan(50);
    expect(missing.map(plain)).toEqual([]);
  });

  test('names no field that the contract does not have', () => {
    const named = [...DICTIONARY.matchAll(/^- \*\*Fields\.\*\*([\s\S]*?)(?=^- \*\*)/gm)]
      .flatMap(([, text]) => [...(text ?? '').matchAll(/`([a-z]\w*(?:\.\w+)+)`/gi)])
      .map(([, name]) => name ?? '');

    expect(named.length).toBeGreaterThan(30);
    expect(
      named.filter((name) => !fields.some((field) => `.${field}`.endsWith(`.${name}`))),
    ).toEqual([]);
  });

  test('explains every outcome, reason, class and state', () => {
    const words = [...FLOW_OUTCOMES, ...REASONS, ...PEOPLE_CLASSES, ...FEED_STATES];

    expect(words.filter((word) => !DICTIONARY.includes(`\`${word}\``))).toEqual([]);
  });

  test('says of every metric all that has to be said', () => {
    const labels = ['Means', 'Formula', 'Fields', 'Source', 'Day', 'Null', 'Not for'];
    const metrics = DICTIONARY.split(/^## /m).filter((part) => part.startsWith('Metrics'));
    const incomplete = metrics
      .flatMap((part) => part.split(/^### /m).slice(1))
      .filter((entry) => labels.some((label) => !entry.includes(`- **${label}.**`)));

    expect(metrics).toHaveLength(3);
    expect(incomplete.map((entry) => entry.split('\n')[0])).toEqual([]);
  });
});

const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].map((path) => ({ path, text: textOf(path) })),
  ...filesIn('docs', ['.md']),
];

/** As the usual readers of Markdown name a heading in an address. */
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('what the documents point to', () => {
  test('is there: links, and the headings they name', () => {
    const broken = DOCUMENTS.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link]) => link ?? '')
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => !isThere(path, link))
        .map((link) => `${path}: ${link}`),
    );

    expect(broken).toEqual([]);
  });

  test('is there: files and folders of ours in backticks', () => {
    const ours = /`((?:domain|db|jobs|server|web|demo|bench|test|docs)\/[\w./-]*)`/g;
    const gone = DOCUMENTS.flatMap(({ path, text }) =>
      [...text.matchAll(ours)]
        .map(([, file]) => file ?? '')
        .filter((file) => !existsSync(join(ROOT, file)))
        .map((file) => `${path}: ${file}`),
    );

    expect(gone).toEqual([]);
  });

  test('are sentences that the product says', () => {
    const said = sources('domain', 'db', 'jobs', 'server')
      .map(({ text }) => text)
      .join('\n');
    const sentences = [...section(OPERATIONS, '## Troubleshooting').matchAll(/^\| (.+?) \|/gm)]
      .map(([, sentence]) => sentence ?? '')
      .filter((sentence) => !/^sentence$|^---/.test(sentence));
    const parts = sentences.flatMap((sentence) => sentence.split('…').map((part) => part.trim()));

    expect(sentences.length).toBeGreaterThan(20);
    expect(parts.filter((part) => !said.includes(part))).toEqual([]);
  });
});

function isThere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), file);
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || headings(textOf(path)).map(slug).includes(anchor);
}
