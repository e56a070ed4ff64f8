import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adminResets } from '../../db/queries/admin-resets.ts';
import { collection } from '../../db/queries/collection.ts';
import { incidentStory } from '../../db/queries/incident-story.ts';
import { incidents } from '../../db/queries/incidents.ts';
import { lastSnapshotDay } from '../../db/queries/last-snapshot-day.ts';
import { type PeopleInput, people } from '../../db/queries/people.ts';
import { personStory } from '../../db/queries/person-story.ts';
import { publishedPeople } from '../../db/queries/published-people.ts';
import { reconciliation } from '../../db/queries/reconciliation.ts';
import { registrationBy } from '../../db/queries/registration-by.ts';
import { registrationCoverage } from '../../db/queries/registration-coverage.ts';
import { registrationMethods } from '../../db/queries/registration-methods.ts';
import { resetsFunnel } from '../../db/queries/resets-funnel.ts';
import { resetsHours } from '../../db/queries/resets-hours.ts';
import { resetsMethods } from '../../db/queries/resets-methods.ts';
import { resetsReasons } from '../../db/queries/resets-reasons.ts';
import { resetsSummary } from '../../db/queries/resets-summary.ts';
import { resetsTimes } from '../../db/queries/resets-times.ts';
import { resetsTrend } from '../../db/queries/resets-trend.ts';
import { resetsWriteback } from '../../db/queries/resets-writeback.ts';
import { setAside } from '../../db/queries/set-aside.ts';
import { snapshotOfDay } from '../../db/queries/snapshot-of-day.ts';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { storeDomains } from '../../db/store/domains.ts';
import { beginRun, endRun, type FeedName, feedMemory, noCounts } from '../../db/store/feed-runs.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Store } from '../../db/store-types.ts';
import { randomOf } from '../../demo/random.ts';
import { addDays, DAY_MS, dayCutter, HOUR_MS, parseDay } from '../../domain/day.ts';
import { type CopiedDay, pagesOf, registrationDays, usersOf } from '../build/registration-days.ts';
import { store as put, RECORDS_END, someDays } from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { DERIVED, rowsOf } from '../build/tables.ts';
import { tenantOn } from '../build/tenants.ts';

const ZONE = 'Asia/Kathmandu';
const FIRST = parseDay('2026-02-28');
const LAST = parseDay('2026-03-10');
const NOW = RECORDS_END + HOUR_MS;
/** The people of the flows, who are in the report as well, with names that are easily sorted wrongly. */
const NAMED: [id: string, name: string | null][] = [
  ['ada', 'Ada_Lovelace 100%'],
  ['bob', 'bob'],
  ['grace', 'ÅSA'],
  ['robot', 'zoë'],
];

function days(): CopiedDay[] {
  return registrationDays(21, 4).map(({ people: all }, n) => {
    const one = [...all.values()][0];
    if (!one) throw new Error('Nobody is there');
    const named = NAMED.map(
      ([id, name]) => [id, { ...one, row: { ...one.row, id, name } }] as const,
    );
    return { day: addDays(FIRST, n * 2), people: new Map([...all, ...named]) };
  });
}

async function fill(lease: HeldLease): Promise<void> {
  const random = randomOf('same answers');
  for (const copy of days()) {
    await storePeople(lease, usersOf(copy));
    const takenAt = dayCutter(ZONE).startOf(copy.day) + 9 * HOUR_MS;
    const ingest = await SnapshotIngest.begin(lease, { takenAt, day: copy.day });
    for (const page of pagesOf(copy, random)) await ingest.page(page);
    await ingest.leavers();
    const totals = (['all', 'member'] as const).flatMap((userTypes) => [
      { userTypes, feature: '', people: 40 },
      { userTypes, feature: 'ssprCapable', people: 20 },
    ]);
    const { id, people: size } = ingest;
    await publishSnapshot(lease, { id, people: size, rejected: 2, totals });
  }
  await collected(lease);
  const records = fc.sample(someDays, { numRuns: 8, seed: 4 }).flat();
  await put(lease, records, { until: RECORDS_END, timeZone: ZONE });
  const accounts = ['robot@contoso.example'];
  await rollUp(lease, { timeZone: ZONE, incidentGapHours: 24, automationAccounts: accounts });
}

async function collected(lease: HeldLease): Promise<void> {
  const feed: FeedName = 'resets';
  const domain = { passwordValidityDays: 2_147_483_647, isDefault: true, isVerified: null };
  await lease.tx((db) => storeDomains(lease, db, [{ name: 'x.example', ...domain }]));
  const rejections = [1, 2, 3].map((n) => ({ record: { n }, reason: `id: wrong ${n % 2}` }));
  await lease.tx((db) => quarantine(lease, db, { feed, rejections, now: NOW }));
  for (const state of ['failed', 'ok'] as const) {
    const id = await beginRun(lease, feed, NOW);
    const run = { id, feed, state, reason: null, counts: { ...noCounts(), received: 9 } };
    await endRun(lease, run, { lastCompleteAt: NOW, newestRecordAt: NOW }, NOW);
  }
  await beginRun(lease, 'people', NOW);
  await lease.report('people', 0.25);
}

