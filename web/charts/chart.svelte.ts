import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
} from 'chart.js';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { follow } from '../state/follow.ts';
import { theme } from '../state/theme.svelte.ts';
import { drawGap, drawLineNames, drawMark, drawNote, drawOpenBar, drawStackNames } from './draw.ts';
import { fill, fontFamily, isHatched, lineColor, lineDash, token } from './paint.ts';
import type { ChartSpec, Series } from './spec.ts';

// Only what we draw with, so that the rest of Chart.js stays out of the bundle.
Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** From this width on names stand beside their series; below, a key stands under the chart. */
const WIDE = 400;

/**
 * Draws a chart on a canvas and draws it anew when what `spec` reads, or the theme, has changed.
 *
 * A new chart each time: Chart.js keeps and changes what it is given, and a fresh one has nothing to go stale.
 */
export function drawn(spec: () => ChartSpec): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    let chart: Chart | null = null;
    $effect(() => {
      follow(theme.isDark);
      const wanted = spec();
      untrack(() => {
        chart?.destroy();
        chart = new Chart(canvas, configuration(wanted));
      });
    });
    return () => chart?.destroy();
  };
}

type Config = ChartConfiguration<'bar' | 'line', (number | null)[], string>;

function configuration(spec: ChartSpec): Config {
  const sets = spec.series.map((series) => dataset(spec, series));
  const { pick } = spec;
  return {
    type: spec.kind === 'line' ? 'line' : 'bar',
    data: { labels: spec.labels, datasets: sets },
    plugins: [gapsOf(spec), namesOf(spec)],
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: ({ chart }) => ({ top: 16, right: roomForNames(spec, chart.width) }) },
      plugins: { legend: { display: false }, tooltip: tooltip(spec) },
      scales: { x: xAxis(spec), y: yAxis(spec) },
      ...(pick && {
        onClick: (_event, [element]) => {
          if (element) pick(element.index);
        },
        onHover: ({ native }, elements) => {
          const target = native?.target;
          if (target instanceof HTMLElement) {
            target.style.cursor = elements.length > 0 ? 'pointer' : '';
          }
        },
      }),
    },
  };
}

function dataset(spec: ChartSpec, { name, values, look }: Series): Config['data']['datasets'][0] {
  const scaled = spec.root ? values.map((v) => (v === null ? null : Math.sqrt(v))) : values;
  const color = lineColor(look);
  if (spec.kind === 'line') {
    return {
      type: 'line',
      label: name,
      data: scaled,
      borderColor: color,
      backgroundColor: color,
      borderWidth: look === 'measure' ? 2.25 : 1.75,
      borderDash: lineDash(look),
      // A day between two gaps is no line: without its point it would not be seen at all.
      pointRadius: ({ dataIndex: i }) =>
        values[i] != null && values[i - 1] == null && values[i + 1] == null ? 2 : 0,
      pointHitRadius: 8,
      spanGaps: false,
    };
  }
  return {
    type: 'bar',
    label: name,
    data: scaled,
    backgroundColor: fill(look),
    borderColor: color,
    borderWidth: isHatched(look) ? 1 : 0,
    borderSkipped: false,
    barPercentage: 0.86,
    categoryPercentage: 0.94,
  };
}

function roomForNames(spec: ChartSpec, width: number): number {
  if (width < WIDE || spec.series.length < 2) return 8;
  const longest = Math.max(...spec.series.map(({ name, figure }) => name.length + figure.length));
  return Math.min(28 + longest * 6.4, width * 0.36);
}

const ticksFont = () => ({ family: fontFamily(), size: 12 });

function xAxis({ kind }: ChartSpec) {
  return {
    stacked: kind === 'bars',
    border: { color: token('--line-strong') },
    grid: { display: false },
    ticks: {
      color: token('--ink-3'),
      font: ticksFont(),
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: 24,
    },
  };
}

/** Steps of a square-root axis, the widest that fit below the greatest value. */
const ROOT_STEPS = [0, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 100_000];

