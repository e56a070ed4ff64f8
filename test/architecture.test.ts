import { posix } from 'node:path';
import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { sqliteKit } from '../db/kit.ts';
import { defineSchema } from '../db/schema.ts';
import { CODE_FOLDERS, filesOf, linesWith, sources, withoutComments } from './build/repository.ts';

/** What each folder may import from, itself apart. The arrows in docs/architecture.md are these. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  db: ['domain'],
  jobs: ['domain', 'db'],
  server: ['domain', 'db'],
  web: ['domain', 'server/contract'],
  demo: ['domain'],
  bench: CODE_FOLDERS,
  test: CODE_FOLDERS,
};

/** Single files that may do more than their folder, and why. */
const EXCEPTIONS: Record<string, string[]> = {
  // The sample tenant is collected like a real one.
  'jobs/sample.ts': ['demo'],
  'jobs/replay-sample.ts': ['demo'],
  'jobs/sample-desk.ts': ['demo'],
  // The process reads its settings and runs the jobs' thread. Everything else of server knows no jobs.
  'server/main.ts': ['jobs'],
  'server/start.ts': ['jobs'],
  'server/jobs-thread.ts': ['jobs'],
};

interface Import {
  from: string;
  /** Path from the root for a file of ours, else the package's specifier. */
  to: string;
  ours: boolean;
}

/** Imports, static or not, exports from elsewhere, and files started by `new URL(…, import.meta.url)`. */
const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'|new URL\(\s*'(\.[^']+\.ts)',\s*import\.meta\.url/g;

function imports(): Import[] {
  return sources().flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(SPECIFIER)].map((match): Import => {
      const specifier = match[1] ?? match[2] ?? '';
      const ours = specifier.startsWith('.');
      const to = ours ? posix.join(posix.dirname(path), specifier) : specifier;
      return { from: path, to, ours };
    }),
  );
}

const ALL = imports();

const folderOf = (path: string) => path.split('/')[0] ?? '';
const isIn = (path: string, folder: string) => path.startsWith(`${folder}/`);
const shown = ({ from, to }: Import) => `${from} -> ${to}`;

/** Whether `to` is a part of the package `name`. */
const isPackage = (to: string, name: string) => to === name || to.startsWith(`${name}/`);

function importersOf(...packages: string[]): string[] {
  const found = ALL.filter(({ to, ours }) => !ours && packages.some((name) => isPackage(to, name)));
  return [...new Set(found.map(({ from }) => from))];
}

