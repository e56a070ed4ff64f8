import type { PriorityFeatures } from './features.ts';

/** People with the same features, and the calls they made in the time that follows. */
export interface Cell {
  features: PriorityFeatures;
  people: number;
  calls: number;
  /** Sum of the squares of each person's calls: tells how much more they scatter than by chance. */
  squares: number;
}

/** Counts people by their features: some thousand cells stand for a million people. */
export class CellTable {
  readonly cells: Cell[] = [];
  private readonly byKey = new Map<string, number>();

  /** Counts one person who made `calls`; answers the number of the cell. */
  add(features: PriorityFeatures, calls: number): number {
    const key = Object.values(features).join();
    let index = this.byKey.get(key);
    if (index === undefined) {
      index = this.cells.length;
      this.byKey.set(key, index);
      this.cells.push({ features, people: 0, calls: 0, squares: 0 });
    }
    const cell = this.cells[index];
    if (!cell) throw new RangeError(`No cell ${index}`);
    cell.people += 1;
    cell.calls += calls;
    cell.squares += calls * calls;
    return index;
  }
}

/** A sum over cells. */
export function total(cells: readonly Cell[], of: (cell: Cell) => number): number {
  return cells.reduce((sum, cell) => sum + of(cell), 0);
}
