import type { Day } from '../../domain/day.ts';
import type { StatementBody } from '../contract/statements.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';
import { BODY, heading, paragraph } from './text.ts';
import { counted, stretch, utcText } from './words.ts';

/** What the figures rest on: each assumption with its source, defaults marked. */
export function drawAssumptions(sheet: Sheet, { assumptions }: StatementBody): void {
  heading(sheet, 'Assumptions', 60);
  paragraph(sheet, versionOf(assumptions));
  drawTable(
    sheet,
    [
      { title: 'Assumption', width: 0.25 },
      { title: 'Likely (low to high)', width: 0.25 },
      { title: 'Where from', width: 0.5 },
    ],
    assumptions.stated.map(({ title, value, isDefault, source }) => {
      const first = assumptions.stated.find((other) => other.source === source);
      const isLong = source.length > 60 && first && first.title !== title;
      const from = isLong ? `As for “${first.title}”.` : source;
      return { cells: [title, value, isDefault ? `Default. ${from}` : from] };
    }),
    7.6,
  );
}

/** What was left out, what was imported, and what no log holds. */
export function drawCaveats(sheet: Sheet, body: StatementBody): void {
  heading(sheet, 'What to know when reading it', 40);
  for (const sentence of caveats(body)) paragraph(sheet, sentence, { ...BODY, size: 8.4 });
}

function versionOf({ version, madeAt, author, stated }: StatementBody['assumptions']): string {
  const typed = stated.filter(({ isDefault }) => !isDefault).length;
  const of = `${typed} of ${counted(stated.length, 'assumption differs', 'assumptions differ')} from the program’s defaults.`;
  if (version === 0 || madeAt === null)
    return 'Version 0: the defaults of the program, confirmed by nobody.';
  return `Version ${version}, ${utcText(madeAt)}, by ${author ?? 'somebody unnamed'}. ${of}`;
}

function caveats(body: StatementBody): string[] {
  const { figures, gaps, imports, hybrid } = body;
  const { settling, settlingBypasses, selfServed, fellBack, abandoned, bypasses, tickets } =
    figures.counts;
  return [
    `Needs: ${counted(selfServed, 'was', 'were')} self-served, ${counted(fellBack, 'fell', 'fell')} back to the helpdesk, ${counted(abandoned, 'was', 'were')} abandoned; ${counted(bypasses, 'more was', 'more were')} brought straight to the desk. ${settling + settlingBypasses === 0 ? 'None was still settling.' : `${counted(settling + settlingBypasses, 'was', 'were')} still settling and ${settling + settlingBypasses === 1 ? 'is' : 'are'} in no figure.`}`,
    gaps.length === 0
      ? 'Every day of the month was collected.'
      : `Not collected, and not guessed at: ${listed(gaps.map(({ first, last }) => stretch(first as Day, last as Day)))}. What happened on these days is in no figure.`,
    tickets === null
      ? 'No imported tickets speak for this month.'
      : `Password tickets imported for this month: ${counted(tickets, 'ticket', 'tickets')}.`,
    ...(imports.length === 0
      ? []
      : [
          `Ticket files: ${listed(imports.map(({ label, hash }) => `${cut(label)} (SHA-256 ${hash.slice(0, 12)}…)`))}.`,
        ]),
    hybrid === false
      ? 'People are not synchronised from on-premises.'
      : `${hybrid === true ? 'People are' : 'It is not known whether people are'} synchronised from on-premises: passwords reset there are in no log, so resets by admins and cases at the desk are lower bounds.`,
    'A range is never the sum of other ranges: months and parts each have their own and do not add up.',
  ];
}

const LISTED_MOST = 8;

/** The first of them; the frozen text has all. */
function listed(texts: string[]): string {
  const more = texts.length - LISTED_MOST;
  const shown = texts.slice(0, LISTED_MOST).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function cut(label: string): string {
  return label.length > 60 ? `${label.slice(0, 59)}…` : label;
}
