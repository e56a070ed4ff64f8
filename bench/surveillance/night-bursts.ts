import { HOUR_MS } from '../../domain/day.ts';
import { hourlyDetector } from '../../domain/surveillance/hourly-detector.ts';
import {
  type MadeUpAttempts,
  madeUpAttempts,
  PLANTED,
  type Planted,
  SCORED_HOURS,
} from './made-up-attempts.ts';
import { thresholdAt } from './threshold-at.ts';

/** Numbers of an hour that a detector may watch. */
const NUMBERS = {
  failed: ({ failed }: Hour) => failed,
  people: ({ people }: Hour) => people,
  addresses: ({ addresses }: Hour) => addresses,
  /** People more than there are addresses: who shares one. */
  'people per address': ({ people, addresses }: Hour) => Math.max(0, people - addresses),
  /** Addresses more than there are people. */
  'addresses per person': ({ people, addresses }: Hour) => Math.max(0, addresses - people),
};
type Watched = keyof typeof NUMBERS;

interface Hour {
  failed: number;
  people: number;
  addresses: number;
}

/** Which numbers are watched together: the most unusual one tells. */
export const WATCHED = {
  failed: ['failed'],
  'and people': ['failed', 'people'],
  'and addresses': ['failed', 'addresses'],
  'and both': ['failed', 'people', 'addresses'],
  'and both, and their differences': [
    ...(['failed', 'people', 'addresses'] as const),
    ...(['people per address', 'addresses per person'] as const),
  ],
} as const satisfies Record<string, readonly Watched[]>;
export type WatchedTogether = keyof typeof WATCHED;

/** What is found where the same share of quiet hours raises an alarm. */
export interface NightScore {
  watched: WatchedTogether;
  falsePositive: number;
  /** Part of the events found, of each type and of all. */
  detected: Record<Planted | 'all', number>;
}

/** Made-up tenants with events of known kinds, found by each set of series at the same share of false hours. */
export function nightBursts(tenants: number, falseShares: readonly number[]): NightScore[] {
  const told = Array.from({ length: tenants }, (_, seed) => toldOf(madeUpAttempts(seed + 1)));
  return falseShares.flatMap((falsePositive) =>
    (Object.keys(WATCHED) as WatchedTogether[]).map((watched) => {
      const scored = told.map(({ scores, events }): ScoredTenant => {
        const lowest = (at: number) =>
          Math.min(...WATCHED[watched].map((of) => scores[of][at] ?? 1));
        return { scores: scores.failed.map((_, at) => lowest(at)), events };
      });
      return { watched, falsePositive, detected: detectedOf(scored, falsePositive) };
    }),
  );
}

interface ScoredTenant {
  scores: readonly number[];
  /** One of each type, in the order of `PLANTED`: places among the scores. */
  events: readonly (readonly number[])[];
}

function detectedOf(
  tenants: readonly ScoredTenant[],
  falsePositive: number,
): NightScore['detected'] {
  const quiet = tenants.flatMap(({ scores, events }) => {
    const during = new Set(events.flat());
    return scores.filter((_, at) => !during.has(at));
  });
  const bound = thresholdAt(quiet, falsePositive);
  const parts = PLANTED.map((_, i) => {
    const hit = tenants.filter(({ scores, events }) =>
      events[i]?.some((at) => (scores[at] ?? 1) < bound),
    );
    return hit.length / tenants.length;
  });
  const named = PLANTED.map((type, i) => [type, parts[i] ?? 0] as const);
  const all = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  return { ...(Object.fromEntries(named) as Record<Planted, number>), all };
}

function toldOf({ hours, events }: MadeUpAttempts): {
  scores: Record<Watched, number[]>;
  events: number[][];
} {
  const first = hours.length - SCORED_HOURS;
  const counted = hours.map((failures): Hour => {
    return {
      failed: failures.length,
      people: new Set(failures.map(({ person }) => person)).size,
      addresses: new Set(failures.map(({ address }) => address)).size,
    };
  });
  const named = (Object.keys(NUMBERS) as Watched[]).map((of) => {
    const told = hourlyDetector(
      counted.map((hour, i) => ({
        ...{ at: FIRST_AT + i * HOUR_MS, count: NUMBERS[of](hour), localHour: i % 24 },
        ...{ weekday: Math.floor(i / 24) % 7, holiday: false },
      })),
      { newest: SCORED_HOURS },
    );
    return [of, told.map(({ p }) => p ?? 1)] as const;
  });
  return {
    scores: Object.fromEntries(named) as Record<Watched, number[]>,
    events: events.map((event) => event.hours.map((hour) => hour - first)),
  };
}

/** Monday 00:00. */
const FIRST_AT = Date.UTC(2024, 0, 1);
