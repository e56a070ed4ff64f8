import { describe, expect, test } from 'vitest';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { excludeByRule } from '../../db/store/exclude.ts';
import { storePeople } from '../../db/store/people.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { type RegistrationRow, SnapshotIngest } from '../../db/store/snapshot.ts';
import { type Day, HOUR_MS } from '../../domain/day.ts';
import { store as put, stored } from '../build/stored-records.ts';
import { sqliteStore } from '../build/stores.ts';
import { tenantOn, watched } from '../build/tenants.ts';
import { aRecord, MINUTE_MS, NINE, PROGRESS, REASONS } from '../domain/records.ts';

const PEOPLE = 20_000;
const PAGE = 999;

/** How long each transaction took, in milliseconds, longest first. */
function timed(lease: Parameters<typeof watched>[0]) {
  const took: number[] = [];
  const on = watched(lease, async (run) => {
    const startedAt = performance.now();
    const result = await run();
    took.push(performance.now() - startedAt);
    return result;
  });
  return { on, told: () => tell(took.splice(0)) };
}

function tell(took: number[]): string {
  const sorted = took.toSorted((a, b) => b - a);
  const longest = sorted.slice(0, 3).map((ms) => ms.toFixed(0));
  const over = sorted.filter((ms) => ms > 50).length;
  return `${sorted.length} transactions, longest ${longest.join(', ')} ms, ${over} over 50 ms`;
}

const person = (n: number, capable: boolean): RegistrationRow => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: `Person ${n} of ${n % 97}`,
  userPrincipalName: `person.${n}@contoso.example`,
  state: {
    admin: n % 100 === 0,
    enabled: true,
    registered: capable,
    capable,
    mfaCapable: true,
    methods: capable ? ['email', 'mobilePhone'] : [],
    userType: 'member',
  },
});

// Printed, not judged: how long a transaction takes depends on the machine and on what else it does.
describe(`the transactions of jobs over ${PEOPLE.toLocaleString('en')} people are many and short`, () => {
  test('in snapshots, roll-ups and /users', async () => {
    const store = await sqliteStore();
    const { on, told } = timed(await tenantOn(store));
    const lines: string[] = [];
    for (const [round, name] of [
      'first snapshot',
      'everybody changed',
      'half of them left',
    ].entries()) {
      const size = round === 2 ? PEOPLE / 2 : PEOPLE;
      const day = `2026-03-0${round + 1}` as Day;
      const ingest = await SnapshotIngest.begin(on, { takenAt: NINE, day });
      for (let i = 0; i < size; i += PAGE)
        await ingest.page(
          Array.from({ length: Math.min(PAGE, size - i) }, (_, n) => person(i + n, round === 0)),
        );
      await ingest.leavers();
      const { id, people } = ingest;
      await publishSnapshot(on, { id, people, rejected: 0, totals: [] });
      expect(people).toBe(size);
      lines.push(`${name}: ${told()}`);
    }
    for (let i = 0; i < 5000; i += 250) await storePeople(on, users(i, 250));
    lines.push(`/users: ${told()}`);
    for (let i = 0; i < 6000; i += 300)
      await put(on, records(i, 300), { until: NINE + 40 * HOUR_MS });
    lines.push(`audit records: ${told()}`);
    const rule = { field: 'name', match: 'contains', value: 'person' } as const;
    const terms = { rule, reason: 'A test', author: 'Admin', untilDay: null };
    const moment = { now: NINE, today: '2026-03-03' as Day };
    const { people } = await excludeByRule(on, terms, moment);
    expect(people).toBe(PEOPLE / 2);
    lines.push(`a rule that matches everybody: ${told()}`);
    const settings = { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] };
    await rollUp(on, settings);
    lines.push(`roll-up: ${told()}`);
    await rollUp(on, { ...settings, timeZone: 'Asia/Kathmandu' });
    lines.push(`days cut anew: ${told()}`);
    console.info(lines.join('\n'));
  });
});

function users(from: number, length: number) {
  return Array.from({ length }, (_, n) => ({
    ...person(from + n, true),
    department: `Department ${n % 40}`,
    country: 'AT',
    office: `Office ${from + n}`,
    company: 'Contoso',
    createdAt: NINE,
    accountEnabled: true,
    passwordChangedAt: NINE,
    passwordPolicies: null,
    onPremisesSynced: false,
  })).map(({ state: _, ...user }) => user);
}

function records(from: number, length: number) {
  const reasons = [REASONS.startedEmail, REASONS.completedEmail, REASONS.reset];
  return Array.from({ length }, (_, n) => {
    const number = from + n;
    const occurredAt = NINE + (number % 2400) * MINUTE_MS;
    const flow = Math.floor(number / 3);
    return stored(
      aRecord({
        id: `record-${number}`,
        activity: PROGRESS,
        reason: reasons[number % 3] ?? null,
        correlationId: `flow-${flow}`,
        targetId: person(flow % PEOPLE, true).id,
        initiatorId: null,
        occurredAt,
        occurredText: new Date(occurredAt).toISOString(),
      }),
    );
  });
}
