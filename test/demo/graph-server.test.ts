import { describe, expect, test } from 'vitest';
import {
  aFlow,
  anAdminReset,
  aPasswordChange,
  aSecurityInfoRecord,
} from '../../demo/build-records.ts';
import { aPerson, auditInstant, emptyWorld, signedIn } from '../../demo/world.ts';
import { AUDITS, ask, askAll, auditsWhere, NOW, startGraph } from './graph-client.ts';

const REPORT = '/v1.0/reports/authenticationMethods/userRegistrationDetails';
const FEATURES = '/v1.0/reports/authenticationMethods/usersRegisteredByFeature';

function worldOf(people: number) {
  const world = emptyWorld();
  world.people = Array.from({ length: people }, (_, i) => aPerson(`Person${i} Sampleton`));
  return world;
}

describe('lists of the made-up Graph', () => {
  test('give every record once over pages, with all query parameters in the link', async () => {
    const { origin } = await startGraph({ world: worldOf(7) });

    const first = await ask(origin, `${REPORT}?$top=3&$select=id,isSsprCapable`);
    const pages = await askAll(origin, `${REPORT}?$top=3&$select=id,isSsprCapable`);

    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat().map((row) => (row as { id: string }).id)).size).toBe(7);
    const link = new URL(String(first.body['@odata.nextLink']));
    expect(link.searchParams.get('$top')).toBe('3');
    expect(link.searchParams.get('$select')).toBe('id,isSsprCapable');
    expect(Object.keys(first.body.value[0] ?? {})).toEqual(['id', 'isSsprCapable']);
  });

  test('are at most as long as the limit of the server says', async () => {
    const { origin } = await startGraph({ world: worldOf(5), limits: { pageSizeMax: 2 } });

    expect((await askAll(origin, REPORT)).map((page) => page.length)).toEqual([2, 2, 1]);
  });

  test('of users hold department only where it is selected, and at most 999', async () => {
    const { origin } = await startGraph({ world: worldOf(2) });

    const plain = await ask(origin, '/v1.0/users');
    const selected = await ask(origin, '/v1.0/users?$select=id,department&$top=999');
    const tooMany = await ask(origin, '/v1.0/users?$top=1000');

    expect(plain.body.value[0]).not.toHaveProperty('department');
    expect(selected.body.value[0]).toHaveProperty('department', 'Manufacturing');
    expect(tooMany.status).toBe(400);
  });

  test('of users hold sign-ins and managers only where they are asked for', async () => {
    const world = worldOf(1);
    const boss = aPerson('Bess Bossington').user.id;
    const signInActivity = signedIn('2026-03-09T08:00:00Z');
    const user = { manager: { id: boss }, signInActivity };
    world.people.push(aPerson('Ada Able', { user }));
    const { origin } = await startGraph({ world });

    const selected = await ask(origin, '/v1.0/users?$select=id,signInActivity');
    const expanded = await ask(origin, '/v1.0/users?$select=id&$expand=manager($select=id)');
    const unknown = await ask(origin, '/v1.0/users?$expand=boss');

    expect(selected.body.value.map(Object.keys)).toEqual([['id'], ['id', 'signInActivity']]);
    expect(selected.body.value[1]).toHaveProperty('signInActivity', signInActivity);
    expect(expanded.body.value.map(Object.keys)).toEqual([['id'], ['id', 'manager']]);
    expect(expanded.body.value[1]?.manager).toHaveProperty('id', boss);
    expect(unknown.status).toBe(400);
  });

  test('of users are smaller with sign-ins, whatever is asked for', async () => {
    const { origin } = await startGraph({ world: worldOf(1100) });
    const sizes = async (query: string) =>
      (await askAll(origin, `/v1.0/users?${query}&$top=999`)).map((page) => page.length);

    expect(await sizes('$select=id')).toEqual([999, 101]);
    expect(await sizes('$select=id,signInActivity')).toEqual([500, 500, 100]);
  });

  test('answer organization and domains, under beta too', async () => {
    const { origin } = await startGraph();

    const organization = await ask(origin, '/beta/organization');
    const domains = await ask(origin, '/v1.0/domains');

    expect(organization.body.value[0]).toHaveProperty('verifiedDomains');
    expect(domains.body.value[0]).toMatchObject({ id: 'larkfield.example' });
  });
});

