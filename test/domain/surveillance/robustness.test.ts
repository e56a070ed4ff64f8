import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dailyDetector } from '../../../domain/surveillance/daily-detector.ts';
import { hourlyDetector } from '../../../domain/surveillance/hourly-detector.ts';
import { asDays, asHours, brought, type Rhythm } from '../../build/rhythm.ts';

/** What both detectors say of a day or an hour. */
interface Told {
  observed: number | null;
  expected: number | null;
  upper: number | null;
  p: number | null;
  level: string | null;
}

const DETECTORS = {
  daily: {
    told: (counts: readonly (number | null)[], offset = 0): Told[] =>
      dailyDetector(asDays(counts, offset)),
    last: (counts: readonly (number | null)[], offset = 0): Told | undefined =>
      dailyDetector(asDays(counts, offset), { newest: 1 }).at(-1),
    perDay: 1,
    ...{ lengths: [28, 40, 60, 100, 250, 600, 1100], runs: 60 },
  },
  hourly: {
    told: (counts: readonly (number | null)[], offset = 0): Told[] =>
      hourlyDetector(asHours(counts, offset)),
    last: (counts: readonly (number | null)[], offset = 0): Told | undefined =>
      hourlyDetector(asHours(counts, offset), { newest: 1 }).at(-1),
    perDay: 24,
    ...{ lengths: [336, 504, 1000, 2000], runs: 25 },
  },
} as const;

const HUGE = 2_000_000_000;
/** Whatever may be in the database, and how much of each there is. */
const anyCounts = (most: number): fc.Arbitrary<(number | null)[]> =>
  fc.oneof(
    fc.array(
      fc.oneof(fc.nat(20), fc.constant(0), fc.constant(null), fc.nat(HUGE), fc.constant(HUGE)),
      { maxLength: most },
    ),
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(30)), { maxLength: most }),
    fc
      .tuple(fc.oneof(fc.nat(50), fc.constant(HUGE), fc.constant(null)), fc.nat(most))
      .map(([count, length]) => new Array<number | null>(length).fill(count)),
  );

/** Rhythms that the model knows: weekdays and hours, growth, gaps, and counts that vary twice as much as chance. */
const rhythm = (lengths: readonly number[], mean: { min: number; max: number }) =>
  fc.record<Rhythm>({
    seed: fc.nat(),
    mean: fc.double({ ...mean, noNaN: true }).map((log) => 10 ** log),
    spread: fc.constantFrom(1, 1.5, 2),
    shape: fc.constantFrom('flat', 'week', 'working days'),
    growth: fc.constantFrom(0.6, 1, 1.6),
    gaps: fc.constantFrom('none', 'random', 'before the end'),
    length: fc.constantFrom(...lengths),
    offset: fc.nat(167),
  });

