import type { DeflectionFigures } from '../../../server/contract/deflection.ts';
import { count, percentTick } from '../../format.ts';
import type { Table } from '../table.ts';
import { moneyOf, plainNumber, priceText } from './ranges.ts';

export type TornadoBar = DeflectionFigures['tornado'][number];
type Figures = Pick<DeflectionFigures, 'tornado' | 'tornadoOf' | 'saving' | 'avoided'>;

/** Shares are kept between 0 and 1; amounts in the currency of the assumptions; the rest in its own unit. */
export function atText(at: number, unit: string, currency: string): string {
  if (/share|%|part/i.test(unit)) return percentTick(Math.round(at * 1000) / 1000);
  if (unit.startsWith('currency') || unit.includes(currency)) return priceText(at, currency);
  return `${plainNumber(at, 1)} ${unit}`;
}

/** What the bars answer: the likely desk saving, or tickets. */
export function answerOf({ tornado, tornadoOf, saving }: Figures): (value: number) => string {
  if (tornadoOf === 'avoided' || !saving) return (value) => count(Math.round(value));
  const answers = tornado.flatMap(({ low, high }) => [low.answer, high.answer]);
  const range = { low: Math.min(...answers), likely: 0, high: Math.max(...answers) };
  return moneyOf(range, saving.currency);
}

/** The likely answer that all bars start from; null: there is none. */
export const likelyOf = ({ tornadoOf, saving, avoided }: Figures): number | null =>
  (tornadoOf === 'avoided' ? avoided?.likely : saving?.desk.likely) ?? null;

/** Which assumption to ask about first, in a sentence for a title. */
export function tornadoFinding({ tornado, tornadoOf }: Figures): string {
  const [first] = tornado;
  const what = tornadoOf === 'avoided' ? 'tickets avoided' : 'money';
  if (!first) return 'No assumption moves the answer';
  return `What moves the ${what} most: ${first.title.charAt(0).toLowerCase()}${first.title.slice(1)}`;
}

/** From `low` to `high` of all answers, `likely` among them, with room for none. */
export function scaleOf(figures: Figures): (value: number) => number {
  const likely = likelyOf(figures) ?? 0;
  const all = [likely, ...figures.tornado.flatMap(({ low, high }) => [low.answer, high.answer])];
  const [from, to] = [Math.min(...all), Math.max(...all)];
  return (value) => (to === from ? 0.5 : (value - from) / (to - from));
}

export function tornadoTable({ tornado, tornadoOf }: Figures): Table {
  const answer = tornadoOf === 'avoided' ? 'Tickets avoided' : 'Desk saving';
  return {
    columns: ['Assumption', 'Unit', 'At 5 %', `${answer} then`, 'At 95 %', `${answer} then`],
    rows: tornado.map(({ title, unit, low, high }) => ({
      cells: [title, unit, low.at, Math.round(low.answer), high.at, Math.round(high.answer)],
    })),
  };
}
