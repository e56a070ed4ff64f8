/** A part of the year for each period that a period is compared with; 0 is its own part. */
export type Blocks = Map<number, number>;

/**
 * Cuts the years before a period into windows of 2 `halfWidth` + 1 periods about the reference periods, which are its own
 * part of the year (0), and `parts` - 1 blocks of about equal length between them (Noufaily et al. 2013). `references`
 * are indexes from the tested period, first, to the oldest. Indexes below 0 are left out.
 */
export function referenceBlocks(
  references: readonly number[],
  { halfWidth, parts }: { halfWidth: number; parts: number },
): Blocks {
  const blocks: Blocks = new Map();
  const mark = (from: number, to: number, part: number): void => {
    // A block of no length marks the period before it too, as R's ranges count downwards.
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) if (i >= 0) blocks.set(i, part);
  };
  const [now = 0] = references;
  mark(now - halfWidth, now, 0);
  for (const [i, reference] of references.slice(1).entries()) {
    mark(reference - halfWidth, reference + halfWidth, 0);
    if (parts === 1) continue;
    let from = reference + halfWidth + 1;
    const lengths = blockLengths((references[i] as number) - halfWidth - from, parts - 1);
    for (const [j, length] of lengths.entries()) {
      mark(from, from + length - 1, j + 1);
      from += length;
    }
  }
  return blocks;
}

/** The first blocks are one longer, where the periods do not divide. */
function blockLengths(periods: number, blocks: number): number[] {
  const each = Math.floor(periods / blocks);
  return Array.from({ length: blocks }, (_, j) => each + (j < periods - each * blocks ? 1 : 0));
}