describe.each(['daily', 'hourly'] as const)('the %s detector', (name) => {
  const { told, last, perDay, lengths, runs } = DETECTORS[name];
  const most = perDay === 1 ? 150 : 500;

  test('answers soundly whatever the counts are, and never raises an alarm on nothing', () => {
    fc.assert(
      fc.property(anyCounts(most), fc.nat(10), (counts, offset) => {
        const all = told(counts, offset);
        expect(all).toHaveLength(counts.length);
        for (const { observed, expected, upper, p, level } of all) {
          if (p === null) expect({ expected, upper, level }).toEqual(UNTOLD);
          else {
            expect(p >= 0 && p <= 1).toBe(true);
            expect(Number.isFinite(expected) && (expected as number) > 0).toBe(true);
            expect(Number.isInteger(upper) && (upper as number) > 0).toBe(true);
          }
          if (level !== null) expect(observed as number).toBeGreaterThan(expected as number);
          if (p !== null && (observed as number) >= (upper as number)) expect(level).not.toBeNull();
        }
      }),
      { numRuns: 25 },
    );
  });

  test.each([0, 1, 7, HUGE])('stays silent on a constant %i, gaps or not', (count) => {
    const counts = Array.from({ length: most }, (_, i) => (i % 11 === 5 ? null : count));

    expect(told(counts).filter(({ level }) => level !== null)).toEqual([]);
  });

  // A watch is an alarm here: of a few counts, ten times as many is more only where they hardly vary.
  test('raises the alarm on ten times as many as usual', () => {
    fc.assert(
      fc.property(rhythm(lengths, { min: 0.4, max: 3.3 }), (given) => {
        const flat: Rhythm = { ...given, shape: 'flat', growth: 1 };
        const { counts } = brought(flat, perDay);
        expect(last([...counts, Math.ceil(10 * flat.mean)], flat.offset)?.level).not.toBeNull();
      }),
      { numRuns: runs },
    );
  });

  test('raises it where one is usual too, but for a few series that make ten look likely', () => {
    const missed = Array.from({ length: 100 }, (_, seed): Rhythm => {
      const length = lengths[seed % lengths.length] ?? 0;
      const spread = 1 + (seed % 3) / 2;
      return { ...FLAT, seed, mean: 1, spread, length };
    }).filter((flat) => last([...brought(flat, perDay).counts, 10])?.level === null);

    expect(missed.length).toBeLessThanOrEqual(3);
  });

  test('raises it on growing rhythms of weekdays and nights too', () => {
    fc.assert(
      fc.property(rhythm(lengths.slice(2), { min: 0.7, max: 3.3 }), (given) => {
        const { counts, usualNext } = brought(given, perDay);
        fc.pre(usualNext >= 4);
        const planted = last([...counts, Math.ceil(10 * usualNext)], given.offset);
        expect(planted?.level).not.toBeNull();
      }),
      { numRuns: runs },
    );
  });

  test('gives the same answer in any order of arrival', () => {
    fc.assert(
      fc.property(rhythm([most], { min: 0, max: 2 }), fc.nat(), (given, stride) => {
        const { counts } = brought(given, perDay);
        const order = (of: readonly unknown[]): number[] =>
          of
            .map((_, i) => i)
            .sort((one, other) => scattered(one + stride) - scattered(other + stride));
        const newest = { newest: 30 };
        if (perDay === 1) {
          const days = asDays(counts);
          const arrived = order(days).flatMap((i) => days[i] ?? []);
          expect(dailyDetector(arrived, newest)).toEqual(dailyDetector(days, newest));
        } else {
          const hours = asHours(counts);
          const arrived = order(hours).flatMap((i) => hours[i] ?? []);
          expect(hourlyDetector(arrived, newest)).toEqual(hourlyDetector(hours, newest));
        }
      }),
      { numRuns: 8 },
    );
  });

  test.each([1, 3])('forgets a burst of %i as soon as it is over', (length) => {
    const quiet = perDay === 1 ? 60 : 3 * 168;
    const usual: Rhythm = {
      ...{ seed: 11, mean: 10, spread: 1, shape: 'week', growth: 1, gaps: 'none' },
      ...{ offset: 0, length: quiet + 21 * perDay },
    };
    const { counts } = brought(usual, perDay);
    const burst = counts.map((count, i) =>
      i >= quiet && i < quiet + length ? (count ?? 0) + 400 : count,
    );

    const [without, after] = [told(counts), told(burst)];

    for (let at = quiet + length; at < counts.length; at++) {
      const [upper, usual] = [after[at]?.upper ?? 0, without[at]?.upper ?? 0];
      expect(upper).toBeLessThanOrEqual(1.5 * usual + 2);
      expect(upper).toBeGreaterThan(after[at]?.expected ?? 0);
      // The windows that still hold the burst do not lower it.
      expect(upper).toBeGreaterThanOrEqual(usual - 2);
    }
  });
});

const FLAT = { shape: 'flat', growth: 1, gaps: 'none', offset: 0 } as const;
const UNTOLD = { expected: null, upper: null, level: null };

/** A number that has nothing to do with the order of `i`. */
const scattered = (i: number): number => Math.imul(i, 2_654_435_761) >>> 0;
