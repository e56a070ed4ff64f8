/** Seeded chance of the tests' own: the made-up tenant's generator is the product's side. */
export interface Chance {
  next(): number;
  below(n: number): number;
  is(share: number): boolean;
  one<T>(choices: readonly T[]): T;
  shuffled<T>(values: readonly T[]): T[];
  guid(): string;
}

export function chance(seed: number): Chance {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const hex = (length: number): string =>
    Array.from({ length }, () => below(16).toString(16)).join('');
  return {
    next,
    below,
    is: (share) => next() < share,
    one: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    shuffled: (values) =>
      values
        .map((value) => ({ value, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ value }) => value),
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}

/** `text` with some letters in the other case. */
export function oddCase(random: Chance, text: string): string {
  return [...text]
    .map((letter) => (random.is(0.5) ? letter.toUpperCase() : letter.toLowerCase()))
    .join('');
}
