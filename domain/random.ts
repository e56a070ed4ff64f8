/**
 * Uniform random numbers in [0, 1) from a seed: the same seed, the same numbers, on every machine.
 *
 * The generator is sfc32 ("small fast counting") of Chris Doty-Humphrey's PractRand; its state is filled from
 * the seed by splitmix32 (the mixer of Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, at 32 bits). Not for secrets.
 */
export function uniformRandom(seed: number): () => number {
  let state = seed | 0;
  const fill = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, counter] = [fill(), fill(), fill(), 1];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
}
