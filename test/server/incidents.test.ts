import { describe, expect, test } from 'vitest';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { serve, type TestServer } from '../build/server.ts';
import { store as put, stored } from '../build/stored-records.ts';
import { tenantOn } from '../build/tenants.ts';
import { anAdminReset, NINE, REASONS, RESET, step } from '../domain/records.ts';

const PERIOD = 'first=2026-03-01&last=2026-03-31';
/** Graph's ids hold blanks and the address of a page; without a correlation id one is the id of an incident. */
const ODD = 'SSPR_a b/ü?x=1&y=%41#z_[100%]';

async function withResets(): Promise<TestServer> {
  const server = await serve();
  const lease = await tenantOn(server.store);
  const tried = (minute: number, reason: string, over = {}) =>
    step(reason, minute, { correlationId: 'tried', id: `tried${minute}`, ...over });
  const records = [
    tried(0, REASONS.startedEmail),
    tried(1, REASONS.startedSms),
    tried(2, REASONS.completedSms),
    tried(3, REASONS.unknown, { correlationId: 'again', result: 'failure' }),
    anAdminReset(1),
    step(REASONS.reset, 0, { id: ODD, correlationId: null, targetId: 'bob', activity: RESET }),
    step(REASONS.reset, 0, {
      id: 'later',
      correlationId: 'later',
      occurredAt: NINE + 6 * DAY_MS,
      targetId: 'bob',
    }),
  ];
  await put(lease, records.map(stored), { until: NINE + 20 * DAY_MS });
  await rollUp(lease, { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] });
  return server;
}

describe('incidents over HTTP', () => {
  test('are found by their id, also one with blanks and signs that mean something in an address', async () => {
    const { askSignedIn } = await withResets();

    const id = `record:${ODD}`;
    const { status, body } = await askSignedIn(
      `/api/v1/resets/incidents/${encodeURIComponent(id)}`,
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({
      incident: { id, person: { id: 'bob' }, outcome: 'self_served_first', kind: 'reset' },
      settlesAt: null,
      flows: [{ id, outcome: 'completed', stage: 'done', reason: null }],
      before: null,
      after: { id: 'later', outcome: 'self_served_first' },
    });
  });

  test('tell the whole story: flows, reasons, steps, and the admin reset that ended it', async () => {
    const { askSignedIn } = await withResets();

    const { body } = await askSignedIn('/api/v1/resets/incidents/tried');

    expect(body).toMatchObject({
      incident: {
        outcome: 'fell_back',
        kind: null,
        flows: 2,
        adminResets: 1,
        reasons: [
          { code: 'abandoned_passed', owner: 'user' },
          { code: REASONS.unknown, reason: REASONS.unknown, owner: null },
        ],
      },
      flows: [
        {
          id: 'tried',
          outcome: 'abandoned',
          stage: 'passed',
          steps: [
            { method: 'email', passed: false },
            { method: 'mobile SMS', passed: true },
          ],
          records: [
            { reason: REASONS.startedEmail, address: '192.0.2.1' },
            { reason: REASONS.startedSms },
            { reason: REASONS.completedSms },
          ],
        },
        { id: 'again' },
      ],
      adminResets: [{ at: new Date(NINE + HOUR_MS).toISOString(), operator: { id: 'grace' } }],
    });
  });

  test('name people, so they are kept nowhere, and each view is logged without whom it was of', async () => {
    const { askSignedIn, logged } = await withResets();
    const paths = [
      `/resets/incidents?${PERIOD}`,
      '/resets/incidents/tried',
      `/resets/admin-resets?${PERIOD}`,
    ];

    for (const path of paths) {
      const { status, headers } = await askSignedIn(`/api/v1${path}`);
      expect([path, status, headers['cache-control']]).toEqual([path, 200, 'no-store']);
    }

    const views = logged.filter((line) => line.includes('names viewed'));
    expect(views).toHaveLength(3);
    expect(views.join()).toContain('"/resets/incidents/:id"');
    expect(views.join()).not.toMatch(/ada|bob|grace|tried/);
  });

  test('repeats are told of people whose first incident is old enough', async () => {
    const { askSignedIn } = await withResets();

    const times = await askSignedIn(`/api/v1/resets/times?${PERIOD}`);
    const list = await askSignedIn(`/api/v1/resets/incidents?${PERIOD}&repeatWithinDays=7`);

    // As of 20 days after: both of bob's are 7 days old, one was followed; neither is 30 days old.
    expect(times.body).toMatchObject({
      repeats: { within7Days: { part: 1, whole: 2 }, within30Days: { part: 0, whole: 0 } },
    });
    expect(list.body).toMatchObject({ total: 1, incidents: [{ id: `record:${ODD}` }] });
  });

  test('a switch of methods is on its way from one to the other', async () => {
    const { askSignedIn } = await withResets();

    const { body } = await askSignedIn(`/api/v1/resets/funnel?${PERIOD}`);

    expect(body).toMatchObject({
      switches: { flows: 1, pairs: [{ from: 'email', to: 'mobile SMS', flows: 1 }] },
    });
  });

  test('that nobody had are not found', async () => {
    const { askSignedIn } = await withResets();

    const { status, body } = await askSignedIn('/api/v1/resets/incidents/again');

    expect(status).toBe(404);
    expect(body).toMatchObject({ error: { code: 'not_found' } });
  });
});
