import { request } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManagersResponse, PeopleResponse, PersonResponse } from '../../server/contract/people.ts';
import { kindOf, type ListedPerson, someListed, storeListed } from '../build/listed-tenant.ts';
import { serve, TOKEN } from '../build/server.ts';
import { tenantOn } from '../build/tenants.ts';

/** Reads RFC 4180, which is more than our own writer needs. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

async function served(people: ListedPerson[]) {
  const server = await serve();
  await storeListed(await tenantOn(server.store, { timeZone: 'UTC' }), people);
  return server;
}

const sampled = (seed: number) => fc.sample(someListed, { numRuns: 1, seed })[0] ?? [];
const member = (one: ListedPerson) => kindOf(one) === 'member' && !one.excluded;

describe('the people’s list as CSV', () => {
  test('holds everybody whom the page lists, in its order, and nothing else', async () => {
    const all = sampled(5);
    const { askSignedIn } = await served(all);

    for (const filter of [
      '',
      '&capable=true',
      '&search=a',
      '&department=',
      '&excluded=true&sort=priority',
    ]) {
      const { headers, text } = await askSignedIn(`/api/v1/people.csv?userType=member${filter}`);
      const { body } = await askSignedIn(`/api/v1/people?limit=200${filter}`);

      const [titles, ...rows] = readCsv(text.slice(1));
      const page = PeopleResponse.parse(body);
      expect(text.charAt(0)).toBe('\uFEFF');
      expect(titles?.slice(0, 3)).toEqual(['Name', 'User principal name', 'Object id']);
      expect(rows.map((row) => row[2])).toEqual(page.people.map(({ id }) => id));
      expect(rows).toHaveLength(page.total);
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(headers['content-disposition']).toBe('attachment; filename="people 2026-03-01.csv"');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  test('begins no cell like a formula', async () => {
    const [one] = sampled(5);
    if (!one) throw new Error('Nobody');
    const nasty = ['=1+1', '+1', '-1', '@x', '\t=1', '\uFF1D1', 'a,"b"\r\nc'];
    const people = nasty.map((name, n) => ({ ...one, id: `n${n}`, name, excluded: false }));
    const { askSignedIn } = await served(people);

    const { text } = await askSignedIn('/api/v1/people.csv');

    const names = readCsv(text.slice(1))
      .slice(1)
      .map(([name]) => name);
    expect(names.toSorted()).toEqual(
      nasty.map((name) => (name.startsWith('a') ? name : `'${name}`)).toSorted(),
    );
  });

  test('is logged as a view of names, without them, and ends with its reader', async () => {
    const [one] = sampled(5);
    if (!one) throw new Error('Nobody');
    const many = Array.from({ length: 3000 }, (_, n) => ({
      ...one,
      id: `m${n}`,
      name: `Secretname ${n}`,
      excluded: false,
    }));
    const { port, logged, askSignedIn } = await served(many);

    await new Promise<void>((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const asking = request(
        { port, path: '/api/v1/people.csv', headers, agent: false },
        (answer) => {
          answer.once('data', () => answer.destroy());
          answer.once('close', resolve);
        },
      );
      asking.once('error', reject);
      asking.end();
    });
    const { status, text } = await askSignedIn('/api/v1/people.csv?search=secretname');

    expect(status).toBe(200);
    expect(readCsv(text.slice(1))).toHaveLength(3001);
    const lines = logged.filter((line) => line.includes('names viewed'));
    expect(lines).toHaveLength(2);
    expect(logged.join('\n')).not.toMatch(/secretname/i);
    expect(logged.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});

describe('managers', () => {
  test('are counted, and their people are one filter away', async () => {
    const all = sampled(8);
    const { askSignedIn } = await served(all);

    const { body } = await askSignedIn('/api/v1/managers');

    const { managers, total } = ManagersResponse.parse(body);
    const listed = all.filter(member);
    expect(total).toBe(new Set(listed.flatMap(({ managerId }) => managerId ?? [])).size);
    for (const { id, name, people } of managers) {
      const team = listed.filter(({ managerId }) => managerId === id);
      expect(people).toBe(team.length);
      expect(name).toBe(all.find((one) => one.id === id)?.name ?? null);
      const { text } = await askSignedIn(`/api/v1/people.csv?manager=${id ?? ''}`);
      expect(readCsv(text.slice(1))).toHaveLength(1 + team.length);
    }
  });
});

describe('a note about a person', () => {
  test('is shown in the list, the story and the CSV, and replaced by the next', async () => {
    const people = sampled(5).map((one) => ({ ...one, note: null, done: false, excluded: false }));
    const id = people.find(member)?.id ?? '';
    const { askSignedIn, clock } = await served(people);
    const json = { note: '  called, back on Monday ', done: true, author: 'Kim' };

    const put = await askSignedIn(`/api/v1/people/${id}/note`, { method: 'PUT', json });

    const saved = { note: 'called, back on Monday', done: true };
    expect(put.body).toEqual({
      ...saved,
      author: 'Kim',
      changedAt: new Date(clock.now).toISOString(),
    });
    const list = PeopleResponse.parse((await askSignedIn('/api/v1/people?done=true')).body);
    expect(list.people.map((one) => one.id)).toEqual([id]);
    expect(list.people[0]).toMatchObject(saved);
    const story = PersonResponse.parse((await askSignedIn(`/api/v1/people/${id}`)).body);
    expect(story.person).toMatchObject(saved);
    const { text } = await askSignedIn('/api/v1/people.csv?done=true');
    expect(readCsv(text.slice(1))[1]?.slice(-2)).toEqual(['called, back on Monday', 'true']);

    const none = { note: null, done: false, author: 'Kim' };
    await askSignedIn(`/api/v1/people/${id}/note`, { method: 'PUT', json: none });
    const { body } = await askSignedIn('/api/v1/people?done=true');
    expect(PeopleResponse.parse(body).total).toBe(0);
  });

  test('of nobody is refused, and so is one that says too much or not who', async () => {
    const { askSignedIn } = await served(sampled(5));
    const put = (id: string, json: object) =>
      askSignedIn(`/api/v1/people/${id}/note`, { method: 'PUT', json });

    expect((await put('nobody', { note: null, done: true, author: 'Kim' })).status).toBe(404);
    expect((await put('id-0', { note: 'x'.repeat(2001), done: true, author: 'Kim' })).status).toBe(
      400,
    );
    expect((await put('id-0', { note: null, done: true, author: ' ' })).status).toBe(400);
  });
});
