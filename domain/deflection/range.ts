/** What the tickets avoided may be: 5, 50 and 95 %. Never added up: sums have a range of their own. */
export interface Range {
  low: number;
  likely: number;
  high: number;
}

/** Of drawn values; each is one of them. Throws a RangeError for none. */
export function rangeOf(draws: ArrayLike<number>): Range {
  const sorted = Float64Array.from(draws).sort();
  const at = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    if (value === undefined) throw new RangeError('There is no range of nothing.');
    return value;
  };
  return { low: at(0.05), likely: at(0.5), high: at(0.95) };
}

/** The same, never minus nothing: JSON does not tell it from 0. */
export function wholeTickets({ low, likely, high }: Range): Range {
  return { low: low + 0, likely: likely + 0, high: high + 0 };
}
