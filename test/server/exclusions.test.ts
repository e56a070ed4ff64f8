import { describe, expect, test } from 'vitest';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { type RegistrationRow, SnapshotIngest } from '../../db/store/snapshot.ts';
import { type Day, type DayCutter, dayCutter } from '../../domain/day.ts';
import type {
  Exclusion,
  ExclusionPreview,
  ExclusionsMade,
  ExclusionsResponse,
} from '../../server/contract/exclusions.ts';
import type { PeopleResponse } from '../../server/contract/people.ts';
import type {
  CoverageResponse,
  ReconciliationResponse,
} from '../../server/contract/registration.ts';
import { serve } from '../build/server.ts';
import { rowsOf } from '../build/tables.ts';
import { leaseOf, tenantOn } from '../build/tenants.ts';

const person = (n: number, capable: boolean): RegistrationRow => ({
  id: `person-${n}`,
  name: `Person ${n}`,
  userPrincipalName: n > 7 ? `SVC-${n}@contoso.example` : `p${n}@contoso.example`,
  state: {
    admin: false,
    enabled: true,
    registered: capable,
    capable,
    mfaCapable: true,
    methods: capable ? ['email'] : [],
    userType: 'member',
  },
});

/** Ten people, six of them capable; two are service accounts, one capable. */
const PEOPLE = Array.from({ length: 10 }, (_, n) => person(n, n < 5 || n === 9));

const TERMS = { reason: 'a test account', author: 'Ada' };
const SVC = { field: 'userPrincipalName', match: 'starts_with', value: 'svc-' };

async function servePeople({ zone = 'Europe/Vienna', at = '2026-03-10T12:00:00Z' } = {}) {
  const server = await serve();
  const { clock, store, askSignedIn } = server;
  clock.now = Date.parse(at);
  const lease = await tenantOn(store, { timeZone: zone, clock: () => clock.now });
  const cutter = dayCutter(zone);
  await publish(lease, cutter, clock.now);
  const send = (method: string, path: string, json?: unknown) =>
    askSignedIn(`/api/v1${path}`, { method, ...(json === undefined ? {} : { json }) });
  const ask = async <Answer>(path: string) => (await askSignedIn(`/api/v1${path}`)).body as Answer;
  const today = () => cutter.dayOf(clock.now);
  const coverage = async (day = today()) => {
    const { days } = await ask<CoverageResponse>(`/registration/coverage?first=${day}&last=${day}`);
    const counts = days[0]?.counts;
    return counts ? [counts.capable, counts.population] : null;
  };
  const again = async () =>
    publish(await leaseOf(store, { clock: () => clock.now }), cutter, clock.now);
  const everything = () => rowsOf(store, 1, ['exclusion', 'personExclusion', 'registrationCount']);
  return { ...server, send, get: ask, coverage, today, again, everything };
}

async function publish(lease: Awaited<ReturnType<typeof leaseOf>>, cutter: DayCutter, at: number) {
  const ingest = await SnapshotIngest.begin(lease, { takenAt: at, day: cutter.dayOf(at) });
  await ingest.page(PEOPLE);
  const { id, people } = ingest;
  await publishSnapshot(lease, { id, people, rejected: 0, totals: [] });
}

const HOUR = 3_600_000;

