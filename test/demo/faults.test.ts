import { describe, expect, test } from 'vitest';
import { anAdminReset } from '../../demo/build-records.ts';
import type { FaultName, NamedFault } from '../../demo/faults.ts';
import { FAULT_NAMES, faultClass, faultsOf, seededFault } from '../../demo/faults.ts';
import { SAMPLE_TOKEN } from '../../demo/graph-server.ts';
import { aPerson, emptyWorld } from '../../demo/world.ts';
import { AUDITS, ask, askAll, NOW, startGraph } from './graph-client.ts';

const REPORT = '/v1.0/reports/authenticationMethods/userRegistrationDetails';
const timing = { retryAfterSeconds: 7, silenceMs: 300, dripMs: 20, bombBytes: 4_000_000 };
const headers = { Authorization: `Bearer ${SAMPLE_TOKEN}` };

/** Nine people in pages of three, with one fault in the report. */
async function faulty(fault: FaultName, more: Partial<NamedFault> = {}) {
  const world = emptyWorld();
  world.people = Array.from({ length: 9 }, (_, i) => aPerson(`Person${i} Sampleton`));
  world.audits = [anAdminReset({ at: NOW - 3_600_000 })];
  const faults: NamedFault[] = [{ route: 'any', fault, ...more }];
  return await startGraph({ world, faults, timing, limits: { pageSizeMax: 3 } });
}

function ids(pages: object[][]): string[] {
  return pages.flat().map((row) => (row as { id: string }).id);
}

