import { describe, expect, test } from 'vitest';
import { annotations } from '../../db/queries/annotations.ts';
import { campaigns } from '../../db/queries/campaigns.ts';
import { collection } from '../../db/queries/collection.ts';
import { addAnnotation, removeAnnotation } from '../../db/store/annotations.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { changeSettings, settingDefaults } from '../../db/store/settings.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { DAY_MS, dayCutter, parseDay } from '../../domain/day.ts';
import { stored } from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';
import { aRecord } from '../domain/records.ts';

const POLICY = 'Self-service password reset policy changes';
const [NO_WRITEBACK, WRITEBACK] = [
  'Disable password writeback for directory',
  'Enable password writeback for directory',
];

const day = (text: string) => parseDay(text);
const note = (of: string, until: string | null, text: string) => ({
  kind: 'note' as const,
  day: day(of),
  lastDay: until === null ? null : day(until),
  text,
  author: 'The identity team',
});

async function asked(
  { store, tenantId }: HeldLease,
  first: string,
  last: string,
  timeZone = 'UTC',
) {
  const defaults = settingDefaults({ timeZone });
  const period = { first: day(first), last: day(last) };
  return annotations(store, { tenantId, timeZone, defaults, ...period });
}

async function putChange(lease: HeldLease, at: string, activity: string, timeZone = 'UTC') {
  const occurredAt = Date.parse(at);
  const record = aRecord({
    ...{ id: `${activity} ${at}`, activity, occurredAt, occurredText: at },
    ...{ initiatorId: 'grace', initiatorName: 'grace@contoso.example' },
  });
  await lease.tx((db) =>
    storeAuditRecords(lease, db, {
      feed: 'resets',
      records: [stored(record)],
      cutter: dayCutter(timeZone),
    }),
  );
}

/** A published snapshot of nobody; ids must grow with the days. */
async function putSnapshot({ store, tenantId }: HeldLease, id: number, of: string) {
  const counts = { people: 0, rejected: 0, unknownAdmin: 0 };
  const row = { day: day(of), takenAt: Date.parse(`${of}T04:10:00Z`), lastOfDay: true, ...counts };
  await store.tx(async (db) => {
    await db.insert(store.t.registrationSnapshot).values({
      ...{ tenantId, id, state: 'published' },
      ...row,
    });
  });
}

const short = (all: Awaited<ReturnType<typeof asked>>) =>
  all.map(({ kind, day, lastDay }) => [kind, day, ...(lastDay ? [lastDay] : [])]);

describe.each(ENGINES)('annotations on %s', (_, emptyStore) => {
  test('hold what was written by hand until it is removed, touching the period or not', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    const add = (one: ReturnType<typeof note>) => addAnnotation(store, tenantId, one, 1000);
    await add(note('2025-03-01', '2025-03-09', 'ends before'));
    const { id: long } = await add(note('2025-03-01', '2025-03-10', 'ends on the first day'));
    await add(note('2025-03-20', null, 'on the last day'));
    await add(note('2025-03-21', null, 'after'));
    await addAnnotation(store, tenantId + 1, note('2025-03-15', null, 'of another tenant'), 1000);

    const before = await asked(lease, '2025-03-10', '2025-03-20');
    const removed = await removeAnnotation(store, tenantId, long);

    expect(before).toEqual([
      {
        id: String(long),
        ...{ kind: 'note', day: '2025-03-01', lastDay: '2025-03-10' },
        ...{ text: 'ends on the first day', source: null },
        ...{ author: 'The identity team', createdAt: '1970-01-01T00:00:01.000Z' },
      },
      expect.objectContaining({ text: 'on the last day', lastDay: null }),
    ]);
    expect(removed).toMatchObject({ id: long, text: 'ends on the first day' });
    expect(await removeAnnotation(store, tenantId, long)).toBeNull();
    expect(short(await asked(lease, '2025-03-10', '2025-03-20'))).toEqual([['note', '2025-03-20']]);
  });

  test('tell of changes that the audit log holds, once a day, and name nobody', async () => {
    const lease = await tenantOn(await emptyStore(), { timeZone: 'Europe/Vienna' });
    const put = (at: string, activity: string) => putChange(lease, at, activity, 'Europe/Vienna');
    // Half past eleven in the evening of the 9th, UTC: the 10th in Vienna.
    await put('2025-03-09T23:30:00.0000001Z', POLICY);
    await put('2025-03-10T08:00:00Z', POLICY);
    await put('2025-03-12T07:00:00Z', NO_WRITEBACK);
    await put('2025-03-12T16:00:00Z', WRITEBACK);
    await put('2025-03-13T12:00:00Z', 'Reset password (by admin)');
    await put('2025-03-20T23:30:00Z', POLICY);

    const found = await asked(lease, '2025-03-10', '2025-03-20', 'Europe/Vienna');

    expect(short(found)).toEqual([
      ['policy', '2025-03-10'],
      ['writeback', '2025-03-12'],
    ]);
    expect(found.map(({ text }) => text)).toEqual([
      'The policy of self-service reset changed.',
      'Password writeback was switched off and on.',
    ]);
    expect(JSON.stringify(found)).not.toContain('grace');
  });

  test("hold Microsoft's days where the settings have them", async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;

    const before = await asked(lease, '2027-01-01', '2027-12-31');
    await changeSettings(store, tenantId, { sms_voice_end: '2027-03-15' }, 1000);

    expect(short(before)).toEqual([
      ['microsoft', '2027-02-01'],
      ['microsoft', '2027-07-01'],
    ]);
    expect(before[0]?.source).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    expect(short(await asked(lease, '2027-01-01', '2027-12-31'))).toEqual([
      ['microsoft', '2027-03-15'],
      ['microsoft', '2027-07-01'],
    ]);
  });

  test('show the gaps that the collection shows, days that both feeds miss once', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    for (const [id, of] of ['2025-03-01', '2025-03-04', '2025-03-06'].entries())
      await putSnapshot(lease, id + 1, of);
    for (const [since, until] of [
      ['2025-03-01', '2025-03-02'],
      ['2025-03-04', '2025-03-07'],
      ['2025-03-08', '2025-03-10'],
    ] as const)
      await lease.tx((db) =>
        recordWindow(store, db, {
          ...{ tenantId, feed: 'resets' },
          since: Date.parse(since),
          until: Date.parse(until),
        }),
      );

    const found = await asked(lease, '2025-02-01', '2025-04-30');
    const { gaps } = await collection(store, { tenantId, timeZone: 'UTC', now: DAY_MS });

    expect(found.map(({ day, lastDay, text }) => [day, lastDay, text])).toEqual([
      ['2025-03-02', '2025-03-03', 'Not collected: registration and resets.'],
      ['2025-03-05', null, 'Not collected: registration.'],
      ['2025-03-07', null, 'Not collected: resets.'],
    ]);
    expect(gaps.map(({ feed, first, last }) => [feed, first, last])).toEqual([
      ['registration', '2025-03-02', '2025-03-03'],
      ['registration', '2025-03-05', '2025-03-05'],
      ['resets', '2025-03-02', '2025-03-03'],
      ['resets', '2025-03-07', '2025-03-07'],
    ]);
  });

  test('campaigns are what the forecast reads: their first days, each once', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    const campaign = { ...note('2025-03-05', '2025-03-30', 'ask all'), kind: 'campaign' as const };
    for (const one of [campaign, { ...campaign, text: 'twice' }, note('2025-03-01', null, 'no')])
      await addAnnotation(store, tenantId, one, 1000);

    expect(await campaigns(store, tenantId)).toEqual(['2025-03-05']);
  });
});
