import type { Refusal } from './mapping.ts';

/** How many refusals are kept with their words. */
export const REFUSALS_KEPT = 100;

/** Counts what was refused and keeps the first of it, in the order of the file. */
export class Refusals {
  count = 0;
  private readonly kept: Refusal[] = [];

  add(row: number, column: string | null, why: string): void {
    this.count += 1;
    this.kept.push({ row, column, why: why.endsWith('.') ? why : `${why}.` });
    // Some rows are refused only once all are read; now and then what will not be shown goes.
    if (this.kept.length > 20 * REFUSALS_KEPT) this.kept.splice(0, Infinity, ...this.first());
  }

  first(): Refusal[] {
    return this.kept.toSorted((a, b) => a.row - b.row).slice(0, REFUSALS_KEPT);
  }
}
