import type { DeflectionFigures, RangeSchema } from '../contract/deflection.ts';
import {
  decoration,
  drawLine,
  INK,
  LEFT,
  lineHeight,
  linesOf,
  type Sheet,
  type Style,
  tagged,
  WIDTH,
  widthOf,
} from './sheet.ts';
import {
  amounts,
  count,
  counted,
  counts,
  fromTo,
  NONE,
  type RangeText,
  wholePercent,
} from './words.ts';

/** One of the figures that the document is read for. */
interface Headline {
  label: string;
  /** Before the figure: a currency. */
  unit: string;
  range: RangeSchema | null;
  texts: RangeText | null;
  colour: string;
  notes: string[];
}

const GAP = 22;
const LABEL: Style = { size: 8.8, weight: 600, colour: INK.second };
const FIGURE: Style = { size: 22, weight: 600 };
const SPAN: Style = { size: 9.5, colour: INK.second };
const NOTE: Style = { size: 8, colour: INK.third };

/** Tickets avoided, money saved at the desk, and people's time: each for itself, side by side. */
export function drawHeadlines(sheet: Sheet, figures: DeflectionFigures, usableShare: number): void {
  const headlines = [avoidedOf(figures), deskOf(figures), timeOf(figures, usableShare)];
  const width = (WIDTH - GAP * (headlines.length - 1)) / headlines.length;
  const heights = headlines.map((headline, i) =>
    drawHeadline(sheet, headline, LEFT + i * (width + GAP), width),
  );
  sheet.y += Math.max(...heights) + 4;
}

function avoidedOf({ avoided, served, counts: { settling } }: DeflectionFigures): Headline {
  const notes =
    served === null
      ? ['No day of this month was collected.']
      : [
          ...(avoided
            ? []
            : [
                `Not known yet: ${counted(settling, 'incident was', 'incidents were')} still settling.`,
              ]),
          `Of ${count(served.reset + served.unlock)} self-served incidents: ${count(served.reset)} resets and ${count(served.unlock)} unlocks.`,
        ];
  return {
    ...{ label: 'Tickets avoided', unit: '', colour: INK.blue, notes },
    ...{ range: avoided, texts: avoided && counts(avoided) },
  };
}

function deskOf({ saving }: DeflectionFigures): Headline {
  const base = { label: 'Saved at the helpdesk', colour: INK.blue };
  if (!saving) return { ...base, unit: '', range: null, texts: null, notes: [] };
  const { deskHours } = saving;
  return {
    ...base,
    unit: saving.currency,
    range: saving.desk,
    texts: amounts(saving.desk),
    notes: [
      `After the cost of self-service and of calls that followed a failed try. Desk hours not worked: ${count(deskHours.likely)} (${fromTo(count(deskHours.low), count(deskHours.high))}).`,
      ...(saving.defaultCost ? ['A default of the program is behind the cost of a ticket.'] : []),
    ],
  };
}

function timeOf({ saving }: DeflectionFigures, usableShare: number): Headline {
  const base = { label: 'Time of people, never added to it', colour: INK.grey };
  if (!saving) return { ...base, unit: '', range: null, texts: null, notes: [] };
  const { userHours, userTimeWhy } = saving;
  const hours = `Hours given back: ${count(userHours.likely)} (${fromTo(count(userHours.low), count(userHours.high))})`;
  if (userTimeWhy !== null)
    return { ...base, unit: '', range: null, texts: null, notes: [userTimeWhy, `${hours}.`] };
  return {
    ...base,
    unit: saving.currency,
    range: saving.userTime,
    texts: amounts(saving.userTime),
    notes: [`${hours}, of which ${wholePercent(usableShare)} is taken to become work.`],
  };
}

/** Draws it at x and returns how high it is. */
function drawHeadline(sheet: Sheet, headline: Headline, x: number, width: number): number {
  const { label, unit, range, texts, colour, notes } = headline;
  const figure = [unit, texts?.likely ?? NONE].filter(Boolean).join(' ');
  let y = sheet.y;
  const line = (text: string, style: Style) => {
    drawLine(sheet, text, x, y, style);
    y += lineHeight(style);
  };
  tagged(sheet, sheet.root, 'P', () => {
    line(label, LABEL);
    line(figure, fitted(sheet, figure, width));
    line(texts ? `likely; ${fromTo(texts.low, texts.high)} in 9 cases of 10` : 'not counted', SPAN);
  });
  y += 3;
  if (range) drawSpan(sheet, range, { x, y, width, colour });
  y += 8;
  for (const note of notes)
    tagged(sheet, sheet.root, 'P', () => {
      for (const text of linesOf(sheet, note, width, NOTE)) line(text, NOTE);
    });
  return y - sheet.y;
}

/** The figure's style, smaller for amounts of many digits. */
function fitted(sheet: Sheet, text: string, width: number): Style {
  let style = FIGURE;
  while (style.size > 12 && widthOf(sheet, text, style) > width)
    style = { ...style, size: style.size - 1 };
  return style;
}

/** The range as a line on a scale that begins at nothing, with a mark where it is likely. */
function drawSpan(
  { doc, ...sheet }: Sheet,
  { low, likely, high }: RangeSchema,
  { x, y, width, colour }: { x: number; y: number; width: number; colour: string },
): void {
  const [from, to] = [Math.min(0, low), Math.max(0, high)];
  const at = (value: number) => x + (to === from ? 0 : ((value - from) / (to - from)) * width);
  decoration({ doc, ...sheet }, () => {
    doc
      .lineWidth(3)
      .strokeColor('#e4e4e0')
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
    doc.strokeColor(colour).moveTo(at(low), y).lineTo(at(high), y).stroke();
    doc.lineWidth(1.6).strokeColor(INK.ink);
    doc
      .moveTo(at(likely), y - 3.5)
      .lineTo(at(likely), y + 3.5)
      .stroke();
  });
}
