import type { DeflectionFigures } from '../contract/deflection.ts';
import type { Sheet } from './sheet.ts';
import { type Column, drawTable } from './table.ts';
import { heading } from './text.ts';
import { count, NONE, oneDigit, percent } from './words.ts';

const COLUMNS: Column[] = [
  { title: 'Ratio', width: 0.52 },
  { title: 'Part', width: 0.14, isFigure: true },
  { title: 'Of', width: 0.2, isFigure: true },
  { title: 'Share', width: 0.14, isFigure: true },
];

/** What needs no assumption, each as a part of its whole. */
export function drawRatios(sheet: Sheet, figures: DeflectionFigures): void {
  heading(sheet, 'Counted, without any assumption', 70);
  drawTable(
    sheet,
    COLUMNS,
    rowsOf(figures).map((cells) => ({ cells })),
  );
}

function rowsOf({ ratios, counts: { adminResets } }: DeflectionFigures): string[][] {
  const row = (title: string, { part, whole }: { part: number; whole: number }) => [
    ...[title, count(part), count(whole), percent({ part, whole })],
  ];
  const people = ratios.adminResetsPerPeople?.people ?? 0;
  return [
    row('Cases that ended: solved by self-service', ratios.selfServiceShare),
    row('Settled incidents that succeeded', ratios.successRate),
    row('Not self-served: ended at the helpdesk', ratios.fellBackOfUnserved),
    [
      ...['Resets by admins, for 100 people', count(adminResets)],
      ...(people > 0
        ? [`${count(people)} people`, oneDigit((100 * adminResets) / people)]
        : [NONE, NONE]),
    ],
  ];
}