async function answers(store: Store): Promise<Record<string, unknown>> {
  const tenantId = 1;
  const period = { tenantId, timeZone: ZONE, first: FIRST, last: LAST };
  const found: Record<string, unknown> = {
    collection: await collection(store, { tenantId, timeZone: ZONE, now: NOW }),
    late: await collection(store, { tenantId, timeZone: ZONE, now: NOW + 9 * DAY_MS }),
    memory: await feedMemory(store, tenantId, 'resets'),
    setAside: await setAside(store, { tenantId }),
    reconciliation: await reconciliation(store, { tenantId }),
    lastDay: await lastSnapshotDay(store, tenantId),
    published: await publishedPeople(store, tenantId),
    summary: await resetsSummary(store, period),
    domains: await rowsOf(store, tenantId, ['domain']),
    derived: await rowsOf(store, tenantId, DERIVED),
  };
  for (const day of [undefined, FIRST, addDays(FIRST, 1)]) {
    found[`snapshot ${day}`] = await snapshotOfDay(store, { tenantId, day });
    found[`methods ${day}`] = await registrationMethods(store, { tenantId, day });
    for (const dimension of ['department', 'country', 'office', 'company', 'admin'])
      found[`${dimension} ${day}`] = await registrationBy(store, { tenantId, dimension, day });
  }
  found.coverage = await registrationCoverage(store, period);
  for (const value of ['Sales', '東京', '', 'nobody'])
    found[`coverage ${value}`] = await registrationCoverage(store, {
      ...period,
      dimension: 'department',
      value,
    });
  await resetAnswers(store, period, found);
  for (const bucket of ['day', 'week', 'month'] as const)
    found[`trend ${bucket}`] = await resetsTrend(store, { ...period, bucket });
  for (const bucket of ['day', 'hour'] as const)
    for (const by of [undefined, 'method', 'country', 'admin', 'address'] as const)
      found[`failures ${bucket} ${by}`] = await verificationFailures(store, {
        ...period,
        bucket,
        by,
      });
  for (const id of ['ada', 'bob', 'grace', 'person-3', 'person-17', 'nobody'])
    found[`story ${id}`] = await personStory(store, { tenantId, id });
  for (const filter of LISTS)
    found[`people ${JSON.stringify(filter)}`] = await pages(store, filter);
  return found;
}

/** What is asked about resets beyond sums: figures, lists and stories. */
async function resetAnswers(
  store: Store,
  period: Parameters<typeof resetsSummary>[1],
  found: Record<string, unknown>,
): Promise<void> {
  const { tenantId } = period;
  const asked = { ...period, defaults: settingDefaults({ timeZone: ZONE }), limit: 200 };
  found.funnel = await resetsFunnel(store, period);
  found.methods = await resetsMethods(store, period);
  found.reasons = await resetsReasons(store, period);
  found.hours = await resetsHours(store, asked);
  found.times = await resetsTimes(store, period);
  found.writeback = await resetsWriteback(store, period);
  for (const kind of ['counted', 'automation', 'unknown_initiator'] as const)
    found[`admin resets ${kind}`] = await adminResets(store, { ...asked, kind });
  found.lost = await incidents(store, { ...asked, lost: true });
  const all = await incidents(store, asked);
  found.incidents = all;
  for (const { id } of all.incidents)
    found[`incident ${id}`] = await incidentStory(store, { tenantId, id });
}

const LISTS: Partial<PeopleInput>[] = [
  {},
  { userType: 'guest' },
  { reason: 'capable' },
  { capable: false },
  { registered: true, enabled: true },
  { admin: true },
  { admin: false, country: 'AT' },
  { department: 'Zoë & Söhne' },
  { department: '' },
  { country: '' },
  ...[
    'ADA',
    'ada_',
    '100%',
    '_',
    '%',
    'å',
    'ÅSA',
    'ß',
    'SS',
    '李',
    'p1',
    "'",
    '"',
    '\\',
    'ZOË',
    'x',
  ].map((search) => ({ search })),
  { search: 'p1', capable: true, department: 'Ops' },
];

/** All pages of the list, a few at a time. */
async function pages(store: Store, filter: Partial<PeopleInput>) {
  const base = { tenantId: 1, userType: 'member' as const, sort: 'name' as const, limit: 7 };
  const found = [];
  let cursor: string | undefined;
  do {
    const page = await people(store, { ...base, ...filter, cursor, facets: cursor === undefined });
    found.push(page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const ids = found.flatMap((page) => page.people.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { total } of found) expect(total).toBe(ids.length);
  return found;
}

test(`every question has the same answer on ${ENGINES.map(([name]) => name).join(', ')}`, async () => {
  const clock = () => NOW;
  let expected: Record<string, unknown> | undefined;
  for (const [, emptyStore] of ENGINES) {
    const store = await emptyStore();
    const lease = await tenantOn(store, { timeZone: ZONE, clock });
    await fill(lease);
    const found = await answers(store);
    expected ??= found;
    expect(found).toStrictEqual(expected);
  }
  // The data set has something to say.
  expect(expected?.['people {"search":"100%"}']).toMatchObject([{ total: 1 }]);
  expect(expected?.['people {"search":"ÅSA"}']).toMatchObject([{ total: 1 }]);
  expect(expected?.['story ada']).toMatchObject({
    flows: expect.arrayContaining([expect.anything()]),
  });
  expect(expected?.['failures day method']).not.toMatchObject({ points: [] });
});
