import { describe, expect, test } from 'vitest';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { DAY_MS } from '../../domain/day.ts';
import { FailureListResponse, FailuresResponse } from '../../server/contract/verification.ts';
import { serve, type TestServer } from '../build/server.ts';
import { store as put, stored } from '../build/stored-records.ts';
import { tenantOn } from '../build/tenants.ts';
import { NINE, REASONS, step } from '../domain/records.ts';

const PERIOD = 'first=2026-03-01&last=2026-03-31';
const LIST = `/api/v1/verification/list?${PERIOD}`;

/** Three failures of ada and bob on 2 March: by email from one address, by SMS from another. */
async function withFailures(): Promise<TestServer> {
  const server = await serve();
  const lease = await tenantOn(server.store);
  const records = [
    step(REASONS.startedEmail, 0, { correlationId: 'a' }),
    step(REASONS.startedSms, 1, { correlationId: 'a', address: '2001:db8::1' }),
    step(REASONS.startedEmail, 90, { correlationId: 'b', targetId: 'bob', initiatorId: 'bob' }),
  ];
  await put(lease, records.map(stored), { until: NINE + 20 * DAY_MS });
  await rollUp(lease, { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] });
  return server;
}

describe('failed verifications over HTTP', () => {
  test('are listed with who, from where, and the incident they belong to', async () => {
    const { askSignedIn } = await withFailures();

    const { status, body } = await askSignedIn(LIST);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      failures: [
        { method: 'email', person: { id: 'bob' }, address: '192.0.2.1', incidentId: 'b' },
        { method: 'mobile SMS', person: { id: 'ada' }, address: '2001:db8::1', incidentId: 'a' },
        { method: 'email', person: { id: 'ada' }, country: null, admin: null },
      ],
      total: 3,
      people: 2,
      addresses: 2,
      nextCursor: null,
    });
  });

  test('follow on pages, and are as many as the figure by value says', async () => {
    const { askSignedIn } = await withFailures();
    const listed = async (more: string) =>
      FailureListResponse.parse((await askSignedIn(`${LIST}${more}`)).body);
    const page = await listed('&limit=2');
    const rest = await listed(`&limit=2&cursor=${page.nextCursor}`);
    expect([page.failures.length, rest.failures.length]).toEqual([2, 1]);
    expect(rest).toMatchObject({ total: 3, nextCursor: null });

    const path = `/api/v1/verification/failures?${PERIOD}&bucket=day&by=address`;
    const { points } = FailuresResponse.parse((await askSignedIn(path)).body);
    const day = points.filter(({ start }) => start === '2026-03-02');

    for (const { value, failed } of day) {
      const { total } = await listed(`&address=${encodeURIComponent(value ?? '')}`);
      expect([value, total]).toEqual([value, failed]);
    }
    expect(day.map(({ failed }) => failed)).toEqual([2, 1]);
  });

  test('refuse a time that runs backwards, and what is no instant', async () => {
    const { askSignedIn } = await withFailures();
    const [early, late] = ['2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z'];

    const backwards = await askSignedIn(`${LIST}&since=${late}&until=${early}`);
    const none = await askSignedIn(`${LIST}&since=yesterday`);

    expect((await askSignedIn(`${LIST}&since=${early}&until=${late}`)).status).toBe(200);
    expect([backwards.status, backwards.text]).toEqual([
      400,
      expect.stringContaining('until: must not come before since'),
    ]);
    expect([none.status, none.text]).toEqual([
      400,
      expect.stringContaining('since: must be an instant such as'),
    ]);
  });

  test('name people in the list, so it is kept nowhere and each view is logged without whom it was of', async () => {
    const { askSignedIn, logged } = await withFailures();

    const { headers } = await askSignedIn(`${LIST}&person=ADA&address=192.0.2.1`);

    expect(headers['cache-control']).toBe('no-store');
    const views = logged.filter((line) => line.includes('names viewed'));
    expect(views.join()).toContain('"/verification/list"');
    expect(views.join()).not.toMatch(/ada|bob|192\.0/i);
  });
});
