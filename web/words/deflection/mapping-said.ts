import type { TicketMapping } from '../../../server/contract/tickets.ts';
import type { Kind } from './tickets.ts';

/** How many columns may say what a ticket is about. */
export const ABOUT_COLUMNS = [0, 1, 2] as const;

/** The mapping that a form says; what is left empty the server finds out. */
export function mappingSaid(kind: Kind, said: (name: string) => string): TicketMapping {
  const order = said('dateOrder');
  const date: TicketMapping = {
    ...(said('date') && { date: said('date') }),
    ...((order === 'ymd' || order === 'dmy' || order === 'mdy') && { dateOrder: order }),
  };
  if (kind === 'counts') {
    const columns = ['passwordTickets', 'otherTickets', 'allTickets'] as const;
    const named = columns.filter((name) => said(name) !== '').map((name) => [name, said(name)]);
    return { ...date, ...Object.fromEntries(named) };
  }
  const about = ABOUT_COLUMNS.map((index) => said(`about${index}`)).filter((name) => name !== '');
  const words = said('words')
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return {
    ...date,
    ...(said('number') && { number: said('number') }),
    ...(about.length > 0 && { about: [...new Set(about)] }),
    ...(words.length > 0 && { words }),
  };
}
