import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { collection } from '../../db/queries/collection.ts';
import { people } from '../../db/queries/people.ts';
import { personStory } from '../../db/queries/person-story.ts';
import { resetsSummary } from '../../db/queries/resets-summary.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { randomOf } from '../../demo/random.ts';
import { addDays, DAY_MS, type Day, dayCutter, HOUR_MS, parseDay } from '../../domain/day.ts';
import { numberedRecord } from '../build/numbered-record.ts';
import { emptyFolder } from '../build/server.ts';
import { ENGINES } from '../build/stores.ts';
import { DERIVED, QUEUES, REGISTRATION, rowsOf } from '../build/tables.ts';
import { leaseOf, tenantOn } from '../build/tenants.ts';

const WRITER = fileURLToPath(new URL('../build/audit-writer.ts', import.meta.url));
const SETTINGS = { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] };
const UTC = dayCutter('UTC');

const put = (lease: HeldLease, numbers: number[]) =>
  lease.tx((db) => {
    const records = numbers.map(numberedRecord);
    return storeAuditRecords(lease, db, { feed: 'resets', records, cutter: UTC });
  });

test('P5 killed 20 times while it writes: the file is whole, and what was acknowledged is there', {
  timeout: 120_000,
}, async () => {
  const path = join(emptyFolder(), 'x.db');
  const store = await openStore(path);
  await tenantOn(store);
  await store.close();
  const random = randomOf('kill');
  const acknowledged = new Set<number>();

  for (let kill = 0; kill < 20; kill++) {
    const next = acknowledged.size === 0 ? 0 : Math.max(...acknowledged) + 1;
    for (const n of await killedWriter(path, next, random.between(1, 90))) acknowledged.add(n);

    const file = new Database(path);
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    const found = file.prepare('select id from audit_record').pluck().all() as string[];
    const ids = new Set(found);
    expect([...acknowledged].filter((n) => !ids.has(`record-${n}`))).toEqual([]);
    expect(found.length % 3).toBe(0); // a transaction is there with all its records or not at all
    file.close();
  }

  expect(acknowledged.size).toBeGreaterThan(60);
  await expectAsNeverKilled(path);
});

/** Starts a writer, kills it some time after its first word, and answers what it had acknowledged. */
async function killedWriter(path: string, first: number, afterMs: number): Promise<number[]> {
  const writer = spawn(process.execPath, [WRITER, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const spoke = new Promise<void>((resolve) => {
    writer.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      resolve();
    });
  });
  const closed = once(writer, 'close');
  await Promise.race([spoke, closed]);
  await sleep(afterMs);
  writer.kill('SIGKILL');
  await closed;
  return text.split('\n').slice(0, -1).map(Number);
}

/** The figures of the survivor, brought up to date, are those of one clean run over its records (P3). */
async function expectAsNeverKilled(path: string): Promise<void> {
  const store = await openStore(path);
  const rows = await store.read.select({ id: store.t.auditRecord.id }).from(store.t.auditRecord);
  const clean = await tenantOn(store, { id: 2 });
  for (let i = 0; i < rows.length; i += 500)
    await put(
      clean,
      rows.slice(i, i + 500).map(({ id }) => Number(id.replace('record-', ''))),
    );
  await rollUp(clean, SETTINGS);
  await rollUp(await leaseOf(store), SETTINGS);
  const tables = [...DERIVED, ...QUEUES] as const;
  expect(await rowsOf(store, 1, tables)).toEqual(await rowsOf(store, 2, tables));
  await store.close();
}

/** A day of a tenant in which everybody is called `name`. */
async function fill(lease: HeldLease, name: string, first: number): Promise<void> {
  const day = parseDay('2026-03-02');
  const ingest = await SnapshotIngest.begin(lease, { takenAt: UTC.startOf(day), day });
  const flags = { enabled: true, registered: true, capable: true, mfaCapable: true };
  const state = { ...flags, admin: false, methods: ['email'], userType: 'member' };
  await ingest.page(
    Array.from({ length: 12 }, (_, n) => {
      const id = `person-${n}`;
      return { id, name: `${name} ${n}`, userPrincipalName: `${name}${n}@x`, state };
    }),
  );
  const { id, people: size } = ingest;
  await publishSnapshot(lease, { id, people: size, rejected: 0, totals: [] });
  await put(
    lease,
    Array.from({ length: 40 }, (_, n) => first + n),
  );
  await noteWindow(lease, UTC.startOf(day), UTC.endOf(addDays(day, 30)));
  await rollUp(lease, SETTINGS);
}