describe('who may import whom', () => {
  test('the arrows of docs/architecture.md hold', () => {
    const wrong = ALL.filter(({ from, to, ours }) => {
      if (!ours || isIn(to, folderOf(from))) return false;
      const allowed = [...(MAY_IMPORT[folderOf(from)] ?? []), ...(EXCEPTIONS[from] ?? [])];
      return folderOf(to) in MAY_IMPORT && !allowed.some((folder) => isIn(to, folder));
    });

    expect(wrong.map(shown)).toEqual([]);
  });

  test('every exception is still needed', () => {
    const unused = Object.entries(EXCEPTIONS).filter(
      ([file, folders]) =>
        !folders.every((folder) => ALL.some(({ from, to }) => from === file && isIn(to, folder))),
    );

    expect(unused).toEqual([]);
  });

  test('nothing imports the process', () => {
    // A test starts it, as a process of its own.
    const wrong = ALL.filter(({ from, to }) => to === 'server/main.ts' && !isIn(from, 'test'));

    expect(wrong.map(shown)).toEqual([]);
  });

  test('a contract knows nothing but domain and other contracts', () => {
    const wrong = ALL.filter(
      ({ from, to, ours }) =>
        isIn(from, 'server/contract') &&
        ours &&
        !isIn(to, 'server/contract') &&
        !isIn(to, 'domain'),
    );

    expect(wrong.map(shown)).toEqual([]);
  });

  test('domain depends on no package and on nothing of Node', () => {
    expect(ALL.filter(({ from, ours }) => isIn(from, 'domain') && !ours).map(shown)).toEqual([]);
  });

  test('an import says where the thing is: no barrels, no aliases', () => {
    expect(linesWith(sources(), /\bexport \*/)).toEqual([]);
    expect(ALL.filter(({ to }) => /^[@~#$]\//.test(to)).map(shown)).toEqual([]);
  });
});

describe('what stands in one place', () => {
  test('SQL and database drivers stand in db', () => {
    const files = importersOf('drizzle-orm', 'better-sqlite3', 'pg', 'drizzle-kit');

    expect(files.filter((file) => !/^(db|test|bench)\//.test(file))).toEqual([]);
  });

  test('all that asks Graph stands in jobs/graph', () => {
    const product = sources('domain', 'db', 'jobs', 'server', 'demo');
    const asking = filesOf(
      linesWith(product, /(?<![\w.])fetch\(|https:\/\/[\w.-]*graph\.microsoft/),
    );

    expect(asking.filter((file) => !isIn(file, 'jobs/graph') && !isIn(file, 'demo'))).toEqual([]);
    const clients = importersOf('@microsoft/microsoft-graph-client', '@azure/identity');
    expect(clients.filter((file) => !isIn(file, 'jobs/graph') && !isIn(file, 'test'))).toEqual([]);
  });

  test('a request never calls Graph: server imports nothing of jobs/graph', () => {
    const wrong = ALL.filter(({ from, to }) => isIn(from, 'server') && isIn(to, 'jobs/graph'));

    expect(wrong.map(shown)).toEqual([]);
  });

  test('Chart.js stands in one file', () => {
    const files = importersOf('chart.js').filter((file) => !isIn(file, 'test'));

    expect(files).toEqual(['web/charts/chart.svelte.ts']);
  });

  test('CSV files are split in one file', () => {
    expect(importersOf('csv-parse')).toEqual(['db/store/ticket-file.ts']);
  });

  test('shares are divided in domain/share.ts', () => {
    const product = sources('domain', 'db', 'jobs', 'server', 'web');
    const divisions = linesWith(product, /(?<!<)\/\s*(?:[\w.?]+\.)?(?:whole|population)\b(?!-\w)/);

    expect(filesOf(divisions)).toEqual(['domain/share.ts']);
  });

  test('days are cut in domain/day.ts, and written for people in web/format.ts', () => {
    const product = sources('domain', 'db', 'jobs', 'server', 'web', 'demo');
    const zoned =
      /Intl\.DateTimeFormat|toLocale(?:Date|Time)?String\(|getTimezoneOffset|\.get(?:FullYear|Month|Date|Day|Hours|Minutes)\(\)/;
    const files = filesOf(linesWith(product, zoned));

    expect(files.filter((file) => !['domain/day.ts', 'web/format.ts'].includes(file))).toEqual([]);
  });
});

/** Where the real clock or real chance comes in; every other file gets it handed in. */
const REAL_WORLD: Record<string, string> = {
  'jobs/collect.ts': 'a command: hands the clock to its jobs',
  'jobs/import-tickets.ts': 'a command: hands the clock to what it imports',
  'jobs/worker.ts': 'the jobs’ thread: hands the clock to its jobs',
  'jobs/tenant-session.ts': 'hands chance to the Graph reader, for the jitter of its waits',
  'db/open-sqlite.ts': 'how long a transaction waits for another writer',
  'db/store/chunks.ts': 'fits the size of a transaction to how long the last one took',
};

test('clock and chance are handed in to domain, db, jobs and demo', () => {
  const found = linesWith(
    sources('domain', 'db', 'jobs', 'demo'),
    /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bperformance\.now\b/,
  );

  expect(filesOf(found).filter((file) => !(file in REAL_WORLD))).toEqual([]);
  expect(Object.keys(REAL_WORLD).filter((file) => !filesOf(found).includes(file))).toEqual([]);
});

describe('the tables', () => {
  const tables = Object.values(defineSchema(sqliteKit));

  test('tenant_id leads every key but that of the tenant itself', () => {
    const wrong = tables.filter((table) => {
      const { name, primaryKeys, indexes } = getTableConfig(table);
      const keys = [...primaryKeys, ...indexes.map(({ config }) => config)];
      const leads = keys.map(({ columns: [first] }) => first && 'name' in first && first.name);
      return name !== 'tenant' && !leads.every((lead) => lead === 'tenant_id');
    });

    expect(wrong.map((table) => getTableName(table))).toEqual([]);
  });

  test('names of people stand in person alone, and nobody’s phone number is stored', () => {
    const named = tables.flatMap((table) =>
      getTableConfig(table)
        .columns.filter(({ name }) =>
          /principal|display_name|sort_name|search_text|mail|phone/.test(name),
        )
        .map(() => getTableName(table)),
    );

    expect([...new Set(named)]).toEqual(['person']);
    const { columns } = getTableConfig(defineSchema(sqliteKit).person);
    expect(columns.filter(({ name }) => /phone|mail/.test(name))).toEqual([]);
  });
});
