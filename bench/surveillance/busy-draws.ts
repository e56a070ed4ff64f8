import { type Day, HOUR_MS, weekdayOf } from '../../domain/day.ts';
import type { Stage } from '../../domain/funnel.ts';
import { uniformRandom } from '../../domain/random.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import { drawsOf } from '../../domain/statistics/draws.ts';

export const PEOPLE = 1_000_000;
export const METHODS = [
  ...['mobile SMS', 'email', 'mobile app notification', 'mobile app code'],
  ...['mobile voice call', 'office voice call', 'security questions'],
];
export const COUNTRIES = [
  ...['DE', 'US', 'GB', 'FR', 'IN', 'AT', 'CH', 'ES', 'IT', 'PL', 'NL', 'BR', 'JP', 'CN', 'MX'],
];
const STOPS = [
  ...['insufficient_methods', 'not_enabled', 'not_in_group', 'no_licence', 'managed_on_premises'],
  ...['writeback_unreachable', 'writeback_problem', 'policy_on_premises', 'policy_cloud'],
];

export interface BusyFlow {
  /** After midnight UTC. */
  atMs: number;
  person: string;
  address: string;
  outcome: FlowOutcome;
  stage: Stage;
  /** Null: none was started. */
  method: string | null;
  failed: boolean;
  country: string;
  admin: boolean;
  /** Code of a configuration stop; null: none. */
  stop: string | null;
}

export const personAt = (n: number): string => `object-${String(n).padStart(7, '0')}`;
export const countryAt = (n: number): string => COUNTRIES[n % COUNTRIES.length] ?? '';

export type BusyDraws = ReturnType<typeof busyDraws>;

/** Flows and admin resets of a made-up day, by office hours and weekdays. The same for the same seed. */
export function busyDraws(seed: number) {
  const draws = drawsOf(uniformRandom(seed));
  const below = (most: number) => Math.floor(draws.uniform() * most);
  const many = (day: Day, mean: number) =>
    draws.negativeBinomial(weekdayOf(day) > 5 ? mean / 4 : mean * 1.3, 4);
  const atMs = () =>
    (draws.uniform() < 0.8 ? 7 + 11 * draws.uniform() : 24 * draws.uniform()) * HOUR_MS;
  const flow = (): BusyFlow => {
    const n = below(PEOPLE);
    const own = { atMs: atMs(), person: personAt(n), country: countryAt(n), admin: n % 100 === 0 };
    const address = `198.51.${below(256)}.${below(200)}`;
    const nothing = { ...own, address, method: null, failed: false, stop: null };
    const course = draws.uniform();
    if (course < 0.06)
      return {
        ...nothing,
        outcome: 'not_entitled',
        stage: 'options',
        stop: STOPS[below(STOPS.length)] ?? null,
      };
    if (course < 0.12) return { ...nothing, outcome: 'abandoned', stage: 'options' };
    const method = METHODS[Math.floor(METHODS.length * draws.uniform() ** 2)] ?? null;
    if (course < 0.14)
      return { ...nothing, method, failed: true, outcome: 'blocked', stage: 'started' };
    if (course < 0.35)
      return { ...nothing, method, failed: true, outcome: 'cancelled', stage: 'started' };
    return { ...nothing, method, outcome: 'completed', stage: 'done' };
  };
  return {
    day: ({ day, flows }: { day: Day; flows: number }) =>
      Array.from({ length: many(day, flows) }, flow).sort((a, b) => a.atMs - b.atMs),
    resets: ({ day, resets }: { day: Day; resets: number }) =>
      Array.from({ length: many(day, resets) }, () => ({
        ...{ atMs: atMs(), person: personAt(below(PEOPLE)), operator: `operator-${below(30)}` },
      })),
  };
}