const noteWindow = ({ store, tenantId }: HeldLease, since: number, until: number) =>
  store.tx((db) => recordWindow(store, db, { tenantId, feed: 'resets', since, until }));

describe.each(ENGINES)('on %s', (_, emptyStore) => {
  test('P8 a tenant’s answers hold nothing of another tenant in the same database', async () => {
    const store = await emptyStore();
    const one = await tenantOn(store, { id: 1 });
    const other = await tenantOn(store, { id: 2 });
    await fill(one, 'Alpha', 0);
    const tables = [...REGISTRATION, ...DERIVED, 'auditRecord', 'feedWindow'] as const;
    const before = await rowsOf(store, 1, tables);

    await fill(other, 'Beta', 7);

    expect(await rowsOf(store, 1, tables)).toEqual(before);
    for (const [tenantId, own, foreign] of [
      [1, 'Alpha', 'Beta'],
      [2, 'Beta', 'Alpha'],
    ] as const) {
      const base = { tenantId, userType: 'member', sort: 'name', limit: 50 } as const;
      expect((await people(store, { ...base, search: own })).total).toBe(12);
      expect((await people(store, { ...base, search: foreign })).total).toBe(0);
      const told = JSON.stringify([
        await people(store, { ...base, facets: true }),
        await personStory(store, { tenantId, id: 'person-1' }),
      ]);
      expect(told).toContain(own);
      expect(told).not.toContain(foreign);
      const day = '2026-03-02' as Day;
      const period = { tenantId, timeZone: 'UTC', first: day, last: day };
      const { flows } = await resetsSummary(store, period);
      expect(flows?.started).toBe(tenantId === 1 ? 8 : 9);
    }
    const nobody = { tenantId: 3, userType: 'member', sort: 'name', limit: 50 } as const;
    expect((await people(store, { ...nobody, search: 'Alpha' })).people).toEqual([]);
  });

  test('P9 a day that was not read is a gap that is told, not a day without resets', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const first = parseDay('2026-03-02');
    const start = UTC.startOf(first);
    await noteWindow(lease, start, start + 2 * DAY_MS);
    await noteWindow(lease, start + 3 * DAY_MS + HOUR_MS, start + 6 * DAY_MS);
    await rollUp(lease, SETTINGS);

    const now = start + 6 * DAY_MS;
    const { gaps } = await collection(store, { tenantId: 1, timeZone: 'UTC', now });
    const last = addDays(first, 6);
    const { flows, daysCollected } = await resetsSummary(store, {
      tenantId: 1,
      timeZone: 'UTC',
      first,
      last,
    });

    expect(gaps).toEqual([{ feed: 'resets', first: addDays(first, 2), last: addDays(first, 3) }]);
    expect(flows?.started).toBe(0);
    expect(daysCollected).toBe(5);
    const missed = {
      tenantId: 1,
      timeZone: 'UTC',
      first: addDays(first, 2),
      last: addDays(first, 3),
    };
    expect(await resetsSummary(store, missed)).toMatchObject({ flows: null, daysCollected: 0 });
  });

  test('P4 what was read is noted with its last record: when storing fails, neither is there', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);

    const failed = lease.tx(async (db) => {
      const window = { tenantId: 1, feed: 'resets', since: 0, until: 1000 };
      await recordWindow(store, db, window);
      const records = [numberedRecord(1)];
      await storeAuditRecords(lease, db, { feed: 'resets', records, cutter: UTC });
      throw new RangeError('the disk is full');
    });
    await expect(failed).rejects.toThrow(RangeError);

    const tables = ['feedWindow', 'auditRecord', 'flowDirty'] as const;
    expect(await rowsOf(store, 1, tables)).toEqual({
      feedWindow: [],
      auditRecord: [],
      flowDirty: [],
    });
  });
});
