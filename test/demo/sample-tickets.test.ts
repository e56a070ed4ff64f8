import { describe, expect, test } from 'vitest';
import { sampleTenant } from '../../demo/sample/tenant.ts';
import { sampleTicketsCsv } from '../../demo/sample/tickets.ts';
import { sqliteStore } from '../build/stores.ts';
import { desk } from '../build/ticket-files.ts';

const END = Date.parse('2026-11-22T13:00:00Z');
const sample = sampleTenant({ end: END });

const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);

describe('the tickets of the sample tenant', () => {
  test('are the same from the same seed and end', () => {
    expect(sampleTicketsCsv(sample)).toEqual(
      sampleTicketsCsv(sampleTenant({ end: END, aheadDays: 9 })),
    );
  });

  test('are imported whole, with the needs that reached the desk month by month', async () => {
    const it = desk(await sqliteStore());
    const { label, csv } = sampleTicketsCsv(sample);

    const { report } = await it.import(csv, { label });

    expect(report).toMatchObject({ source: 'servicenow', refused: 0, first: '2025-02-01' });
    const months = new Map((await it.months()).map((row) => [row.month, row]));
    expect(months.size).toBe(22);
    expect(
      [...months].filter(([, { tickets }]) => tickets === null).map(([month]) => month),
    ).toEqual(['2026-11']);
    for (const month of ['2025-12', '2026-03', '2026-07', '2026-10']) {
      const calls = sample.truth.needs.filter(
        ({ at, path }) => monthOf(at) === month && path.startsWith('desk'),
      ).length;
      const { tickets = 0, otherTickets = 0 } = months.get(month) ?? {};
      // One call in twenty leaves no ticket that tells of a password; some 40 are about other systems.
      expect(Math.abs((tickets ?? 0) - 0.95 * calls - 40)).toBeLessThan(35);
      expect(otherTickets).toBeGreaterThan(800);
    }
  });

  test('before self-service are as many as the truth says would have called', async () => {
    const it = desk(await sqliteStore());
    await it.import(sampleTicketsCsv(sample).csv);

    const before = (await it.months()).slice(0, 4).map(({ tickets }) => tickets ?? 0);
    const mean = before.reduce((sum, tickets) => sum + tickets, 0) / before.length;
    const later = sample.truth.needs.filter(
      ({ at, wouldHaveCalled }) => wouldHaveCalled && /2026-0[6-9]/.test(monthOf(at)),
    );
    expect(mean / (later.length / 4)).toBeGreaterThan(0.9);
    expect(mean / (later.length / 4)).toBeLessThan(1.15);
  });

  test('name nobody', () => {
    const { csv } = sampleTicketsCsv(sample);

    expect(csv).not.toMatch(/@|larkfield/i);
    expect(
      new Set(
        csv
          .trim()
          .split('\r\n')
          .map((line) => line.split(',').slice(2).join()),
      ).size,
    ).toBeLessThan(30);
  });
});
