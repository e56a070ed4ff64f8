import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterQuiet } from '../../../domain/alerting/quiet-hours.ts';
import { dayCutter, HOUR_MS } from '../../../domain/day.ts';

const VIENNA = dayCutter('Europe/Vienna');
const at = (text: string) => Date.parse(text);
const sendable = (
  text: string,
  from: number,
  until: number,
  level: 'watch' | 'critical' = 'watch',
) => new Date(afterQuiet(at(text), { quiet: { from, until }, level }, VIENNA)).toISOString();

describe('quiet hours', () => {
  test('end on the clocks of the tenant; outside of them nothing waits', () => {
    expect(sendable('2026-01-10T02:10:00Z', 1, 6)).toBe('2026-01-10T05:00:00.000Z');
    expect(sendable('2026-01-10T05:00:00Z', 1, 6)).toBe('2026-01-10T05:00:00.000Z');
    expect(sendable('2026-01-10T12:34:56.789Z', 1, 6)).toBe('2026-01-10T12:34:56.789Z');
  });

  test('run over midnight where they end before they begin', () => {
    expect(sendable('2026-01-10T20:59:59Z', 22, 7)).toBe('2026-01-10T20:59:59.000Z');
    expect(sendable('2026-01-10T21:00:00Z', 22, 7)).toBe('2026-01-11T06:00:00.000Z');
    expect(sendable('2026-01-11T03:00:00Z', 22, 7)).toBe('2026-01-11T06:00:00.000Z');
    expect(sendable('2026-01-10T23:30:00Z', 18, 24)).toBe('2026-01-10T23:30:00.000Z');
    expect(sendable('2026-01-10T22:30:00Z', 18, 24)).toBe('2026-01-10T23:00:00.000Z');
  });

  test('never hold a critical alert', () => {
    expect(sendable('2026-01-10T02:00:00Z', 0, 23, 'critical')).toBe('2026-01-10T02:00:00.000Z');
  });

  test('follow the clock when it is put on and back', () => {
    // 29 March: 02:00 becomes 03:00 at 01:00 UTC. 25 October: 03:00 becomes 02:00 at 01:00 UTC.
    expect(sendable('2026-03-29T00:30:00Z', 1, 2)).toBe('2026-03-29T01:00:00.000Z');
    expect(sendable('2026-03-28T22:00:00Z', 22, 7)).toBe('2026-03-29T05:00:00.000Z');
    expect(sendable('2026-10-25T00:30:00Z', 2, 3)).toBe('2026-10-25T02:00:00.000Z');
    expect(sendable('2026-10-24T21:00:00Z', 22, 7)).toBe('2026-10-25T06:00:00.000Z');
  });

  test('that leave no hour hold nothing, rather than everything for ever', () => {
    expect(sendable('2026-01-10T02:00:00Z', 0, 24)).toBe('2026-01-10T02:00:00.000Z');
    expect(sendable('2026-01-10T02:00:00Z', 5, 5)).toBe('2026-01-10T02:00:00.000Z');
  });

  test('put nothing earlier, off by more than a day, or into an hour that is quiet', () => {
    const zones = ['Europe/Vienna', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        hour,
        hour,
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') }),
        (zone, from, until, now) => {
          fc.pre(from !== until);
          const cutter = dayCutter(zone);
          const then = afterQuiet(now, { quiet: { from, until }, level: 'alert' }, cutter);
          const quiet = new Set<number>();
          for (let one = from; one !== until; one = (one + 1) % 24) quiet.add(one);

          expect(then).toBeGreaterThanOrEqual(now);
          expect(then - now).toBeLessThanOrEqual(25 * HOUR_MS);
          expect(quiet.has(cutter.localHourOf(then))).toBe(false);
        },
      ),
    );
  });
});