describe('the feature summary', () => {
  test('counts members, guests and admins apart, and takes both parameters or none', async () => {
    const world = emptyWorld();
    world.people = [
      aPerson('Ada Able', { methods: ['mobilePhone'], registration: { isAdmin: true } }),
      aPerson('Ben Bare'),
      aPerson('Guy Visitor', { user: { userType: 'Guest' } }),
      aPerson('Nil Untyped', { user: { userType: null } }),
    ];
    const { origin } = await startGraph({ world });

    const all = await ask(origin, FEATURES);
    const members = await ask(
      origin,
      `${FEATURES}(includedUserTypes='member',includedUserRoles='all')`,
    );
    const one = await ask(origin, `${FEATURES}(includedUserTypes='member')`);

    expect(all.body).toMatchObject({ totalUserCount: 4 });
    expect(members.body).toMatchObject({ totalUserCount: 2 });
    expect(members.body.userRegistrationFeatureCounts).toContainEqual({
      feature: 'ssprCapable',
      userCount: 1,
    });
    expect(one.status).toBe(400);
  });
});

describe('the audit log', () => {
  const at = (text: string) => Date.parse(text);
  const world = emptyWorld();
  const [quill, bram] = [aPerson('Quill Testerman').user, aPerson('Bram Mockford').user];
  world.audits = [
    ...aFlow({ at: at('2026-03-08T09:00:00Z'), person: quill }),
    anAdminReset({ at: at('2026-03-09T10:00:00Z'), person: bram }),
    aPasswordChange({ at: at('2026-03-09T11:00:00Z'), person: bram }),
    aSecurityInfoRecord({ at: at('2026-03-09T12:00:00Z'), person: quill }),
  ];

  test('answers newest first, or oldest first where asked', async () => {
    const { origin } = await startGraph({ world });

    const newest = (await ask(origin, AUDITS)).body.value.map(auditInstant);
    const oldest = await ask(origin, `${AUDITS}?$orderby=activityDateTime`);

    expect(newest).toEqual(newest.toSorted((a, b) => b - a));
    expect(newest).toHaveLength(11);
    expect(oldest.body.value.map(auditInstant)).toEqual(newest.toReversed());
  });

  test.each([
    ["loggedByService eq 'Authentication Methods'", 1],
    ["activityDisplayName eq 'Reset password (by admin)'", 1],
    ["startswith(activityDisplayName,'Reset password')", 2],
    ['activityDateTime ge 2026-03-09T10:00:00Z and activityDateTime le 2026-03-09T11:30:00Z', 2],
    [
      "(activityDateTime ge 2026-03-08T00:00:00Z) and loggedByService eq 'Self-service Password Management' and initiatedBy/user/id eq 'nobody'",
      0,
    ],
  ])('filters by %s', async (filter, expected) => {
    const { origin } = await startGraph({ world });

    expect((await ask(origin, auditsWhere(filter))).body.value).toHaveLength(expected);
  });

  test('compares all seven digits of a time', async () => {
    const { origin } = await startGraph({ world });
    const record = world.audits.at(-1) as { activityDateTime: string };

    const exact = await ask(origin, auditsWhere(`activityDateTime eq ${record.activityDateTime}`));
    const floored = `${record.activityDateTime.slice(0, 23)}Z`;
    const before = await ask(
      origin,
      auditsWhere(`activityDateTime ge 2026-03-09T11:30:00Z and activityDateTime le ${floored}`),
    );

    expect(exact.body.value).toHaveLength(1);
    expect(before.body.value).toHaveLength(0);
  });

  test.each([
    'createdDateTime ge 2026-03-01T00:00:00Z',
    'activityDateTime gt 2026-03-01T00:00:00Z',
    "result eq 'success'",
    "loggedByService eq 'a' or loggedByService eq 'b'",
    "loggedByService eq 'a' and",
    'activityDateTime ge yesterday',
  ])('refuses the filter %s', async (filter) => {
    const { origin } = await startGraph({ world });

    const { status, body } = await ask(origin, auditsWhere(filter));

    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'BadRequest' });
  });

  test('reads a plus sign in a filter as a blank, as servers do', async () => {
    const { origin } = await startGraph({ world });

    const plus = await ask(
      origin,
      `${AUDITS}?$filter=activityDateTime ge 2026-03-09T00:00:00+00:00`,
    );
    const joined = await ask(origin, `${AUDITS}?$filter=id+eq+'x'`);

    expect(plus.status).toBe(400);
    expect(joined.status).toBe(200);
  });

  test('refuses times before its retention, in the words Graph uses', async () => {
    const { origin } = await startGraph({ world });
    const old = 'activityDateTime ge 2026-02-06T23:59:59Z';

    const refused = await ask(origin, auditsWhere(old));
    const probe = await ask(origin, auditsWhere(old, '&$top=1'));
    const floor = await ask(origin, auditsWhere('activityDateTime ge 2026-02-07T00:00:00Z'));

    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      code: 'UnknownError',
      message:
        "Specified argument was out of the range of valid values. (Parameter 'Minimum allowed time for activityDateTime is 2/7/2026 12:00:00\u202fAM')",
    });
    expect(probe.status).toBe(200);
    expect(floor.status).toBe(200);
  });

  test('shows a record only once its latency is over', async () => {
    let now = at('2026-03-09T10:04:59Z');
    const late = { ...world, latencyMs: () => 5 * 60_000 };
    const { origin } = await startGraph({ world: late, clock: () => now });

    const before = await ask(origin, AUDITS);
    now += 1000;
    const after = await ask(origin, AUDITS);

    expect(before.body.value).toHaveLength(8);
    expect(after.body.value).toHaveLength(9);
  });

  test('sums up resets by day in the beta report', async () => {
    const { origin } = await startGraph({ world });

    const summary = await ask(
      origin,
      '/beta/reports/authenticationMethods/userPasswordResetsAndChangesSummary',
    );

    expect(summary.body.value.map((row) => row.passwordResetsByAdminCount)).toEqual([1, 0]);
    expect(summary.body.value.map((row) => row.passwordResetsSelfServiceCount)).toEqual([0, 1]);
  });
});

