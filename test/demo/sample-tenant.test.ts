import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SSPR_SERVICE } from '../../demo/audit-record.ts';
import type { RegistrationRecord, UserRecord } from '../../demo/graph-shapes.ts';
import type { SampleTenant } from '../../demo/sample/tenant.ts';
import { sampleTenant } from '../../demo/sample/tenant.ts';
import {
  ADMIN_RESET_ACTIVITY,
  CHANGE_ACTIVITY,
  POLICY_ACTIVITY,
  WRITEBACK_OFF_ACTIVITY,
  WRITEBACK_ON_ACTIVITY,
} from '../../demo/vocabulary.ts';
import { addDays, DAY_MS, daysBetween } from '../../domain/day.ts';
import { askAll, auditsWhere, startGraph } from './graph-client.ts';

const END = Date.parse('2026-11-22T13:00:00Z');
const larkfield = sampleTenant({ end: END });
const audits = larkfield.auditRecords(0, END);

function members(rows: readonly RegistrationRecord[]): RegistrationRecord[] {
  return rows.filter(({ userType }) => userType !== 'guest');
}

function capablePerMille(rows: readonly RegistrationRecord[]): number {
  const all = members(rows);
  return (1000 * all.filter(({ isSsprCapable }) => isSsprCapable).length) / all.length;
}

function turn(tenant: SampleTenant, title: RegExp) {
  const day = tenant.story.find((marker) => title.test(marker.title))?.day;
  if (!day) throw new Error(`No turn of the story is called ${title}.`);
  return day;
}

/** The figures of the table in docs/sample-tenant.md, by their names there. */
function figures(tenant: SampleTenant): Record<string, number> {
  const { truth } = tenant;
  const records = tenant.auditRecords(0, Number.POSITIVE_INFINITY);
  const sspr = records.filter(({ loggedByService }) => loggedByService === SSPR_SERVICE);
  const switched = [POLICY_ACTIVITY, WRITEBACK_OFF_ACTIVITY, WRITEBACK_ON_ACTIVITY];
  const notFlows = [ADMIN_RESET_ACTIVITY, CHANGE_ACTIVITY, ...switched];
  const inFlows = sspr.filter(
    ({ activityDisplayName: activity }) =>
      !notFlows.includes(activity) && !activity.startsWith('User registered'),
  );
  const questions = turn(tenant, /questions/);
  const capable = (rows: readonly RegistrationRecord[]) =>
    new Set(rows.filter((row) => row.isSsprCapable).map(({ id }) => id));
  const first = tenant.registrationOn(tenant.start);
  const before = tenant.registrationOn(questions);
  const after = capable(tenant.registrationOn(addDays(questions, 1)));
  const last = tenant.registrationOn(tenant.last);
  return {
    'people in the report on the last day': last.length,
    'members and people without a type': members(last).length,
    guests: last.length - members(last).length,
    admins: last.filter(({ isAdmin }) => isAdmin).length,
    'capable of 1,000 on the first day': capablePerMille(first),
    'capable of 1,000 before the questions end': capablePerMille(before),
    'capable of 1,000 on the last day': capablePerMille(last),
    'people who lose capability with the questions': [...capable(before)].filter(
      (id) => !after.has(id),
    ).length,
    'audit records': records.length,
    flows: new Set(inFlows.map(({ correlationId }) => correlationId)).size,
    'admin resets after a need': truth.needs.reduce((n, need) => n + need.adminResets.length, 0),
    'records of security info': records.length - sspr.length,
    needs: truth.needs.length,
  };
}

function documentedRanges(): { figure: string; low: number; high: number }[] {
  const text = readFileSync(new URL('../../docs/sample-tenant.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf('| figure |')).split('\n\n')[0] ?? '';
  const number = (cell: string | undefined) => Number(cell?.replaceAll(',', ''));
  return table
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, figure = '', low, high]) => ({ figure, low: number(low), high: number(high) }));
}