describe('faults asked for by name', () => {
  test.each<[FaultName, string | null]>([
    ['429-seconds', '7'],
    ['429-fraction', '2.128'],
    ['429-date', 'Tue, 10 Mar 2026 12:00:07 GMT'],
    ['429-zero', '0'],
    ['429-negative', '-5'],
    ['429-huge', '1000000000'],
    ['429-garbage', 'soon'],
    ['429-none', null],
  ])('%s throttles once, with Retry-After %s', async (fault, retryAfter) => {
    const { origin } = await faulty(fault);

    const first = await ask(origin, REPORT);
    const second = await ask(origin, REPORT);

    expect(first.status).toBe(429);
    expect(first.headers.get('retry-after')).toBe(retryAfter);
    expect(second.status).toBe(200);
  });

  test.each<[FaultName, number]>([
    ['500', 500],
    ['502', 502],
    ['503', 503],
    ['504', 504],
    ['token-expired', 401],
    ['licence-403', 403],
    ['permission-403', 403],
    ['tenant-404', 404],
  ])('%s answers %i', async (fault, status) => {
    const { origin } = await faulty(fault);

    expect((await ask(origin, REPORT)).status).toBe(status);
  });

  test('a burst of 503 lasts three attempts, and an expired token carries a claims challenge', async () => {
    const burst = await faulty('503-burst');
    const expired = await faulty('token-expired');

    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await ask(burst.origin, REPORT)).status);
    const challenge = (await ask(expired.origin, REPORT)).headers.get('www-authenticate');

    expect(statuses).toEqual([503, 503, 503, 200]);
    expect(challenge).toMatch(/claims="[\w=]+"/);
  });

  test.each<FaultName>([
    'reset-before-headers',
    'reset-mid-body',
    'fin-mid-body',
    'slow-drip',
    'no-headers',
    'huge-headers',
  ])('%s makes the request or the reading of its body fail', async (fault) => {
    const { origin } = await faulty(fault);

    const reading = fetch(`${origin}${REPORT}`, { headers }).then((response) => response.text());

    await expect(reading).rejects.toThrow();
  });

  test.each<FaultName>(['cut-body', 'cut-gzip', 'invalid-json', 'html-200', 'empty-200'])(
    '%s is a success that is no JSON',
    async (fault) => {
      const { origin } = await faulty(fault);

      const response = await fetch(`${origin}${REPORT}`, { headers });
      const text = await response.text();

      expect(response.status).toBe(200);
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
    },
  );

  test('an error may come with status 200, a bomb unpacks to its size, deep nesting is text', async () => {
    const error = await faulty('error-200');
    const bomb = await faulty('gzip-bomb');
    const deep = await faulty('deep-nesting');

    expect((await ask(error.origin, REPORT)).body).toHaveProperty('error');
    const bombed = await fetch(`${bomb.origin}${REPORT}`, { headers });
    expect((await bombed.text()).length).toBeGreaterThan(4_000_000);
    const nested = await fetch(`${deep.origin}${REPORT}`, { headers });
    expect(await nested.text()).toContain('[[[[[[');
  });

  test('a redirect and foreign links lead elsewhere', async () => {
    const redirect = await faulty('redirect');
    const link = await faulty('foreign-nextlink');

    const response = await fetch(`${redirect.origin}${REPORT}`, { headers, redirect: 'manual' });
    const { body } = await ask(link.origin, REPORT);

    expect(response.headers.get('location')).toMatch(/^https:\/\/graph\.elsewhere\.example/);
    expect(body['@odata.nextLink']).toMatch(/^https:\/\/graph\.elsewhere\.example/);
  });

  test.each<FaultName>(['duplicated-page', 'reordered-page', 'overlapping-page', 'empty-page'])(
    '%s still brings every person',
    async (fault) => {
      const { origin } = await faulty(fault, { page: 2 });

      const pages = await askAll(origin, REPORT);

      expect(new Set(ids(pages)).size).toBe(9);
      if (fault === 'duplicated-page') expect(ids(pages)).toHaveLength(12);
      if (fault === 'empty-page') expect(pages.map((page) => page.length)).toContain(0);
    },
  );

  test('loops never end, and a walk that is cut short or dies misses people', async () => {
    const loop = await faulty('nextlink-loop', { page: 2 });
    const repeated = await faulty('repeated-token', { page: 2 });
    const early = await faulty('partial-early', { page: 2 });
    const dies = await faulty('partial-dies', { page: 2 });

    expect(await askAll(loop.origin, REPORT, 20)).toHaveLength(20);
    expect(await askAll(repeated.origin, REPORT, 20)).toHaveLength(20);
    expect(ids(await askAll(early.origin, REPORT))).toHaveLength(6);
    const first = await ask(dies.origin, REPORT);
    const second = await ask(dies.origin, String(first.body['@odata.nextLink']));
    expect(second.status).toBe(503);
  });

  test('an expired skip token strikes later pages only, and once', async () => {
    const { origin } = await faulty('expired-skiptoken', { page: 2 });

    const first = await ask(origin, REPORT);
    const link = String(first.body['@odata.nextLink']);
    const expired = await ask(origin, link);

    expect(first.status).toBe(200);
    expect(expired.status).toBe(400);
    expect(expired.body.error).toHaveProperty('code', 'InvalidToken');
    expect((await ask(origin, link)).status).toBe(200);
  });

  test('records come with fields missing, null, of another type, doubled, or strange', async () => {
    const served = async (fault: FaultName, path = REPORT) => {
      const { origin } = await faulty(fault);
      return (await ask(origin, path)).body.value;
    };

    expect((await served('missing-field'))[0]).not.toHaveProperty('isSsprCapable');
    expect((await served('null-field'))[0]).toHaveProperty('isSsprCapable', null);
    expect((await served('wrong-type'))[0]?.isSsprCapable).toBeTypeOf('object');
    expect((await served('unknown-enum'))[0]?.userType).toBe('unknownFutureValue');
    expect((await served('new-property'))[0]).toHaveProperty('addedLastTuesday');
    expect(String((await served('absurd-length'))[0]?.userDisplayName)).toHaveLength(300_000);
    expect(String((await served('lone-surrogate'))[0]?.userDisplayName).isWellFormed()).toBe(false);
    expect((await served('invalid-utf8'))[0]?.userDisplayName).toBe('caf\ufffd');
    const doubled = (await served('id-case')).map(({ id }) => String(id).toLowerCase());
    expect([doubled.length, new Set(doubled).size]).toEqual([4, 3]);
    expect(Object.keys((await served('proto-key'))[0] ?? {})).toContain('__proto__');
    expect((await served('big-int'))[0]?.sequence).toBe(9007199254740992);
    expect(await served('late-records', AUDITS)).toHaveLength(0);
    expect((await served('future-records', AUDITS))[0]?.activityDateTime).toMatch(/^2099/);
    expect((await served('records-of-1970', AUDITS))[0]?.activityDateTime).toMatch(/^1970/);
  });

  test.each<[FaultName, string, number, string]>([
    ['no-sign-in-activity', '$select=id,signInActivity', 403, 'AuditLog.Read.All'],
    ['no-sign-in-licence', '$select=id,signInActivity', 403, 'premium license'],
    ['no-manager', '$expand=manager($select=id)', 400, "property named 'manager'"],
  ])('%s refuses the listing as long as it asks for %s', async (fault, asking, status, said) => {
    const { origin } = await faulty(fault, { route: 'people' });

    const refused = await ask(origin, `/v1.0/users?${asking}`);
    const again = await ask(origin, `/v1.0/users?${asking}`);
    const without = await askAll(origin, '/v1.0/users?$select=id');

    expect([refused.status, again.status]).toEqual([status, status]);
    expect((refused.body.error as { message: string }).message).toContain(said);
    expect(without.flat()).toHaveLength(9);
  });

  test('strike the named route and page only, as often as asked', async () => {
    const world = emptyWorld();
    world.people = [aPerson('Quill Testerman')];
    const faults: NamedFault[] = [{ route: 'registration', fault: '500', times: 2 }];
    const { origin, server } = await startGraph({ world, faults });

    const statuses = [];
    for (const path of ['/v1.0/users', REPORT, REPORT, REPORT]) {
      statuses.push((await ask(origin, path)).status);
    }

    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(server.statistics.faults.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });
});