describe('exclusions over HTTP', () => {
  test('of people leave the population at once, and are listed with why, by whom and until when', async () => {
    const { send, get, coverage, logged } = await servePeople();
    expect(await coverage()).toEqual([6, 10]);

    const made = await send('POST', '/exclusions', {
      ...TERMS,
      people: ['person-1', 'person-7'],
      until: '2026-03-20',
    });

    expect(made.status).toBe(200);
    expect(made.headers['cache-control']).toBe('no-store');
    expect((made.body as ExclusionsMade).people).toBe(2);
    expect(await coverage()).toEqual([5, 8]);
    const { exclusions, people } = await get<ExclusionsResponse>('/exclusions');
    expect(people).toBe(2);
    expect(exclusions).toHaveLength(2);
    expect(exclusions.find((one) => one.person?.id === 'person-1')).toMatchObject({
      ...TERMS,
      person: { id: 'person-1', name: 'Person 1', userPrincipalName: 'p1@contoso.example' },
      rule: null,
      setAt: '2026-03-10T12:00:00.000Z',
      firstDay: '2026-03-10',
      until: '2026-03-20',
      endedOn: null,
      state: 'active',
      people: 1,
    });
    const viewed = logged.filter((line) => line.includes('names viewed'));
    expect(viewed.length).toBe(2);
    expect(logged.join('\n')).not.toContain('Person 1');
  });

  test('by a rule are previewed, set, kept to by the next snapshot, and ended', async () => {
    const { send, get, coverage, clock, again, today } = await servePeople();
    const preview = await send('POST', '/exclusions/preview', { rule: SVC });
    expect(preview.body as ExclusionPreview).toEqual({
      people: 2,
      examples: [8, 9].map((n) => ({
        id: `person-${n}`,
        name: `Person ${n}`,
        userPrincipalName: `SVC-${n}@contoso.example`,
      })),
    });
    expect(await coverage()).toEqual([6, 10]);

    const made = (await send('POST', '/exclusions', { ...TERMS, rule: SVC }))
      .body as ExclusionsMade;

    expect(made).toMatchObject({ people: 2, exclusions: [{ rule: SVC, person: null, people: 2 }] });
    expect(await coverage()).toEqual([5, 8]);
    const { classes } = await get<ReconciliationResponse>('/registration/reconciliation');
    expect(classes?.find((one) => one.class === 'excluded')).toMatchObject({
      people: 2,
      capable: 1,
    });

    const yesterday = today();
    clock.now += 24 * HOUR;
    await again();
    expect(await coverage()).toEqual([5, 8]);
    const ended = await send('DELETE', `/exclusions/${made.exclusions[0]?.id}`);

    expect(ended.body as Exclusion).toMatchObject({
      state: 'ended',
      endedOn: '2026-03-11',
      people: 0,
    });
    expect(await coverage()).toEqual([6, 10]);
    expect(await coverage(yesterday)).toEqual([5, 8]);
  });

  test('come back on the day they expire, also when nothing has run since', async () => {
    const { send, get, clock, coverage, again } = await servePeople();
    await send('POST', '/exclusions', { ...TERMS, people: ['person-1'], until: '2026-03-12' });
    const shown = async () => (await get<PeopleResponse>('/people')).total;
    expect(await shown()).toBe(9);
    clock.now += 5 * 24 * HOUR;
    expect(await shown()).toBe(10);

    const list = await get<ExclusionsResponse>('/exclusions');

    expect(list).toMatchObject({ people: 0, exclusions: [{ state: 'expired', people: 0 }] });
    expect(await coverage('2026-03-10' as Day)).toEqual([5, 9]);
    await again();
    expect(await coverage()).toEqual([6, 10]);
  });

  test.each([
    // Vienna goes to summer time in the night to 29 March 2026, back on 25 October.
    ['23 hours', '2026-03-29', '2026-03-30'],
    ['25 hours', '2026-10-25', '2026-10-26'],
  ])('hold for the whole of a day of %s', async (_, day, until) => {
    const vienna = dayCutter('Europe/Vienna');
    const at = new Date(vienna.startOf(day as Day)).toISOString();
    const { send, get, clock } = await servePeople({ at });
    const made = await send('POST', '/exclusions', { ...TERMS, people: ['person-1'], until });
    const [first] = (made.body as ExclusionsMade).exclusions;
    expect(first).toMatchObject({ firstDay: day, people: 1 });
    const state = async () => (await get<ExclusionsResponse>('/exclusions')).exclusions[0]?.state;

    clock.now = vienna.endOf(day as Day) - 1;
    expect(await state()).toBe('active');
    clock.now += 1;
    expect(await state()).toBe('expired');
  });

  const BAD: [why: string, body: object, said: RegExp][] = [
    ['neither people nor a rule', TERMS, /people or rule/],
    ['both', { ...TERMS, people: ['person-1'], rule: SVC }, /people or rule/],
    ['nobody', { ...TERMS, people: [] }, /people/],
    [
      'an unknown person',
      { ...TERMS, people: ['person-1', 'nobody'] },
      /nobody with the id nobody/,
    ],
    ['no reason', { ...TERMS, reason: ' ', people: ['person-1'] }, /reason: must say why/],
    ['no author', { reason: 'x', people: ['person-1'] }, /author: is required/],
    ['expiry today', { ...TERMS, people: ['person-1'], until: '2026-03-10' }, /after today/],
    ['expiry on no day', { ...TERMS, people: ['person-1'], until: '2026-02-30' }, /calendar day/],
    ['an empty rule', { ...TERMS, rule: { ...SVC, value: ' ' } }, /rule.value: must not be empty/],
    ['an unknown field', { ...TERMS, rule: { ...SVC, field: 'phone' } }, /rule.field/],
    ['a misspelt name', { ...TERMS, people: ['person-1'], untill: '2026-04-01' }, /untill/],
  ];

  test.each(BAD)(
    'with %s are refused in a sentence, and nothing changes',
    async (_, body, said) => {
      const { send, everything, coverage } = await servePeople();
      const before = await everything();

      const { status, body: answer } = await send('POST', '/exclusions', body);

      expect([status, answer]).toMatchObject([400, { error: { code: 'invalid' } }]);
      expect((answer as { error: { message: string } }).error.message).toMatch(said);
      expect(await everything()).toEqual(before);
      expect(await coverage()).toEqual([6, 10]);
    },
  );

  test('that are not there, or over, cannot be ended', async () => {
    const { send } = await servePeople();
    const made = await send('POST', '/exclusions', { ...TERMS, people: ['person-1'] });
    const [{ id } = { id: '' }] = (made.body as ExclusionsMade).exclusions;

    expect((await send('DELETE', '/exclusions/99')).status).toBe(404);
    expect((await send('DELETE', '/exclusions/x')).status).toBe(400);
    expect((await send('DELETE', `/exclusions/${id}`)).status).toBe(200);
    expect((await send('DELETE', `/exclusions/${id}`)).status).toBe(409);
  });

  test('wait for the first collection', async () => {
    const { askSignedIn } = await serve();
    const post = (path: string, json: object) =>
      askSignedIn(`/api/v1/exclusions${path}`, { method: 'POST', json });

    expect((await post('', { ...TERMS, people: ['person-1'] })).status).toBe(409);
    expect((await post('/preview', { rule: SVC })).status).toBe(409);
    expect((await askSignedIn('/api/v1/exclusions/1', { method: 'DELETE' })).status).toBe(409);
    expect((await askSignedIn('/api/v1/exclusions')).body).toEqual({ exclusions: [], people: 0 });
  });

  test('are not for whoever is not signed in, nor for another site', async () => {
    const { ask, askSignedIn } = await servePeople();
    const json = { ...TERMS, people: ['person-1'] };
    const headers = { origin: 'https://evil.example' };

    expect((await ask('/api/v1/exclusions')).status).toBe(401);
    const foreign = await askSignedIn('/api/v1/exclusions', { method: 'POST', json, headers });
    expect(foreign.status).toBe(403);
  });
});
