import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/day.ts';
import { dailyDetector } from '../../../domain/surveillance/daily-detector.ts';
import { type Episode, episodes } from '../../../domain/surveillance/episodes.ts';
import { hourlyDetector } from '../../../domain/surveillance/hourly-detector.ts';
import type { JudgedPoint } from '../../../domain/surveillance/level-of.ts';
import { rhythmFindings } from '../../../domain/surveillance/rhythm-findings.ts';
import { SURVEILLANCE_DEFAULTS } from '../../../domain/surveillance/settings.ts';
import { CUTTER } from '../../build/findings.ts';
import { asDays, asHours, brought } from '../../build/rhythm.ts';

const DAY = 160;
const JUDGED = 14;
const SEEDS = [1, 2, 3, 4];
const ofSeries = { series: 'failed' as const, slow: false, farrington: null };

/** The episodes of the last two weeks, with counts added to hours of the middle day; in hours since its start. */
function episodesWith(seed: number, added: (hour: number) => number): (Episode & Hours)[] {
  const length = 24 * (DAY + JUDGED / 2);
  const rhythm = { mean: 4, spread: 1.5, growth: 1, length, offset: 0 };
  const { counts } = brought({ ...rhythm, seed, shape: 'week', gaps: 'none' }, 24);
  const hours = counts.map((count, i) => (count ?? 0) + added(i - 24 * DAY));
  const days = Array.from({ length: length / 24 }, (_, day) =>
    hours.slice(24 * day, 24 * (day + 1)).reduce((sum, count) => sum + count, 0),
  );
  const points: JudgedPoint[] = [
    ...dailyDetector(asDays(days), { newest: JUDGED }).map((told) => {
      return {
        ...ofSeries,
        ...told,
        bucket: 'day' as const,
        startAt: 0,
        observed: told.observed ?? 0,
      };
    }),
    ...hourlyDetector(asHours(hours), { newest: 24 * JUDGED }).map((told) => {
      const when = { bucket: 'hour' as const, startAt: told.at, day: CUTTER.dayOf(told.at) };
      return { ...ofSeries, ...told, ...when, observed: told.observed ?? 0 };
    }),
  ];
  const settings = SURVEILLANCE_DEFAULTS;
  const findings = rhythmFindings(points, { settings, judged: () => 1, cutter: CUTTER });
  const first =
    points.find(({ bucket, startAt }) => bucket === 'hour' && startAt > 0)?.startAt ?? 0;
  const start = first + (JUDGED / 2) * DAY_MS;
  return episodes(findings, { asOf: start + 30 * DAY_MS, cutter: CUTTER }).map((one) => ({
    ...one,
    from: (one.startedAt - start) / HOUR_MS,
    to: (one.lastAt - start) / HOUR_MS,
  }));
}

interface Hours {
  from: number;
  to: number;
}

/** Those that are more than watched: chance brings a watch now and then. */
const loud = (told: readonly (Episode & Hours)[]) =>
  told.filter(({ level }) => level !== 'watch').map(({ from, to }) => [from, to]);

const night = (hour: number) => (hour >= 1 && hour < 4 ? 40 : 0);

describe.each(SEEDS)('with all windows of both detectors, tenant %i', (seed) => {
  test('a burst night is one episode, that begins and ends with it', () => {
    expect(loud(episodesWith(seed, night))).toEqual([[1, 4]]);
  });

  test('two of them three days apart are two', () => {
    const told = episodesWith(seed, (hour) => night(hour) + night(hour - 72));
    expect(loud(told)).toEqual([
      [1, 4],
      [73, 76],
    ]);
  });

  test('an outage of 26 hours is one episode, that ends when it ends', () => {
    const told = loud(episodesWith(seed, (hour) => (hour >= 9 && hour < 35 ? 14 : 0)));
    expect(told).toHaveLength(1);
    const [[from, to] = []] = told;
    expect(from).toBeGreaterThanOrEqual(8);
    expect(from).toBeLessThanOrEqual(10);
    expect(to).toBeGreaterThanOrEqual(34);
    expect(to).toBeLessThanOrEqual(36);
  });
});
