import type { Attachment } from 'svelte/attachments';

/** How far a key moves: rows, and cells within the row. */
const MOVES: Record<string, [rows: number, cells: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/**
 * Makes the `.cell` elements in the rows of a table one stop of the Tab key, moved between by the arrow keys: as the
 * grid pattern of ARIA asks, so that a map of 168 hours does not take 168 presses to pass.
 */
export const gridKeys: Attachment<HTMLElement> = (table) => {
  const rowsOf = () =>
    [...table.querySelectorAll('tbody tr')].map((row) => [
      ...row.querySelectorAll<HTMLElement>('.cell'),
    ]);
  const reachable = (chosen: HTMLElement | undefined) => {
    for (const cell of rowsOf().flat()) cell.tabIndex = cell === chosen ? 0 : -1;
  };

  const move = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    const rows = rowsOf();
    const here = event.target as HTMLElement;
    const row = rows.findIndex((cells) => cells.includes(here));
    const at = rows[row]?.indexOf(here) ?? -1;
    if (at < 0) return;
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    const cells = rows[within(row + by[0], rows.length - 1)] ?? [];
    const next = cells[within(at + by[1], cells.length - 1)];
    event.preventDefault();
    next?.focus();
  };
  const follow = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target.matches('.cell')) reachable(target);
  };

  reachable(rowsOf().flat()[0]);
  table.addEventListener('keydown', move);
  table.addEventListener('focusin', follow);
  return () => {
    table.removeEventListener('keydown', move);
    table.removeEventListener('focusin', follow);
  };
};
