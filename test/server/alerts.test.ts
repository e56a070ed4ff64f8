import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import {
  type AlertExclusionsResponse,
  AlertResponse,
  AlertsResponse,
} from '../../server/contract/alerts.ts';
import { BacktestResponse, SurveillanceResponse } from '../../server/contract/surveillance.ts';
import { FailureListResponse } from '../../server/contract/verification.ts';
import { AlertWorld, at, dayAt, spray, unusualHour } from '../build/alert-world.ts';
import { serve } from '../build/server.ts';
import { rowsOf } from '../build/tables.ts';
import { tenantOn } from '../build/tenants.ts';

const NOW = at(29, 22);

/** Two alerts of the history, and one that lasts: 60 people from one address, one of whom gets in. */
async function serveAlerts() {
  const server = await serve();
  server.clock.now = NOW;
  const world = new AlertWorld(await tenantOn(server.store));
  await world.failed(spray(29, 20));
  await world.flow({ at: at(10), person: 'person-3', address: '198.51.100.7' });
  await world.flow({ at: at(29, 20) + 90_000, person: 'person-3', address: '203.0.113.9' });
  const hours = [
    [5, 3],
    [12, 4],
    [29, 20],
  ].map(([day = 0, hour = 0]) => unusualHour({ day, hour }));
  await world.judged(hours);
  await world.measured([{ rule: 'blocked_attempts', day: 15, value: 9 }]);
  await world.readUntil(NOW);
  await world.raise(NOW);
  const send = async (path: string, json: unknown, method = 'POST') =>
    server.askSignedIn(`/api/v1${path}`, { method, json });
  const get = async (path: string) => (await server.askSignedIn(`/api/v1${path}`)).body;
  const list = async (query = '') => AlertsResponse.strict().parse(await get(`/alerts${query}`));
  const one = async (id: string) => AlertResponse.strict().parse(await get(`/alerts/${id}`));
  const [{ id: lasting } = { id: '' }] = (await list('?state=lasting')).alerts;
  return { ...server, world, send, get, list, one, lasting };
}

