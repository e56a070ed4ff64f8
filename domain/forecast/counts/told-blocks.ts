/** What was told at a past origin by all members together, and what came. */
export interface Told {
  came: Float64Array;
  expected: Float64Array;
}

/** Counts of steps in a row. */
export interface Block {
  /** Middle, in steps ahead. */
  step: number;
  came: number;
  expected: number;
  counts: number;
  /** Squared deviations from the block's own level, over their mean. */
  squares: number;
}

/** Leaves out blocks of which less than half is known. */
export function blocksOf({ came, expected }: Told, size: number): Block[] {
  const blocks: Block[] = [];
  for (let from = 0; from < came.length; from += size) {
    const block = { step: 0, came: 0, expected: 0, counts: 0, squares: 0 };
    const steps: number[] = [];
    for (let i = from; i < Math.min(from + size, came.length); i++) {
      if (Number.isNaN(came[i])) continue;
      steps.push(i);
      block.came += came[i] as number;
      block.expected += expected[i] as number;
      block.step += i + 1;
    }
    if (steps.length < size / 2 || !(block.expected > 0)) continue;
    block.counts = steps.length;
    block.step /= steps.length;
    const ratio = block.came / block.expected;
    for (const i of steps) {
      const mean = ratio * (expected[i] as number);
      if (mean > 0) block.squares += ((came[i] as number) - mean) ** 2 / mean;
    }
    blocks.push(block);
  }
  return blocks;
}
