/** Holidays that must have been seen to tell how they differ from a Sunday. */
const HOLIDAYS_LEAST = 3;
/** Sundays before and after a holiday that it is held against. */
const WEEKS_AROUND = 4;
const RATIO = { least: 0.05, most: 20 };

/**
 * How many times as much is counted on a holiday as on a Sunday near it; 1 after fewer than three holidays. Each has
 * `sunday` as its slot.
 */
export function holidayRatio({
  counts,
  slots,
  holiday,
  sunday,
}: {
  counts: Float64Array;
  slots: Int32Array;
  holiday: readonly boolean[];
  sunday: number;
}): number {
  let [holidays, came, usual] = [0, 0, 0];
  for (const [i, count] of counts.entries()) {
    if (!holiday[i] || Number.isNaN(count)) continue;
    const sundays = [];
    const reach = 7 * WEEKS_AROUND;
    for (let j = Math.max(0, i - reach); j <= Math.min(counts.length - 1, i + reach); j++)
      if (slots[j] === sunday && !holiday[j] && !Number.isNaN(counts[j]))
        sundays.push(counts[j] as number);
    if (sundays.length === 0) continue;
    holidays += 1;
    came += count;
    usual += sundays.reduce((sum, value) => sum + value, 0) / sundays.length;
  }
  if (holidays < HOLIDAYS_LEAST) return 1;
  return Math.min(RATIO.most, Math.max(RATIO.least, (came + 1) / (usual + 1)));
}
