/** People of one place in an order, and the calls they made. */
export interface Rank {
  people: number;
  calls: number;
  /** Calls that had been expected of them; 0 in orders that expect nothing. */
  expected: number;
}

/** Counts people by the place that an order gives them; equal places are one rank. */
export class Order {
  private readonly byPlace = new Map<number, Rank>();

  /** Smaller places come first. */
  add(place: number, { people, calls, expected }: Rank): void {
    const rank = this.byPlace.get(place) ?? { people: 0, calls: 0, expected: 0 };
    rank.people += people;
    rank.calls += calls;
    rank.expected += expected;
    this.byPlace.set(place, rank);
  }

  /** First to last. */
  ranks(): Rank[] {
    return [...this.byPlace].sort(([a], [b]) => a - b).map(([, rank]) => rank);
  }
}

/**
 * What the first `people` of an order hold. A rank that is cut gives its share: what it would give on
 * average if its people came in any order.
 */
export function firstOf(ranks: readonly Rank[], people: number): Rank {
  const found = { people: 0, calls: 0, expected: 0 };
  for (const rank of ranks) {
    const taken = Math.min(rank.people, people - found.people);
    if (taken <= 0) break;
    found.people += taken;
    found.calls += (rank.calls * taken) / rank.people;
    found.expected += (rank.expected * taken) / rank.people;
  }
  return found;
}

/** How many people are the first `share` of so many: at least one where there is anybody. */
export function peopleOf(whole: number, share: number): number {
  return Math.min(whole, Math.max(1, Math.round(whole * share)));
}

/** An order cut into ten parts of as many people each, first to last. Calls are whole, and add up to all. */
export function deciles(ranks: readonly Rank[]): Rank[] {
  const whole = ranks.reduce((sum, { people }) => sum + people, 0);
  const cuts = Array.from({ length: 11 }, (_, i) => firstOf(ranks, Math.round((whole * i) / 10)));
  return cuts.slice(1).map((upTo, i) => {
    const before = cuts[i] ?? upTo;
    return {
      people: upTo.people - before.people,
      calls: Math.round(upTo.calls) - Math.round(before.calls),
      expected: upTo.expected - before.expected,
    };
  });
}
