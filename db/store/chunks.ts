/** No transaction of a job should last longer: readers and other writers wait for it. */
const TARGET_MS = 20;

/** How many rows one transaction takes so that it lasts about 20 ms, fitted to the last ones. */
export class Pace {
  size: number;
  private readonly most: number;

  constructor({ start = 100, most = 5000 }: { start?: number; most?: number } = {}) {
    this.size = start;
    this.most = most;
  }

  /** Runs `step` with that many and fits the number; answers what `step` answers: how many it did. */
  async run(step: (size: number) => Promise<number>): Promise<number> {
    const { size } = this;
    const startedAt = performance.now();
    const done = await step(size);
    const tookMs = Math.max(0.5, performance.now() - startedAt);
    const fitted = size * Math.max(0.25, TARGET_MS / tookMs);
    // Fewer than it could have done say nothing about more.
    const most = done < size ? size : size * 2;
    this.size = Math.max(20, Math.min(this.most, most, Math.round(fitted)));
    return done;
  }
}

/**
 * Calls `step(size)` until it answers less than it was asked for, and fits `size` so that one call takes
 * about 20 ms: each call is one transaction, and none may last over 50.
 */
export async function inChunks(
  step: (size: number) => Promise<number>,
  options: { start?: number; most?: number } = {},
): Promise<number> {
  const pace = new Pace(options);
  let total = 0;
  for (;;) {
    const { size } = pace;
    const done = await pace.run(step);
    total += done;
    if (done < size) return total;
  }
}

/** Hands `rows` to `step` in their order, as many at once as `pace` says: each call is one transaction. */
export async function eachChunk<Row>(
  rows: readonly Row[],
  pace: Pace,
  step: (part: Row[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows.length; )
    from += await pace.run(async (size) => {
      const part = rows.slice(from, from + size);
      await step(part);
      return part.length;
    });
}
