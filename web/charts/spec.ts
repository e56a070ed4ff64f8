/** How a series is drawn. Each has a second sign beside its colour: hatching, dashes or its name at the line. */
export type Look =
  | 'measure'
  | 'second'
  | 'third'
  | 'before'
  | 'retry'
  | 'desk'
  | 'blocked'
  | 'failed'
  | 'scope'
  | 'cancelled'
  | 'abandoned'
  | 'open';

export interface Series {
  name: string;
  /** One per label; null: not collected. */
  values: (number | null)[];
  look: Look;
  /** Beside the name, where the series ends: a total or the last value. */
  figure: string;
}

/** Positions not collected, both included. */
export interface Gap {
  from: number;
  to: number;
}

/** A dated note at a position of the axis; `label` is its number in the list below the chart. */
export interface NoteMark {
  index: number;
  /** Last position of what lasts; the same as `index` for one day. */
  to: number;
  label: string;
}

/** Where a drawing of its own finds its place: pixels of a position, of a value, and the plot. */
export interface Places {
  x: (index: number) => number;
  y: (value: number) => number;
  area: { left: number; right: number; top: number; bottom: number };
}

export interface ChartSpec {
  /** Bars of several series are stacked. */
  kind: 'line' | 'bars';
  /** Under the axis, one per position; those that do not fit are left out. */
  labels: string[];
  /** The same in full, for the tooltip. */
  titles: string[];
  series: Series[];
  gaps: Gap[];
  /** First day of each position: with them the dated notes of the period are drawn. */
  days?: readonly string[];
  notes?: readonly NoteMark[];
  /** A square-root axis keeps a spike from flattening the rest; the text of the panel says so. */
  root?: boolean;
  /** Ends of the axis, where they are not zero and the data's. */
  min?: number;
  max?: number;
  tick: (value: number) => string;
  /** Draws what only one chart has, under its series. */
  under?: (pen: CanvasRenderingContext2D, places: Places) => void;
  /** The one position worth a word. */
  mark?: { index: number; text: string };
  /** Follows a click to what is behind the position. */
  pick?: (index: number) => void;
}

/** Runs of positions without any value. */
export function gapsOf(isMissing: readonly boolean[]): Gap[] {
  const gaps: Gap[] = [];
  for (const [index, missing] of isMissing.entries()) {
    if (!missing) continue;
    const last = gaps.at(-1);
    if (last && last.to === index - 1) last.to = index;
    else gaps.push({ from: index, to: index });
  }
  return gaps;
}
