/** No transaction of a job should last longer: readers and other writers wait for it. */
const TARGET_MS = 20;

/**
 * Calls `step(size)` until it answers less than it was asked for, and fits `size` so that one call takes
 * about 20 ms: each call is one transaction, and none may last over 50.
 */
export async function inChunks(
  step: (size: number) => Promise<number>,
  { start = 100, most = 5000 }: { start?: number; most?: number } = {},
): Promise<number> {
  let size = start;
  let total = 0;
  for (;;) {
    const startedAt = performance.now();
    const done = await step(size);
    total += done;
    if (done < size) return total;
    const tookMs = Math.max(0.5, performance.now() - startedAt);
    const fitted = size * Math.min(2, Math.max(0.25, TARGET_MS / tookMs));
    size = Math.max(20, Math.min(most, Math.round(fitted)));
  }
}
