import type { Store } from '../../db/store-types.ts';
import { type Chance, chance } from './chance.ts';
import { dayAfter, dayAt } from './days.ts';
import { factsOf, type OracleFacts } from './figures.ts';
import { type Lab, lab, worldOf } from './lab.ts';
import { nastyFlow } from './nasty-flows.ts';
import { recordMaker } from './nasty-records.ts';
import { AUTOMATION_ACCOUNT } from './nasty-resets.ts';
import { type NastyTenant, nastyTenant } from './nasty-tenant.ts';
import { withHardWords } from './nasty-words.ts';
import { type Raw, ticksOf } from './raw.ts';
import { floorOf } from './read.ts';
import { type Period, periodOf } from './reset-questions.ts';
import { type Office, type Understood, understood } from './understood.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Zones with the day of a change of clocks inside of what is read. */
const PLACES: [timeZone: string, now: string][] = [
  ['America/New_York', '2026-11-10T03:17:23.456Z'],
  ['Europe/Vienna', '2026-04-10T22:17:23.456Z'],
  ['Australia/Lord_Howe', '2026-04-20T13:17:23.456Z'],
  ['Europe/Vienna', '2026-11-12T09:30:00.000Z'],
  ['America/St_Johns', '2026-03-20T01:00:00.001Z'],
  ['Asia/Kathmandu', '2026-06-01T18:14:58.123Z'],
];

export interface OddTenant {
  it: Lab;
  facts: OracleFacts;
  all: Understood;
  /** The first holds everything. */
  periods: Period[];
  hybrid: boolean;
}

/** A tenant read with days missing in the middle, and with records that came late; and what the oracle knows of it. */
export async function oddTenant(seed: number, store?: Store): Promise<OddTenant> {
  const random = chance(seed * 31 + 7);
  const [timeZone, nowText] = PLACES[(seed - 1) % PLACES.length] ?? ['UTC', ''];
  const now = Date.parse(nowText);
  const start = now - (32 + random.below(8)) * DAY_MS;
  const end = now + HOUR_MS / 2;
  const both = together(nastyTenant(seed * 2, start), nastyTenant(seed * 2 + 1, now));
  both.audits.push(...tonight(random, both, now));
  const tenant = withHardWords(random, both);
  const latency = lateOnes(tenant.audits, now);
  const it = await lab({
    world: worldOf(tenant, (record) => latency.get(record) ?? 0),
    now: start,
    timeZone,
    ...(store ? { store } : {}),
  });
  const today = dayAt(now, timeZone);
  const holidays = [dayAfter(today, -3), dayAfter(today, -9), dayAfter(today, -34)];
  const office = { weekdays: random.one([[1, 2, 3, 4, 5], [7, 1, 2, 3], [3]]), from: 7, until: 16 };
  await it.collect({ feeds: ['domains'] });
  const status = await it.put('/settings', {
    settings: {
      automation_accounts: AUTOMATION_ACCOUNT,
      office_from: '7',
      office_until: '16',
      office_weekdays: office.weekdays.map((one) => WEEKDAYS[one - 1]).join('\n'),
      holidays_added: holidays.map((day) => `${day} Day off`).join('\n'),
    },
  });
  if (status !== 200) throw new Error(`Settings refused: ${status}`);
  await it.collect();
  it.clock.now = now;
  // Some records come twice, and in any order.
  it.graph.setFaults([
    { route: 'resets', fault: 'duplicated-page', times: 3 },
    { route: 'resets', fault: 'reordered-page', page: 3, times: 3 },
  ]);
  await it.collect();
  it.graph.setFaults(undefined);
  it.clock.now = end;
  await it.collect({ full: false });
  const windows: [number, number][] = [
    [floorOf(start), start],
    [floorOf(now), end],
  ];
  const facts = factsOf({
    timeZone,
    windows,
    snapshots: [{ takenAt: end, report: tenant.report, users: tenant.users }],
    users: tenant.users,
    audits: tenant.audits.filter((record) => isWithin(record, windows)),
    gapHours: 24,
    automation: [AUTOMATION_ACCOUNT],
  });
  const sorted: Office = {
    ...office,
    weekdays: office.weekdays.toSorted(),
    holidays: new Set(holidays),
  };
  const all = understood(facts, sorted);
  const spans: [number, number][] = [
    [75, -2],
    [29, 0],
    [27, 0],
    [40, 28],
    [75, 50],
    [-3, -5],
    [34, 34],
    [0, 0],
    [4, 1],
    ...Array.from({ length: 5 }, (): [number, number] => {
      const a = random.below(75);
      return [a, random.below(a + 1)];
    }),
  ];
  return {
    it,
    facts,
    all,
    periods: spans.map(([a, b]) => periodOf(all, dayAfter(today, -a), dayAfter(today, -b))),
    hybrid: tenant.users.some(({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true),
  };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function together(a: NastyTenant, b: NastyTenant): NastyTenant {
  return {
    users: [...a.users, ...b.users],
    report: [...a.report, ...b.report],
    audits: [...a.audits, ...b.audits],
  };
}

/** Flows that began within the last 25 minutes: some are over, some go on. */
function tonight(random: Chance, { users }: NastyTenant, now: number): Raw[] {
  const make = recordMaker(random);
  const known = users.map(({ id, displayName, userPrincipalName }) => ({
    id: String(id),
    displayName: String(displayName),
    userPrincipalName: String(userPrincipalName),
  }));
  const flows = Array.from({ length: 60 }, () =>
    nastyFlow(random, make, {
      at: now - random.below(25 * 60_000),
      person: random.is(0.1) ? null : random.one(known),
    }),
  );
  return flows.flat().filter((record) => Date.parse(String(record.activityDateTime)) < now);
}

/** A third of the last two days' records come a quarter of an hour after `now`. */
function lateOnes(audits: readonly Raw[], now: number): Map<object, number> {
  const age = (record: Raw) => now - Date.parse(String(record.activityDateTime));
  const late = audits.filter(
    (record, index) => index % 3 === 0 && age(record) > HOUR_MS && age(record) < 46 * HOUR_MS,
  );
  return new Map(late.map((record) => [record, age(record) + HOUR_MS / 4]));
}

function isWithin(record: Raw, windows: readonly [number, number][]): boolean {
  const ticks = ticksOf(String(record.activityDateTime));
  return windows.some(
    ([since, until]) => ticks >= BigInt(since) * 10_000n && ticks <= BigInt(until) * 10_000n,
  );
}
