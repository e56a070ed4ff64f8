import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bulkInsert } from '../../db/dialect/bulk.ts';
import { openStore } from '../../db/open.ts';
import { setAside } from '../../db/queries/set-aside.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { changeSettings, readSettings, settingDefaults } from '../../db/store/settings.ts';
import { currentTenant, pinTenant, TenantMismatch } from '../../db/store/tenant.ts';
import type { Store } from '../../db/store-types.ts';
import { emptyFolder } from '../build/server.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const setting = (name: string) => ({ tenantId: 1, name, value: '1', changedAt: 0 });

async function names(store: Store): Promise<string[]> {
  const { setting: table } = store.t;
  const rows = await store.read.select().from(table).where(eq(table.tenantId, 1));
  return rows.map(({ name }) => name).sort();
}

describe.each(ENGINES)('a transaction on %s', (_, emptyStore) => {
  test('is all of its work or, when it throws, nothing', async () => {
    const store = await emptyStore();

    const failed = store.tx(async (db) => {
      await db.insert(store.t.setting).values(setting('a'));
      throw new RangeError('half way');
    });
    await expect(failed).rejects.toThrow(RangeError);
    const refused = store.tx(async (db) => {
      await db.insert(store.t.setting).values(setting('b'));
      await db.insert(store.t.setting).values(setting('b'));
    });
    await expect(refused).rejects.toThrow();
    await store.tx(async (db) => {
      await db.insert(store.t.setting).values(setting('c'));
    });

    expect(await names(store)).toEqual(['c']);
  });

  test('is invisible until it is over', async () => {
    const store = await emptyStore();
    // PGlite has one connection: it answers readers after the transaction, which is as good.
    const seen: Promise<string[]>[] = [];

    await store.tx(async (db) => {
      await db.insert(store.t.setting).values(setting('a'));
      await db.insert(store.t.setting).values(setting('b'));
      seen.push(names(store));
    });

    expect([[], ['a', 'b']]).toContainEqual(await seen[0]);
    expect(await names(store)).toEqual(['a', 'b']);
  });

  test('a bulk insert stores every kind of value as it was', async () => {
    const store = await emptyStore();
    const texts = ["O'Brien", 'Zoë "Q" \\', '東京 𝒳', '', '%_', '{"a":1}', '[null]', 'null', '1e3'];
    const rows = texts.map((text, id) => ({
      tenantId: 1,
      id,
      key: text,
      admin: [true, false, null][id % 3] ?? null,
      enabled: null,
      registered: null,
      capable: null,
      mfaCapable: null,
      methods: id % 2 ? null : [text, 'email'],
      userType: id % 2 ? text : null,
      userClass: 'member',
      reason: 'unknown',
      families: 2 ** 40 + id,
    }));

    await store.tx((db) => bulkInsert(store, db, store.t.registrationState, rows));

    const { registrationState } = store.t;
    const found = await store.read.select().from(registrationState).orderBy(registrationState.id);
    expect(found).toEqual(rows);
  });
});

test.each(['SQLite'])('%s: transactions asked for at once run one after another', async () => {
  const store = await openStore(join(emptyFolder(), 'x.db'));
  let running = 0;
  let most = 0;

  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      store.tx(async (db) => {
        most = Math.max(most, ++running);
        await sleep(1);
        await db.insert(store.t.setting).values(setting(`s${n}`));
        running -= 1;
      }),
    ),
  );

  expect(most).toBe(1);
  expect(await names(store)).toHaveLength(20);
  await store.close();
});