describe('the door of the made-up Graph', () => {
  test('refuses requests without a token or with a wrong one, and remembers tokens', async () => {
    const { origin, server } = await startGraph();

    const without = await ask(origin, '/v1.0/users', {});
    const wrong = await ask(origin, '/v1.0/users', { Authorization: 'Bearer wrong' });

    expect([without.status, wrong.status]).toEqual([401, 401]);
    expect(wrong.body.error).toMatchObject({
      code: 'InvalidAuthenticationToken',
      innerError: { date: '2026-03-10T12:00:00' },
    });
    expect([...server.statistics.tokensSeen]).toEqual(['wrong']);
  });

  test('throttles the sixth report request within 10 s, and only reports', async () => {
    let now = NOW;
    const limits = { reportRequestsPer10s: 5 };
    const { origin, server } = await startGraph({ clock: () => now, limits });
    for (let i = 0; i < 5; i++) {
      expect((await ask(origin, REPORT)).status).toBe(200);
      now += 1000;
    }

    const sixth = await ask(origin, AUDITS);
    const users = await ask(origin, '/v1.0/users');
    const wait = Number(sixth.headers.get('retry-after'));
    now += wait * 1000;
    const later = await ask(origin, REPORT);

    expect(sixth.status).toBe(429);
    expect(sixth.headers.get('retry-after')).toMatch(/^\d\.\d{3}$/);
    expect(users.status).toBe(200);
    expect(later.status).toBe(200);
    expect(server.statistics).toMatchObject({
      limitViolations: 1,
      byPath: { audits: 1, people: 1 },
    });
  });

  test('tells its own time in the Date header and knows no other addresses', async () => {
    const { origin } = await startGraph();

    const { status, headers } = await ask(origin, '/v1.0/me');

    expect(status).toBe(400);
    expect(headers.get('date')).toBe('Tue, 10 Mar 2026 12:00:00 GMT');
  });
});
