import { expect, test } from 'vitest';
import {
  madeUpAttempts,
  PLANTED,
  SCORED_HOURS,
} from '../../bench/surveillance/made-up-attempts.ts';
import { nightBursts } from '../../bench/surveillance/night-bursts.ts';

test('a made-up tenant is the same for a seed, with an event of each kind in its last two weeks', () => {
  const made = madeUpAttempts(7);

  expect(madeUpAttempts(7)).toEqual(made);
  expect(made.events.map(({ type }) => type)).toEqual(PLANTED);
  for (const { hours } of made.events)
    for (const hour of hours) {
      expect(hour).toBeGreaterThanOrEqual(made.hours.length - SCORED_HOURS);
      expect(hour).toBeLessThan(made.hours.length);
    }
  const [night] = made.events;
  const people = night?.hours.flatMap((hour) => made.hours[hour] ?? []) ?? [];
  expect(people.filter(({ address }) => address.startsWith('stranger')).length).toBeGreaterThan(5);
});

test('people and addresses beside the failures find no less of what is planted', () => {
  const scores = nightBursts(6, [0.013]);
  const found = Object.fromEntries(scores.map(({ watched, detected }) => [watched, detected]));

  expect(found['and both']?.all).toBeGreaterThanOrEqual(found.failed?.all ?? 1);
  expect(found.failed?.all).toBeGreaterThan(0.8);
}, 120_000);