describe('the sample tenant', () => {
  test.each([
    ['of the default seed', larkfield],
    ['of another seed and end', sampleTenant({ end: Date.parse('2027-03-03T22:00:00Z'), seed: 1 })],
  ])('%s has the figures its document states', (_, tenant) => {
    const found = figures(tenant);

    for (const { figure, low, high } of documentedRanges()) {
      expect(found[figure], figure).toBeGreaterThanOrEqual(low);
      expect(found[figure], figure).toBeLessThanOrEqual(high);
    }
    expect(documentedRanges().map(({ figure }) => figure)).toEqual(Object.keys(found));
  });

  test('is the same for the same seed and end, and another for another seed', () => {
    const again = sampleTenant({ end: END });
    const other = sampleTenant({ end: END, seed: 5 });

    expect(again.auditRecords(0, END)).toEqual(audits);
    expect(again.registrationOn(again.last)).toEqual(larkfield.registrationOn(larkfield.last));
    expect(other.auditRecords(0, END)[100]?.id).not.toBe(audits[100]?.id);
  });

  test('answers the days of the report in any order', () => {
    const days = daysBetween(addDays(larkfield.last, -3), larkfield.last);
    const forwards = days.map((day) => structuredClone(larkfield.registrationOn(day)));

    for (const [index, day] of days.toReversed().entries()) {
      expect(larkfield.registrationOn(day)).toEqual(forwards.at(-1 - index));
    }
  });

  test('has a tree of managers, some of whom have left', () => {
    const users = larkfield.usersOn(larkfield.last);
    const byId = new Map(users.map((user) => [user.id, user]));
    const members = users.filter(({ userType }) => userType !== 'Guest');
    const managed = members.filter(({ manager }) => manager);
    const bosses = managed.map(({ manager }) => byId.get(manager?.id ?? ''));
    const heights = managed.map(({ id }) => managersAbove(byId, id));

    expect(managed.length / members.length).toBeGreaterThan(0.97);
    expect(members.length - managed.length).toBeGreaterThan(20);
    expect(users.filter(({ userType, manager }) => userType === 'Guest' && manager)).toEqual([]);
    expect(bosses.filter((boss) => boss === undefined).length).toBeGreaterThan(0);
    expect(bosses.filter((boss) => boss?.accountEnabled === false).length).toBeGreaterThan(0);
    expect(Math.max(...heights)).toBeLessThan(8);
  });

  test('shows no new record of /users because somebody signed in', () => {
    const days = daysBetween(addDays(larkfield.last, -60), larkfield.last);
    const known = new WeakSet<object>(larkfield.usersOn(addDays(larkfield.last, -61)));

    const fresh = days.flatMap((day) => {
      const users = larkfield.usersOn(day).filter((user) => !known.has(user));
      for (const user of users) known.add(user);
      return users;
    });

    expect(fresh.length / days.length).toBeLessThan(0.02 * 5_400);
  });

  test('tells sign-ins that go on from day to day, of most people within the week', () => {
    const users = larkfield.usersOn(larkfield.last);
    const told = (now: number) =>
      users.map((user) => {
        const { signInActivity } = larkfield.world;
        return Date.parse(signInActivity?.(user, now)?.lastSignInDateTime ?? '');
      });
    const now = told(END);
    const known = now.filter((at) => !Number.isNaN(at));

    expect(told(END)).toEqual(now);
    expect(Math.max(...known)).toBeLessThanOrEqual(END);
    expect(users.length - known.length).toBeGreaterThan(100);
    expect(known.length / users.length).toBeGreaterThan(0.85);
    expect(known.filter((at) => END - at < 7 * DAY_MS).length / known.length).toBeGreaterThan(0.8);
    expect(known.filter((at) => END - at > 60 * DAY_MS).length).toBeGreaterThan(50);
    expect(told(END + DAY_MS).filter((at, index) => at < (now[index] ?? 0))).toEqual([]);
  });

  test('changes less than two in a hundred rows of the report on an ordinary day', () => {
    const days = daysBetween(addDays(larkfield.last, -60), larkfield.last);

    for (const day of days) {
      const share = larkfield.registrationChangesOn(day).length / 5_400;
      expect(share, day).toBeLessThan(0.02);
    }
  });

  test('gives every audit record an id of its own, in order of time', () => {
    const instants = audits.map(({ activityDateTime }) => Date.parse(activityDateTime));

    expect(new Set(audits.map(({ id }) => id)).size).toBe(audits.length);
    expect(instants.every((at, index) => index === 0 || at >= (instants[index - 1] ?? 0))).toBe(
      true,
    );
    expect(audits[0]?.id).toMatch(/^(SSPR|IAMUX)_[0-9a-f-]{36}_[A-Z0-9]{5}_\d{7}$/);
    expect(audits[0]?.activityDateTime).toMatch(/\.\d{7}Z$/);
  });

  test('has a record in the log for each turn that is policy, in the shape of Graph', () => {
    const switched = audits.filter(({ targetResources: [target] }) => target?.type === 'Directory');

    expect(
      switched.map((record) => [record.activityDateTime.slice(0, 13), record.activityDisplayName]),
    ).toEqual([
      [`${turn(larkfield, /campaign/i)}T06`, POLICY_ACTIVITY],
      [`${turn(larkfield, /for retail$/)}T06`, POLICY_ACTIVITY],
      [`${turn(larkfield, /writeback/)}T07`, WRITEBACK_OFF_ACTIVITY],
      [`${turn(larkfield, /writeback/)}T16`, WRITEBACK_ON_ACTIVITY],
      [`${turn(larkfield, /questions/)}T05`, POLICY_ACTIVITY],
      [`${turn(larkfield, /questions/)}T05`, POLICY_ACTIVITY],
      [`${turn(larkfield, /Passkey/)}T06`, 'Authentication Methods Policy Update'],
    ]);
    expect(switched[0]).toMatchObject({
      id: expect.stringMatching(/^SSPR_[0-9a-f-]{36}_[A-Z0-9]{5}_\d{7}$/),
      category: 'DirectoryManagement',
      loggedByService: SSPR_SERVICE,
      initiatedBy: { user: { id: expect.any(String) }, app: null },
      targetResources: [
        {
          type: 'Directory',
          modifiedProperties: [
            { displayName: 'Scope', oldValue: '"Pilot"', newValue: '"Everyone but retail"' },
          ],
        },
      ],
    });
  });

  test('uses addresses and domains that belong to nobody', () => {
    const addresses = audits.map(({ initiatedBy }) => initiatedBy.user?.ipAddress ?? '');
    const strange = addresses.filter(
      (address) => !/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:|$)/.test(address),
    );
    const names = larkfield.usersOn(larkfield.last).map((user) => user.userPrincipalName);

    expect(strange).toEqual([]);
    expect(names.every((name) => name.endsWith('.example'))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  test('keeps leavers in /users for a while, disabled and missing in the report', () => {
    const users = larkfield.usersOn(larkfield.last);
    const reported = new Set(larkfield.registrationOn(larkfield.last).map(({ id }) => id));
    const disabled = users.filter(({ accountEnabled }) => !accountEnabled);

    expect(disabled.length).toBeGreaterThan(10);
    // Who leaves on the last day itself is in the report of that morning.
    const still = disabled.filter(({ id }) => reported.has(id));
    expect(still.length).toBeLessThan(5);
  });

  test('has one night on which far more verifications are started than ever before', () => {
    const { attackFlows, attackSuccess } = larkfield.truth;

    expect(attackFlows.length).toBeGreaterThan(240);
    expect(attackFlows).toContain(attackSuccess);
    expect(larkfield.truth.massResets).toHaveLength(300);
    expect(larkfield.daysNotCollected).toEqual(['2026-04-24', '2026-04-25', '2026-10-16']);
  });

  test('comes through the Graph-compatible server whole, but for what is not visible yet', async () => {
    const { origin } = await startGraph({ world: larkfield.world, clock: () => END });
    const since = END - 30 * 86_400_000;
    const filter = `activityDateTime ge ${new Date(since).toISOString()} and loggedByService eq '${SSPR_SERVICE}'`;

    const pages = await askAll(origin, auditsWhere(filter, '&$top=999'));
    const people = await askAll(origin, '/v1.0/users?$top=999&$select=id,department');

    const expected = larkfield
      .auditRecords(since, END)
      .filter(({ loggedByService }) => loggedByService === SSPR_SERVICE);
    const served = new Set(pages.flat().map((record) => (record as { id: string }).id));
    expect(served.size).toBe(pages.flat().length);
    expect(served.size).toBeLessThanOrEqual(expected.length);
    expect(served.size).toBeGreaterThan(expected.length * 0.99);
    expect(people.flat()).toHaveLength(larkfield.usersOn(larkfield.last).length);
  });
});

/** How many managers stand above somebody; throws where they stand in a circle. */
function managersAbove(byId: Map<string, UserRecord>, id: string): number {
  const seen = new Set<string>();
  for (let at = byId.get(id); at?.manager; at = byId.get(at.manager.id)) {
    if (seen.has(at.id)) throw new Error(`${at.id} is above itself.`);
    seen.add(at.id);
  }
  return seen.size;
}
