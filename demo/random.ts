/** Seeded random numbers. Nothing in the made-up tenant asks the machine for chance or time. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of `choices`, which must not be empty: throws a RangeError if it is. */
  pick<T>(choices: readonly T[]): T;
  /** One of `choices`, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  exponential(mean: number): number;
  /** Standard normal. */
  normal(): number;
}

/** A 32-bit hash of any texts and numbers: the same in, the same out, on every machine. */
export function hash32(...parts: (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ 0x1f, 0x01000193); // keeps ('ab','c') apart from ('a','bc')
  }
  return mix(h);
}

/** Spreads the bits of a 32-bit number (the finalizer of MurmurHash3). */
export function mix(number: number): number {
  let h = number | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A stream of random numbers (sfc32) of its own for each list of `parts`. */
export function randomOf(...parts: (string | number)[]): Random {
  const next = sfc32(hash32(...parts, 'a'), hash32(...parts, 'b'), hash32(...parts, 'c'));
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (choices) => {
      if (choices.length === 0) throw new RangeError('Nothing to pick from.');
      return choices[int(choices.length)] as (typeof choices)[number];
    },
    weighted: (choices) => weighted(choices, next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

function sfc32(seedA: number, seedB: number, seedC: number): () => number {
  let [a, b, c, counter] = [seedA | 0, seedB | 0, seedC | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round++) next(); // the first numbers still show the seed
  return next;
}

function weighted<T>(choices: readonly (readonly [T, number])[], at: number): T {
  let left = at * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (!last) throw new RangeError('Nothing to pick from.');
  return last[0];
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex32(number: number): string {
  return `${HEX[number >>> 24]}${HEX[(number >>> 16) & 255]}${HEX[(number >>> 8) & 255]}${HEX[number & 255]}`;
}

/** The `number`-th GUID (version 4, lower case) of the family `seed`. */
export function guidOf(seed: number, number: number): string {
  const a = hex32(mix(seed ^ mix(number)));
  const b = hex32(mix(seed + Math.imul(number, 0x9e3779b1) + 1));
  const c = hex32(mix(seed ^ Math.imul(number + 7, 0x85ebca77)));
  const d = hex32(mix(mix(seed + 3) + number));
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Five capitals or digits, as in Graph's audit ids (`SSPR_<guid>_P1CQE_8605821`). */
export function fiveLetters(number: number): string {
  let left = mix(number ^ 0x5bd1e995);
  let text = '';
  for (let i = 0; i < 5; i++) {
    text += LETTERS[left % 36];
    left = Math.floor(left / 36);
  }
  return text;
}
