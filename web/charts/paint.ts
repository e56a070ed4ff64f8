import type { Look } from './spec.ts';

/** A colour token as a canvas needs it: var() and light-dark() resolved by the browser. */
export function token(name: string): string {
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

export const fontFamily = () => getComputedStyle(document.body).fontFamily;

interface Brush {
  color: string;
  /** 1 rises, -1 falls; 0: solid. */
  slope: 1 | -1 | 0;
  dash: number[];
}

const BRUSHES: Record<Look, Brush> = {
  measure: { color: '--c1', slope: 0, dash: [] },
  second: { color: '--c3', slope: 0, dash: [] },
  third: { color: '--c4', slope: 0, dash: [7, 3] },
  before: { color: '--c0', slope: 0, dash: [3, 3] },
  retry: { color: '--c1', slope: 1, dash: [] },
  desk: { color: '--c2', slope: 0, dash: [] },
  blocked: { color: '--c4', slope: 0, dash: [] },
  failed: { color: '--c4', slope: 1, dash: [] },
  scope: { color: '--c3', slope: 1, dash: [] },
  cancelled: { color: '--c0', slope: 1, dash: [] },
  abandoned: { color: '--c0', slope: -1, dash: [] },
  open: { color: '--ink-3', slope: 0, dash: [3, 3] },
};

export const lineColor = (look: Look) => token(BRUSHES[look].color);
export const lineDash = (look: Look) => BRUSHES[look].dash;
export const isHatched = (look: Look) => BRUSHES[look].slope !== 0;
/** The name of the token, for a key drawn as SVG. */
export const keyColor = (look: Look) => BRUSHES[look].color;
export const keySlope = (look: Look) => BRUSHES[look].slope;

/** What fills a bar: a colour, or the colour as hatching on the panel's ground. */
export function fill(look: Look): string | CanvasPattern {
  const { color, slope } = BRUSHES[look];
  if (look === 'open') return 'transparent';
  if (slope === 0) return token(color);
  return hatching({ color: token(color), ground: token('--surface'), slope, gap: 6, width: 2.5 });
}

/** What says "not collected": thin grey hatching. */
export function gapFill(): string | CanvasPattern {
  const color = token('--line-strong');
  return hatching({ color, ground: null, slope: 1, gap: 6, width: 1 });
}

interface Hatching {
  color: string;
  ground: string | null;
  slope: 1 | -1;
  /** Between lines, and their width, CSS pixels. */
  gap: number;
  width: number;
}

function hatching({ color, ground, slope, gap, width }: Hatching): string | CanvasPattern {
  const scale = window.devicePixelRatio || 1;
  const tile = document.createElement('canvas');
  tile.width = tile.height = gap * scale;
  const pen = tile.getContext('2d');
  if (!pen) return color;
  pen.scale(scale, scale);
  if (ground) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, gap, gap);
  }
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.beginPath();
  for (const at of [-gap, 0, gap]) {
    pen.moveTo(at - 1, slope > 0 ? gap + 1 : -1);
    pen.lineTo(at + gap + 1, slope > 0 ? -1 : gap + 1);
  }
  pen.stroke();
  const pattern = pen.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern ?? color;
}
