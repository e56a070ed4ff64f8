import { expect, test } from 'vitest';
import {
  AtRiskResponse,
  ChangesResponse,
  JoinersResponse,
  MethodsTrendResponse,
  MovesResponse,
} from '../../server/contract/registration.ts';
import { collectedHistory } from '../build/collected-history.ts';
import { serve } from '../build/server.ts';

async function servedHistory() {
  const server = await serve();
  const history = await collectedHistory(server.store, { seed: 41, snapshots: 10, people: 120 });
  const { first, last } = history;
  const ask = (path: string) => server.askSignedIn(`/api/v1${path}`);
  return { ...server, ask, period: `first=${first}&last=${last}` };
}

test('every answer with a history behind it is as the contract says', async () => {
  const { ask, period } = await servedHistory();
  const atRisk = '/registration/at-risk?date=2027-02-01&required=2&without=email';
  for (const [path, contract] of [
    [`/registration/methods/trend?${period}`, MethodsTrendResponse],
    [`/registration/moves?${period}`, MovesResponse],
    [`/registration/changes?${period}&move=lost&limit=200`, ChangesResponse],
    ['/registration/joiners', JoinersResponse],
    [`/registration/joiners?${period}`, JoinersResponse],
    [`${atRisk}&by=department`, AtRiskResponse],
    [`${atRisk}&by=office`, AtRiskResponse],
  ] as const) {
    const { status, body } = await ask(path);
    expect([path, status]).toEqual([path, 200]);
    expect(contract.strict().parse(body)).toEqual(body);
  }
});

test('who is behind a bar is named to nobody’s cache, and the log says that names were viewed, not whose', async () => {
  const { ask, period, logged } = await servedHistory();
  const path = `/registration/changes?${period}&move=arrived&limit=3`;

  const { headers, body } = await ask(path);

  const { changes, total, nextCursor } = ChangesResponse.parse(body);
  expect(changes).toHaveLength(3);
  expect(total).toBeGreaterThan(3);
  expect(headers['cache-control']).toBe('no-store');
  const lines = logged.filter((line) => line.includes('names viewed'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('/registration/changes');
  for (const { person } of changes)
    expect(lines[0]).not.toContain(person.name ?? person.userPrincipalName ?? person.id);

  const next = ChangesResponse.parse((await ask(`${path}&cursor=${nextCursor}`)).body);
  const ids = [...changes, ...next.changes].map(({ day, person }) => `${day} ${person.id}`);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a setting changes who is at risk at once, though answers are kept', async () => {
  const { ask, askSignedIn } = await servedHistory();
  const path = '/registration/at-risk?date=2027-02-01';
  const before = AtRiskResponse.parse((await ask(path)).body);
  expect(before.people).toBeGreaterThan(0);
  expect((await ask(path)).headers.etag).toBe((await ask(path)).headers.etag);

  await askSignedIn('/api/v1/settings', {
    method: 'PUT',
    json: { settings: { own_telephony: 'true' } },
  });

  const after = AtRiskResponse.parse((await ask(path)).body);
  expect(after).toMatchObject({ people: 0, gone: [], coverageNow: before.coverageNow });
});
