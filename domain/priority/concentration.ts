import type { Share } from '../share.ts';
import { firstOf, Order, peopleOf } from './order.ts';

/** How few people make most calls. */
export interface Caught {
  people: Share;
  calls: Share;
  /** Calls that as many people would hold if everybody called at the same rate: chance alone is uneven, too. */
  chance: number;
}

/** Shares of people whose part is shown. */
export const TOP_SHARES = [0.01, 0.05, 0.1, 0.2] as const;

/**
 * Of all calls, those of the people who called most: points of the Lorenz curve (Lorenz 1905, Publ. Am. Stat. Assoc. 9).
 * `peopleByCalls` says how many people called so many times, 0 included. Null: no calls.
 */
export function concentration(peopleByCalls: ReadonlyMap<number, number>): Caught[] | null {
  const order = new Order();
  for (const [calls, people] of peopleByCalls)
    order.add(-calls, { people, calls: calls * people, expected: 0 });
  const ranks = order.ranks();
  const people = ranks.reduce((sum, rank) => sum + rank.people, 0);
  const calls = ranks.reduce((sum, rank) => sum + rank.calls, 0);
  if (calls === 0) return null;
  const even = evenRanks(people, calls);
  return TOP_SHARES.map((share) => {
    const top = peopleOf(people, share);
    return {
      people: { part: top, whole: people },
      calls: { part: firstOf(ranks, top).calls, whole: calls },
      chance: firstOf(even, top).calls,
    };
  });
}

/** How people would be spread over numbers of calls if each had the same Poisson rate, most calls first. */
function evenRanks(people: number, calls: number) {
  const mean = calls / people;
  const ranks = [];
  let probability = Math.exp(-mean);
  for (let k = 0; k <= mean + 12 * Math.sqrt(mean) + 20; k++) {
    ranks.push({ people: people * probability, calls: k * people * probability, expected: 0 });
    probability *= mean / (k + 1);
  }
  return ranks.reverse().filter((rank) => rank.people > 0);
}