function yAxis({ kind, root, min = 0, max, tick, series }: ChartSpec) {
  const greatest = Math.max(
    1,
    max ?? 0,
    ...series.flatMap(({ values }) => values.map((v) => v ?? 0)),
  );
  const steps = ROOT_STEPS.filter((step) => step <= greatest * 1.1);
  const kept = steps.filter((step) => step === 0 || step >= greatest / 60);
  return {
    stacked: kind === 'bars',
    min,
    ...(max !== undefined && { max }),
    ...(root && {
      max: Math.sqrt(greatest * 1.1),
      afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
        axis.ticks = kept.map((step) => ({ value: Math.sqrt(step) }));
      },
    }),
    border: { display: false },
    grid: { color: token('--grid'), drawTicks: false },
    ticks: {
      color: token('--ink-3'),
      font: ticksFont(),
      padding: 8,
      maxTicksLimit: 7,
      ...(max === undefined && { precision: 0 }),
      callback: (value: string | number) =>
        tick(root ? Math.round(Number(value) ** 2) : Number(value)),
    },
  };
}

function tooltip({ series, titles, tick, root }: ChartSpec) {
  const font = { family: fontFamily(), size: 12 };
  return {
    backgroundColor: token('--surface'),
    titleColor: token('--ink'),
    bodyColor: token('--ink-2'),
    borderColor: token('--line-strong'),
    borderWidth: 1,
    padding: 10,
    cornerRadius: 4,
    boxWidth: 8,
    boxHeight: 8,
    titleFont: font,
    bodyFont: font,
    callbacks: {
      title: (found: { dataIndex: number }[]) => titles[found[0]?.dataIndex ?? -1] ?? '',
      label: ({ datasetIndex, raw }: { datasetIndex: number; raw: unknown }) => {
        const value = Number(raw);
        const shown = root ? Math.round(value * value) : value;
        return ` ${series[datasetIndex]?.name ?? ''}: ${tick(shown)}`;
      },
      labelColor: ({ datasetIndex }: { datasetIndex: number }) => {
        const color = lineColor(series[datasetIndex]?.look ?? 'measure');
        return { borderColor: color, backgroundColor: color };
      },
    },
  };
}

/** What lies under the series: a chart's own drawing, dated notes, days not collected. */
function gapsOf({ gaps, notes = [], under }: ChartSpec): Plugin<'bar' | 'line'> {
  return {
    id: 'gaps',
    beforeDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
      if (!x || !y) return;
      ctx.save();
      under?.(ctx, {
        x: (index) => x.getPixelForValue(index),
        y: (value) => y.getPixelForValue(value),
        area: chartArea,
      });
      for (const { index, to, label } of notes) {
        const [from, until] = [x.getPixelForValue(index), x.getPixelForValue(to)];
        drawNote(ctx, label, { x: from, to: until, area: chartArea });
      }
      for (const { from, to } of gaps) {
        const [left, right] = [x.getPixelForValue(from - 0.5), x.getPixelForValue(to + 0.5)];
        drawGap(ctx, left, right, chartArea);
      }
      ctx.restore();
    },
  };
}

function namesOf(spec: ChartSpec): Plugin<'bar' | 'line'> {
  return {
    id: 'names',
    afterDatasetsDraw(chart) {
      chart.ctx.save();
      for (const [index, { look }] of spec.series.entries()) {
        if (look !== 'open' || spec.kind === 'line') continue;
        for (const bar of chart.getDatasetMeta(index).data) {
          drawOpenBar(chart.ctx, bar.getProps(['x', 'y', 'base', 'width'], true) as never);
        }
      }
      if (chart.width >= WIDE && spec.series.length > 1) drawNames(chart, spec);
      markOne(chart, spec);
      chart.ctx.restore();
    },
  };
}

function drawNames(chart: Chart, { kind, series }: ChartSpec): void {
  const { ctx, chartArea: area } = chart;
  let from = 0;
  const names = series.flatMap(({ name, figure, values }, index) => {
    const last = values.findLastIndex((value) => value !== null);
    const element = chart.getDatasetMeta(index).data[last];
    if (!element) return [];
    const place = element.getProps(['x', 'y', 'base', 'width'], true) as Record<string, number>;
    from = Math.max(from, (place.x ?? 0) + (place.width ?? 0) / 2);
    const y = place.y ?? 0;
    const at = kind === 'line' ? y : (y + (place.base ?? y)) / 2;
    return [{ name, figure, at, y: at }];
  });
  if (kind === 'line') drawLineNames(ctx, names, area);
  // The top of the stack first: parts of no height keep their place among the names.
  else drawStackNames(ctx, names.toReversed(), { from, area, edge: chart.width });
}

function markOne(chart: Chart, { mark, series }: ChartSpec): void {
  const element = mark && chart.getDatasetMeta(series.length - 1).data[mark.index];
  if (!mark || !element) return;
  drawMark(chart.ctx, mark.text, { x: element.x, y: element.y, area: chart.chartArea });
}
