import { BadTicketFile } from './bad-ticket-file.ts';
import { cutText } from './cut-text.ts';
import { KNOWN_HEADINGS, type KnownHeadings } from './known-headings.ts';
import type { TicketKind, TicketMapping, TicketSource } from './mapping.ts';
import { HEADING_LENGTH_MOST, shown } from './mapping.ts';
import { PASSWORD_WORDS } from './password-words.ts';

/** Where things stand in the lines of a file: numbers of cells from 0. */
export interface Columns {
  kind: TicketKind;
  source: TicketSource;
  /** As used, with what was found by known headings. */
  mapping: TicketMapping;
  date: number;
  /** Of single tickets. */
  number: number | null;
  about: number[];
  /** Of counts; `otherTickets` and `allTickets` null: not told. */
  passwordTickets: number | null;
  otherTickets: number | null;
  allTickets: number | null;
}

/**
 * Which column is what: as asked, and what is left out as a known helpdesk calls it. Throws BadTicketFile where a
 * heading that is asked for is not there or stands there twice, or the file is no known one and too little is asked.
 */
export function columnsOf(headings: readonly string[], asked: TicketMapping): Columns {
  const known = knownOf(headings, asked);
  const kind = kindOf(asked, known);
  const find = (name: keyof KnownHeadings, wish: string | undefined) =>
    wish ?? (known && named(headings, known[name] as readonly string[])[0]);
  const date = find('date', asked.date);
  if (date === undefined) throw unknown(headings, 'date');
  const mapping: TicketMapping = { date, dateOrder: asked.dateOrder };
  const columns = { kind, source: sourceOf(asked, known), mapping, date: placeOf(headings, date) };
  if (kind === 'counts') return { ...columns, number: null, about: [], ...counts() };
  return { ...columns, ...tickets(), passwordTickets: null, otherTickets: null, allTickets: null };

  function counts() {
    const password = find('passwordTickets', asked.passwordTickets);
    if (password === undefined) throw unknown(headings, 'passwordTickets');
    const all = asked.otherTickets === undefined ? find('allTickets', asked.allTickets) : undefined;
    const other =
      asked.allTickets === undefined ? find('otherTickets', asked.otherTickets) : undefined;
    if (asked.allTickets !== undefined && asked.otherTickets !== undefined)
      throw new BadTicketFile(
        'Name the column of other tickets (otherTickets) or that of all tickets (allTickets), not both.',
      );
    Object.assign(mapping, { passwordTickets: password });
    if (other !== undefined) mapping.otherTickets = other;
    else if (all !== undefined) mapping.allTickets = all;
    return {
      passwordTickets: placeOf(headings, password),
      otherTickets: other === undefined ? null : placeOf(headings, other),
      allTickets: other !== undefined || all === undefined ? null : placeOf(headings, all),
    };
  }

  function tickets() {
    const number = find('number', asked.number);
    if (number === undefined) throw unknown(headings, 'number');
    const about =
      asked.about ?? (known ? named(headings, [...known.categories, ...known.texts]) : undefined);
    if (about === undefined || (about.length === 0 && asked.about === undefined))
      throw new BadTicketFile(
        `No column says what a ticket is about. Name those whose text tells a password ticket (about); where every line is a password ticket, name none (about: []). The headings are ${listed(headings)}.`,
      );
    Object.assign(mapping, { number, about, words: asked.words ?? [...PASSWORD_WORDS] });
    const places = about.flatMap((heading) => placesOf(headings, heading));
    return { number: placeOf(headings, number), about: [...new Set(places)] };
  }
}

function knownOf(headings: readonly string[], asked: TicketMapping): KnownHeadings | undefined {
  return KNOWN_HEADINGS.find((known) => {
    const has = (name: keyof KnownHeadings, wish: string | undefined) =>
      wish !== undefined || named(headings, known[name] as readonly string[]).length > 0;
    if (!has('date', asked.date)) return false;
    if (known.kind === 'counts') return has('passwordTickets', asked.passwordTickets);
    const about = named(headings, known.categories).length + named(headings, known.texts).length;
    const telling = known.source !== 'freshservice' || named(headings, known.categories).length > 0;
    return has('number', asked.number) && (about > 0 || asked.about !== undefined) && telling;
  });
}

function kindOf(asked: TicketMapping, known: KnownHeadings | undefined): TicketKind {
  const isCounts = asked.passwordTickets !== undefined;
  const isTickets = asked.number !== undefined || asked.about !== undefined;
  if (isCounts && isTickets)
    throw new BadTicketFile(
      'A file holds counts (passwordTickets) or single tickets (number, about), not both.',
    );
  if (isCounts) return 'counts';
  return isTickets ? 'tickets' : (known?.kind ?? 'tickets');
}

function sourceOf(asked: TicketMapping, known: KnownHeadings | undefined): TicketSource {
  const byHand = [asked.date, asked.number, asked.about, asked.passwordTickets];
  return known && byHand.every((wish) => wish === undefined) ? known.source : 'mapped';
}

/** Headings of the file that are among `names`, as the file spells them, in the order of `names`. */
function named(headings: readonly string[], names: readonly string[]): string[] {
  const found = names.flatMap((name) =>
    headings.filter((heading) => heading.trim().toLowerCase() === name.toLowerCase()),
  );
  return [...new Set(found)];
}

function placesOf(headings: readonly string[], asked: string): number[] {
  const name = cutText(asked.trim(), HEADING_LENGTH_MOST);
  const same = (fold: (text: string) => string) =>
    headings.flatMap((heading, i) => (fold(heading.trim()) === fold(name) ? [i] : []));
  const exact = same((text) => text);
  const places = exact.length > 0 ? exact : same((text) => text.toLowerCase());
  if (places.length > 0) return places;
  throw new BadTicketFile(
    `There is no column ${shown(asked)}. The headings are ${listed(headings)}.`,
  );
}

function placeOf(headings: readonly string[], asked: string): number {
  const [place = -1, ...more] = placesOf(headings, asked);
  if (more.length === 0) return place;
  throw new BadTicketFile(
    `The heading ${shown(asked)} stands there more than once. Rename one of them, or name another column.`,
  );
}

const MEANINGS: Record<string, string> = {
  date: 'the day of a ticket or of a count (date)',
  number: 'the number of a ticket (number), or the count of password tickets (passwordTickets)',
  passwordTickets: 'the count of password tickets (passwordTickets)',
};

function unknown(headings: readonly string[], column: string): BadTicketFile {
  return new BadTicketFile(
    `The headings are of no helpdesk that is known here, so say which column is ${MEANINGS[column]}. The headings are ${listed(headings)}.`,
  );
}

function listed(headings: readonly string[]): string {
  const some = headings.slice(0, 30).map(shown).join(', ');
  return headings.length > 30 ? `${some} and ${headings.length - 30} more` : some;
}