describe('alerts over HTTP', () => {
  test('are listed with those that last first, then the newest, page by page', async () => {
    const { list } = await serveAlerts();

    const all = await list();

    expect(all.alerts.map(({ startedAt }) => startedAt)).toEqual(
      [at(29, 20), at(15, 9), at(12, 4), at(5, 3)].map(isoText),
    );
    expect(all).toMatchObject({ total: 4, open: { watch: 0, alert: 0, critical: 1 } });
    const pages = [];
    for (let cursor = ''; ; ) {
      const { alerts, nextCursor, total } = await list(`?limit=1${cursor}`);
      expect(total).toBe(4);
      pages.push(...alerts);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(pages).toEqual(all.alerts);
    const ids = async (query: string) => (await list(query)).total;
    expect(await ids('?state=closed')).toBe(3);
    expect(await ids('?level=critical')).toBe(3);
    expect(await ids('?rule=blocked_attempts')).toBe(1);
    expect(await ids('?queue=helpdesk')).toBe(0);
  });

  test('tell who and what makes one, what they did before and after, and where to look', async () => {
    const { one, lasting, get, world } = await serveAlerts();
    await world.flow({ at: at(28, 20), person: 'person-5', address: '198.51.100.8' });

    const { alert, people, addresses, ...rest } = await one(lasting);

    expect(alert).toMatchObject({ state: 'open', level: 'critical', endedAt: null });
    expect(alert.title).toContain('60');
    expect(rest).toMatchObject({
      peopleTotal: 60,
      addressesTotal: 1,
      history: [{ kind: 'raised' }],
    });
    expect(people).toHaveLength(50);
    expect(people[0]).toMatchObject({ failed: 1, methods: ['mobile SMS'] });
    const [five] = people.filter(({ person }) => person.id === 'person-5');
    expect(five?.story.map(({ when }) => when)).toEqual(['before', 'within']);
    expect(five?.story[0]?.text).toBe('Reset the password by self-service, from 198.51.100.8.');
    expect(addresses).toMatchObject([
      { address: '203.0.113.9', failed: 60, people: 60, through: 1, firstSeen: null },
    ]);
    expect(alert.evidence.through).toMatchObject([
      { person: { id: 'person-3' }, newAddress: true, incidentId: expect.any(String) },
    ]);
    expect(rest.timeline.bucket).toBe('hour');
    const within = rest.timeline.points.filter((point) => point.within);
    expect(within).toMatchObject([{ start: isoText(at(29, 20)), expected: 2, upper: 8 }]);
    const link = alert.links.find(({ title }) => title.startsWith('60 failed'));
    const { total } = FailureListResponse.parse(
      await get(apiPathOf(link?.path ?? '', '/security/failures', '/verification/list')),
    );
    expect(total).toBe(60);
  });

  test('are kept nowhere, and views of names are logged without names', async () => {
    const { askSignedIn, logged, lasting } = await serveAlerts();

    for (const path of ['/alerts', `/alerts/${lasting}`, '/alert-exclusions', '/surveillance'])
      expect((await askSignedIn(`/api/v1${path}`)).headers['cache-control']).toBe('no-store');

    expect(logged.filter((line) => line.includes('names viewed'))).toHaveLength(4);
    expect(logged.join()).not.toContain('person-');
  });

  test('are acknowledged once, also when they are over, and never when withdrawn', async () => {
    const { send, lasting, list, one, world } = await serveAlerts();

    const answer = await send(`/alerts/${lasting}/acknowledge`, { author: 'Ada', note: 'mine' });
    await send(`/alerts/${lasting}/acknowledge`, { author: 'Bob' });

    expect(answer.status).toBe(200);
    const { alert, history } = await one(lasting);
    expect(alert).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ada' });
    expect(history).toMatchObject([
      { kind: 'raised', author: null },
      { kind: 'acknowledged', author: 'Ada', text: 'mine' },
    ]);
    expect((await list()).open.critical).toBe(0);
    const [closed] = (await list('?state=closed')).alerts;
    expect((await send(`/alerts/${closed?.id}/acknowledge`, {})).status).toBe(200);
    await world.judged([]);
    await world.readUntil(at(30, 22));
    await world.raise(NOW);
    const withdrawn = await send(`/alerts/${lasting}/acknowledge`, {});
    expect([withdrawn.status, withdrawn.text]).toEqual([
      409,
      expect.stringContaining('This alert was withdrawn'),
    ]);
    expect((await send('/alerts/99/acknowledge', {})).status).toBe(404);
    expect((await send('/alerts/x/acknowledge', {})).status).toBe(400);
  });

  test('are snoozed for 24 hours or until an instant that is not too far', async () => {
    const { send, lasting, list, one, clock } = await serveAlerts();
    const snooze = (json: unknown, id = lasting) => send(`/alerts/${id}/snooze`, json);
    const until = (ms: number) => ({ until: isoText(NOW + ms) });

    expect((await snooze({})).status).toBe(200);

    expect((await one(lasting)).alert).toMatchObject({
      ...{ state: 'snoozed', snoozedUntil: isoText(NOW + DAY_MS) },
    });
    expect((await snooze(until(-1))).status).toBe(400);
    expect((await snooze(until(91 * DAY_MS))).status).toBe(400);
    expect((await snooze({ until: 'tomorrow' })).status).toBe(400);
    expect((await snooze(until(90 * DAY_MS))).status).toBe(200);
    const [closed] = (await list('?state=closed')).alerts;
    expect((await snooze({}, closed?.id)).status).toBe(409);
    clock.now = NOW + 91 * DAY_MS;
    expect((await one(lasting)).alert.state).toBe('open');
  });

  test('are kept quiet by an exclusion with a reason and an expiry, until it is ended', async () => {
    const { send, lasting, one, get } = await serveAlerts();
    const made = {
      ...{ reason: 'our own test', author: 'Ada', until: isoText(NOW + DAY_MS) },
      subject: { kind: 'address', id: '203.0.113.9' },
    };

    const answer = await send('/alert-exclusions', made);

    expect(answer.status).toBe(200);
    expect((answer.body as AlertExclusionsResponse).exclusions).toMatchObject([
      { id: '1', rule: null, state: 'active', alerts: 1, reason: 'our own test' },
    ]);
    expect((await one(lasting)).alert.state).toBe('excluded');
    expect((await send('/alert-exclusions/1/end', { author: 'Bob' })).status).toBe(200);
    expect((await send('/alert-exclusions/1/end', { author: 'Bob' })).status).toBe(409);
    expect((await send('/alert-exclusions/7/end', { author: 'Bob' })).status).toBe(404);
    expect((await one(lasting)).alert.state).toBe('open');
    expect(await get('/alert-exclusions')).toMatchObject({
      exclusions: [{ state: 'ended', endedBy: 'Bob' }],
    });
    const { subject: _, ...nothing } = made;
    expect((await send('/alert-exclusions', nothing)).status).toBe(400);
    const late = { ...made, until: isoText(NOW - 1) };
    expect((await send('/alert-exclusions', late)).status).toBe(400);
    expect((await send('/alert-exclusions', { ...made, reason: ' ' })).status).toBe(400);
  });

  test('cannot be kept quiet by what no alert of a rule is about, nor by an address that is none', async () => {
    const { send } = await serveAlerts();
    const refusal = async (rule: string | undefined, kind: string, id: string) => {
      const terms = { reason: 'why', author: 'Ada', until: isoText(NOW + DAY_MS) };
      const { status, text } = await send('/alert-exclusions', {
        ...{ ...terms, rule, subject: { kind, id } },
      });
      return status === 200 ? null : `${status} ${text}`;
    };

    expect(await refusal('one_address_many_people', 'country', 'Austria')).toMatch(
      /^400 .*subject\.kind: alerts of “One address, many people” can be kept quiet by address, person only/,
    );
    expect(await refusal('blocked_attempts', 'operator', 'ada')).toMatch(/^400 .*by person only/);
    for (const id of ['nowhere', '192.0.2.0/24', '10.1'])
      expect(await refusal(undefined, 'address', id)).toMatch(/^400 .*must be a single IP address/);
    expect(await refusal('failed_verifications', 'country', 'Austria')).toBeNull();
    expect(await refusal('one_address_many_people', 'address', '2001:db8::1')).toBeNull();
    expect(await refusal('configuration_stops', 'reason', 'no_licence')).toBeNull();
  });

  test('refuse what a list has not given, and parameters they do not know', async () => {
    const { askSignedIn } = await serveAlerts();

    for (const query of ['?cursor=nonsense', '?state=gone', '?limit=0', '?more=1'])
      expect((await askSignedIn(`/api/v1/alerts${query}`)).status).toBe(400);
  });
});

describe('surveillance over HTTP', () => {
  test('tells defaults, learned thresholds and the days they were learned from', async () => {
    const { get } = await serveAlerts();

    const answer = SurveillanceResponse.strict().parse(await get('/surveillance'));

    expect(answer).toMatchObject({ version: 0, author: null, settings: SURVEILLANCE_DEFAULTS });
    expect(answer.rules.find(({ rule }) => rule === 'blocked_attempts')).toMatchObject({
      ...{ floor: 3, learned: 10, point: 9, days: 29, learnedOn: dayAt(28) },
    });
    expect(answer.rules.find(({ rule }) => rule === 'new_address_reset')).toMatchObject({
      ...{ unit: null, floor: null, learned: null },
    });
  });

  test('takes a new version, refuses the same one, and names each range it cannot read', async () => {
    const { send, get } = await serveAlerts();
    const put = (settings: unknown) => send('/surveillance', { author: 'Ada', settings }, 'PUT');
    const ranges = (companyAddresses: string[]) => ({ ...SURVEILLANCE_DEFAULTS, companyAddresses });

    const bad = await put(ranges(['192.0.2.0/24', '10.1', '2001:db8::/200', '192.0.2.7']));

    expect(bad.status).toBe(400);
    expect(bad.text).toContain('line 2');
    expect(bad.text).toContain('line 3');
    expect(bad.text).not.toMatch(/line [14]/);
    const wide = await put(ranges(['0.0.0.0/0', '10.0.0.0/8', '::/0', '2001::/16', '11.0.0.0/7']));
    expect([wide.status, wide.text]).toEqual([400, expect.stringContaining('too wide')]);
    expect(wide.text.match(/line \d/g)).toEqual(['line 1', 'line 3', 'line 5']);
    expect((await put(ranges(['192.0.2.0/24', '2001:db8::1']))).status).toBe(200);
    expect((await put(ranges(['192.0.2.0/24', '2001:db8::1']))).status).toBe(409);
    expect(await get('/surveillance')).toMatchObject({ version: 1, author: 'Ada' });
    const crossed = { ...SURVEILLANCE_DEFAULTS.daily, critical: 0.05 };
    expect((await put({ ...SURVEILLANCE_DEFAULTS, daily: crossed })).status).toBe(400);
    // What is less unusual than 1 in 20 is asked by nobody.
    for (const bounds of ['daily', 'hourly'] as const) {
      const watch = (chance: number) => ({ ...SURVEILLANCE_DEFAULTS[bounds], watch: chance });
      expect((await put({ ...SURVEILLANCE_DEFAULTS, [bounds]: watch(0.06) })).status).toBe(400);
      expect((await put({ ...SURVEILLANCE_DEFAULTS, [bounds]: watch(0.05) })).status).toBe(200);
    }
  });

  test('says before they hold what other settings would have raised, and writes nothing', async () => {
    const { send, store } = await serveAlerts();
    const tables = ['alert', 'alertEvent', 'surveillanceSettings', 'surveillanceState'] as const;
    const before = await rowsOf(store, 1, tables);
    const blocked = { ...SURVEILLANCE_DEFAULTS.rules.blocked_attempts, threshold: 10 };
    const rules = { ...SURVEILLANCE_DEFAULTS.rules, blocked_attempts: blocked };

    const answer = await send('/surveillance/backtest', {
      settings: { ...SURVEILLANCE_DEFAULTS, rules },
    });

    const told = BacktestResponse.strict().parse(answer.body);
    expect(told).toMatchObject({
      ...{ first: dayAt(0), last: dayAt(29), days: 30, added: [] },
      gone: [{ rule: 'blocked_attempts', observed: 9, expected: null, alertId: '3' }],
    });
    expect(told.kept.map(({ alertId }) => alertId)).toEqual(['4', '2', '1']);
    expect(told.current).toEqual({ ...told.proposed, alert: told.proposed.alert + 1 });
    expect(await rowsOf(store, 1, tables)).toEqual(before);
  });

  test('says the same to each of several who ask at once', async () => {
    const { send } = await serveAlerts();
    const ask = () => send('/surveillance/backtest', { settings: SURVEILLANCE_DEFAULTS });

    const [one, ...others] = await Promise.all([ask(), ask(), ask()]);

    expect(one?.status).toBe(200);
    for (const { body } of others) expect(body).toEqual(one?.body);
  });

  test('answers with nothing before anything was collected', async () => {
    const { askSignedIn } = await serve();
    const ask = async (path: string, json?: unknown) =>
      askSignedIn(`/api/v1${path}`, json === undefined ? {} : { method: 'POST', json });

    expect((await ask('/alerts')).body).toMatchObject({ asOf: null, alerts: [], total: 0 });
    expect((await ask('/alerts/1')).status).toBe(404);
    expect((await ask('/surveillance')).body).toMatchObject({ asOf: null, version: 0 });
    const backtest = await ask('/surveillance/backtest', { settings: SURVEILLANCE_DEFAULTS });
    expect(backtest.body).toMatchObject({ first: null, days: 0, added: [] });
    const exclusion = { rule: 'admin_resets', reason: 'why', author: 'Ada' };
    const until = isoText(at(60));
    expect((await ask('/alert-exclusions', { ...exclusion, until })).status).toBe(409);
  });
});

/** The question of the API that a page asks for a path of its own. */
function apiPathOf(path: string, page: string, api: string): string {
  const query = new URLSearchParams(path.slice(page.length + 1));
  query.delete('period');
  return `${api}?${query}`;
}