test('waiting for another process to end its transaction does not stop this one', async () => {
  const path = join(emptyFolder(), 'x.db');
  const store = await openStore(path);
  const script = `const { default: Database } = await import('better-sqlite3');
    const other = new Database(${JSON.stringify(path)});
    other.exec('begin immediate');
    console.log('begun');
    setTimeout(() => { other.exec('commit'); other.close(); }, 400);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 10);

  const startedAt = performance.now();
  const reading = names(store);
  const writing = store.tx(async (db) => {
    await db.insert(store.t.setting).values(setting('a'));
  });
  expect(await reading).toEqual([]); // readers do not wait at all
  expect(performance.now() - startedAt).toBeLessThan(200);
  await writing;
  clearInterval(ticking);

  expect(performance.now() - startedAt).toBeGreaterThan(200);
  expect(ticks).toBeGreaterThan(10);
  expect(await names(store)).toEqual(['a']);
  await store.close();
});

const seen = (over: object = {}) => ({
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  origin: 'https://graph.microsoft.com',
  name: 'Contoso',
  timeZone: 'UTC',
  sample: false,
  ...over,
});

describe.each(ENGINES)('the tenant of a database on %s', (_, emptyStore) => {
  test('is pinned at first use; another one is refused with a sentence and changes nothing (P8)', async () => {
    const store = await emptyStore();
    const pinned = await pinTenant(store, seen(), 1000);

    const other = pinTenant(store, seen({ id: 'b'.repeat(36), name: 'Fabrikam' }), 2000);
    await expect(other).rejects.toThrow(TenantMismatch);
    await expect(other).rejects.toThrow(/holds the data of tenant aaaaaaaa.*Nothing was collected/);

    expect(await currentTenant(store)).toEqual(pinned);
    expect(pinned).toMatchObject({ key: seen().id, name: 'Contoso' });
  });

  test('first known by its endpoint gets its id once, and is refused another after that (P8)', async () => {
    const store = await emptyStore();
    await pinTenant(store, seen({ id: null, name: null }), 1000);
    expect(await currentTenant(store)).toMatchObject({ key: seen().origin, name: null });

    await pinTenant(store, seen(), 2000);
    expect(await currentTenant(store)).toMatchObject({ key: seen().id, name: 'Contoso' });

    // Not told again whose it is: the same endpoint is enough, another one is not.
    await pinTenant(store, seen({ id: null, name: null }), 3000);
    const elsewhere = seen({ id: null, origin: 'https://graph.microsoft.us' });
    await expect(pinTenant(store, elsewhere, 4000)).rejects.toThrow(TenantMismatch);
    expect(await currentTenant(store)).toMatchObject({ key: seen().id, name: 'Contoso' });
  });

  test('first known by its endpoint is not taken over by a tenant of another endpoint (P8)', async () => {
    const store = await emptyStore();
    await pinTenant(store, seen({ id: null }), 1000);

    const other = pinTenant(store, seen({ origin: 'https://graph.microsoft.us' }), 2000);

    await expect(other).rejects.toThrow(TenantMismatch);
  });

  test('asked for by many at once is one, and only one of two different ones (P8)', async () => {
    const store = await emptyStore();
    const ids = ['a', 'b', 'a', 'b', 'a'].map((letter) => letter.repeat(36));
    await Promise.all(ids.map(() => currentTenant(store))); // every connection is there

    const answers = await Promise.allSettled(ids.map((id) => pinTenant(store, seen({ id }), 1000)));

    const tenant = await currentTenant(store);
    for (const [i, answer] of answers.entries())
      if (ids[i] === tenant?.key) expect(answer).toMatchObject({ status: 'fulfilled' });
      else expect(answer).toMatchObject({ reason: expect.any(TenantMismatch) });
    expect(await store.read.select().from(store.t.tenant)).toHaveLength(1);
  });
});

describe.each(ENGINES)('settings on %s (more)', (_, emptyStore) => {
  test('lists are kept one entry a line, and settings of another tenant are its own', async () => {
    const store = await emptyStore();
    const defaults = settingDefaults({ timeZone: 'Europe/Vienna' });

    await changeSettings(store, 1, { automation_accounts: ' a@x ,b@x;\n\n c ' }, 1000);

    const own = await readSettings(store, 1, defaults);
    expect(own.automation_accounts).toBe('a@x\nb@x\nc');
    expect(await readSettings(store, 2, defaults)).toEqual(defaults);
    expect(defaults.time_zone).toBe('Europe/Vienna');
  });
});

describe.each(ENGINES)('records that could not be read, on %s', (_, emptyStore) => {
  test('count once each, however often and in whatever batches Graph sends them (P9)', async () => {
    const store = await emptyStore();
    let id = 0;
    const record = fc.record({ id: fc.nat(5), wrong: fc.constantFrom('a', 'b') });
    const batches = fc.array(fc.array(record, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        const lease = await tenantOn(store, { id: ++id });
        for (const [now, batch] of given.entries()) {
          const rejections = batch.map((one) => ({ record: one, reason: `wrong: ${one.wrong}` }));
          await lease.tx((db) => quarantine(lease, db, { feed: 'resets', rejections, now }));
        }
        const { quarantined } = await setAside(store, { tenantId: id });
        const distinct = new Set(given.flat().map((one) => JSON.stringify(one)));
        const counted = quarantined.reduce((sum, { records }) => sum + records, 0);
        expect(counted).toBe(distinct.size);
      }),
      { numRuns: 10 },
    );
  });

  test('are not kept themselves, and the same record of two feeds counts for both (P9)', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const rejections = [{ record: { secret: 'hunter2' }, reason: 'id: missing' }];
    for (const [now, feed] of [
      [1000, 'resets'],
      [2000, 'people'],
      [3000, 'resets'],
    ] as const)
      await lease.tx((db) => quarantine(lease, db, { feed, rejections, now }));

    const { quarantined } = await setAside(store, { tenantId: 1 });

    const rows = await store.read.select().from(store.t.quarantine);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
    expect(quarantined).toEqual([
      { feed: 'people', reason: 'id: missing', records: 1, ...between(2000, 2000) },
      { feed: 'resets', reason: 'id: missing', records: 1, ...between(1000, 3000) },
    ]);
  });
});

function between(first: number, last: number) {
  const text = (at: number) => new Date(at).toISOString();
  return { firstSeenAt: text(first), lastSeenAt: text(last) };
}
