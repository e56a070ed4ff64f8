/**
 * A seed for `uniformRandom` that follows from numbers alone, so that the same inputs give the same draws: FNV-1a
 * (Fowler, Noll and Vo 1991) over their 64-bit floating point bytes.
 */
export function seedOf(numbers: Iterable<number>): number {
  const view = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  for (const value of numbers) {
    view.setFloat64(0, value);
    for (let byte = 0; byte < 8; byte++) hash = Math.imul(hash ^ view.getUint8(byte), 0x01000193);
  }
  return hash >>> 0;
}