describe('faults by seed', () => {
  const request = { route: 'registration', page: 2, question: 'q', isList: true } as const;

  test('are the same for the same seed and request, and end after a few attempts', () => {
    const faults = { seed: 4711, rate: 1 };
    const attempts = [1, 2, 3, 4].map((attempt) => seededFault(faults, { ...request, attempt }));

    expect(attempts).toEqual(
      [1, 2, 3, 4].map((attempt) => seededFault(faults, { ...request, attempt })),
    );
    expect(attempts[0]).not.toBeNull();
    expect(attempts[3]).toBeNull();
  });

  test('strike about as often as asked, and only with transient faults unless told', () => {
    const struck = Array.from({ length: 2000 }, (_, i) =>
      seededFault({ seed: 1, rate: 0.2 }, { ...request, question: `q${i}`, attempt: 1 }),
    ).filter((fault) => fault !== null);

    expect(struck.length).toBeGreaterThan(330);
    expect(struck.length).toBeLessThan(470);
    expect(new Set(struck.map(faultClass))).toEqual(new Set(['transient']));
  });

  test('every fault has a class, and no class is empty', () => {
    const classes = FAULT_NAMES.map(faultClass);

    expect(new Set(classes)).toEqual(new Set(['transient', 'terminal', 'altered', 'narrowed']));
    expect(faultsOf('transient')).not.toContain('429-huge');
  });

  test('let a patient reader come to the same people as without faults', async () => {
    const world = emptyWorld();
    world.people = Array.from({ length: 9 }, (_, i) => aPerson(`Person${i} Sampleton`));
    const kinds: FaultName[] = [
      '500',
      '429-none',
      'reset-before-headers',
      'cut-body',
      'empty-page',
    ];
    const faults = { seed: 7, rate: 0.5, kinds };
    const { origin, server } = await startGraph({ world, faults, limits: { pageSizeMax: 2 } });
    const seen = new Set<string>();

    let next: string | undefined = REPORT;
    for (let tries = 0; next !== undefined && tries < 100; tries++) {
      const answer = await ask(origin, next).catch(() => null);
      if (answer?.status !== 200) continue;
      for (const { id } of answer.body.value) seen.add(String(id));
      next = answer.body['@odata.nextLink'] as string | undefined;
    }

    expect(seen.size).toBe(9);
    expect(server.statistics.faults.length).toBeGreaterThan(0);
  });
});
