import { uniformRandom } from '../../domain/random.ts';
import { type Draws, drawsOf } from '../../domain/statistics/draws.ts';

/** Who failed, from where. */
interface Failure {
  person: number;
  address: string;
}

/** What was planted: a burst at night on many people from one or two addresses, one on one or two people from many, a spray of 12 to 36 hours, a method that stopped to work. */
export const PLANTED = ['many people', 'many addresses', 'spray', 'broken method'] as const;
export type Planted = (typeof PLANTED)[number];

export interface MadeUpAttempts {
  /** Of each hour, from a Monday's midnight on. */
  hours: readonly (readonly Failure[])[];
  /** Places of the hours of each event, all among the newest two weeks. */
  events: readonly { type: Planted; hours: readonly number[] }[];
}

const HISTORY = 10 * 168;
export const SCORED_HOURS = 2 * 168;
/** Failures of an hour, over the day and the tenants: from a small company to a large one. */
const LEVELS = [0.15, 0.5, 1.5, 5, 15, 50];
/** Of failures, those behind the company's own addresses. */
const AT_WORK = { day: 0.6, night: 0.05 };
const COMPANY_ADDRESSES = 4;
/** A person who fails once fails again at once with this chance. */
const AGAIN = 0.3;
const NIGHT_STARTS = [22, 23, 24, 25, 26, 27];

/** Twelve weeks of a made-up tenant's failed verifications, the last two with events. The same seed, the same tenant. */
export function madeUpAttempts(seed: number): MadeUpAttempts {
  const draws = drawsOf(uniformRandom(seed));
  const level = LEVELS[seed % LEVELS.length] as number;
  const people = Math.ceil(400 * level + 200);
  const hours = Array.from({ length: HISTORY + SCORED_HOURS }, (_, hour): Failure[] =>
    usualFailures(draws, { mean: level * profile(hour), people, night: isNight(hour) }),
  );
  const events = PLANTED.map((type, i) => {
    const day = HISTORY / 24 + 1 + 3 * i + Math.floor(2 * draws.uniform());
    const planted = eventOf(draws, type, day);
    for (const [j, hour] of planted.hours.entries())
      hours[hour]?.push(...planted.failures(j, hour, level * profile(hour), people));
    return { type, hours: planted.hours };
  });
  return { hours, events };
}

const isNight = (hour: number): boolean => hour % 24 < 6 || hour % 24 >= 21;

/** How an hour stands to the mean of all: nights, evenings and weekends are quiet. */
function profile(hour: number): number {
  const weekend = Math.floor(hour / 24) % 7 >= 5;
  const day = hour % 24 >= 7 && hour % 24 < 18 ? 1.9 : isNight(hour) ? 0.1 : 0.6;
  return day * (weekend ? 0.25 : 1.2);
}

function usualFailures(
  draws: Draws,
  { mean, people, night }: { mean: number; people: number; night: boolean },
): Failure[] {
  const visits = draws.negativeBinomial(mean * (1 - AGAIN), 1.3);
  return Array.from({ length: visits }, () => {
    const person = Math.floor(people * draws.uniform());
    const work = draws.uniform() < (night ? AT_WORK.night : AT_WORK.day);
    const company = Math.floor(COMPANY_ADDRESSES * draws.uniform());
    const failure = { person, address: work ? `company ${company}` : `home ${person}` };
    let times = 1;
    while (draws.uniform() < AGAIN) times += 1;
    return new Array<Failure>(times).fill(failure);
  }).flat();
}

interface PlantedEvent {
  hours: number[];
  /** Of the hour at place `at` of the event. */
  failures: (at: number, hour: number, usual: number, people: number) => Failure[];
}

function eventOf(draws: Draws, type: Planted, day: number): PlantedEvent {
  const between = (low: number, high: number): number =>
    low + Math.floor((high - low + 1) * draws.uniform());
  const someone = (people: number): number => Math.floor(people * draws.uniform());
  const span = (start: number, length: number): number[] =>
    Array.from({ length }, (_, i) => 24 * day + start + i);
  const nightStart = NIGHT_STARTS[between(0, NIGHT_STARTS.length - 1)] as number;
  switch (type) {
    case 'many people':
      return {
        hours: span(nightStart, between(2, 3)),
        failures: (_, __, ___, people) =>
          Array.from({ length: between(3, 5) }, () => {
            return { person: someone(people), address: `stranger ${between(0, 1)}` };
          }),
      };
    case 'many addresses': {
      const [first, second] = [draws.uniform(), draws.uniform()];
      return {
        hours: span(nightStart, between(2, 3)),
        failures: (at, _, __, people) =>
          Array.from({ length: between(3, 5) }, (_, i) => {
            const person = Math.floor(people * (i % 2 ? first : second));
            return { person, address: `stranger ${at} ${i}` };
          }),
      };
    }
    case 'spray':
      return {
        hours: span(between(0, 23), between(12, 36)),
        failures: (_, __, usual, people) =>
          Array.from({ length: draws.poisson(1 + 0.6 * usual) }, () => {
            return { person: someone(people), address: `stranger ${between(0, 3)}` };
          }),
      };
    case 'broken method':
      return {
        hours: span(between(8, 13), between(3, 6)),
        failures: (_, __, usual, people) =>
          usualFailures(draws, { mean: 1.2 * usual + 1, people, night: false }),
      };
  }
}
