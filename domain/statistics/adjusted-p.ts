/** How p-values of several tests are adjusted, so that they can be read as if each were the only one. */
export type Adjustment =
  /** Holm 1979: the chance of any false alarm. */
  | 'holm'
  /** Benjamini and Hochberg 1995: the part of false ones among the alarms, for independent tests. */
  | 'benjamini-hochberg'
  /** Benjamini and Yekutieli 2001: the same, however the tests depend on each other. */
  | 'benjamini-yekutieli';

/** The adjusted p-values, in the order given. */
export function adjustedP(pValues: readonly number[], adjustment: Adjustment): number[] {
  const count = pValues.length;
  const ascending = pValues.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const adjusted = new Array<number>(count);
  let bound = adjustment === 'holm' ? 0 : 1;
  const harmonic = pValues.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  const factor = adjustment === 'benjamini-yekutieli' ? harmonic : 1;
  for (let step = 0; step < count; step++) {
    // Holm goes up from the smallest, the others down from the largest.
    const rank = adjustment === 'holm' ? step : count - 1 - step;
    const at = ascending[rank];
    if (!at) continue;
    bound =
      adjustment === 'holm'
        ? Math.min(1, Math.max(bound, (count - rank) * at.p))
        : Math.min(bound, ((factor * count) / (rank + 1)) * at.p);
    adjusted[at.index] = bound;
  }
  return adjusted;
}
