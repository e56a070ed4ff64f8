import type { TicketKind, TicketSource } from './mapping.ts';

/** What a helpdesk calls the columns of an export. */
export interface KnownHeadings {
  source: TicketSource;
  kind: TicketKind;
  title: string;
  date: readonly string[];
  number: readonly string[];
  /** Columns of few values, such as categories. */
  categories: readonly string[];
  /** Columns in which people write: never shown. */
  texts: readonly string[];
  passwordTickets: readonly string[];
  otherTickets: readonly string[];
  allTickets: readonly string[];
  /** Where the names are documented; null: they are ours. */
  documentation: string | null;
}

const SINGLE = { kind: 'tickets', passwordTickets: [], otherTickets: [], allTickets: [] } as const;

/**
 * Headings that are documented; every other file is mapped by hand. The first entry that has a date and a number
 * (or a count) among the headings of a file is taken, so the more telling ones come first.
 *
 * What Zendesk's views and Explore, and Freshservice's exports, call their columns could not be found in
 * their documentation: of both, the names of their API are known, which a script that exports through it writes.
 */
export const KNOWN_HEADINGS: readonly KnownHeadings[] = [
  {
    ...SINGLE,
    source: 'servicenow',
    title: 'ServiceNow incidents',
    // Labels of the incident form and list, and the names of the same fields.
    date: ['Opened', 'opened_at'],
    number: ['Number', 'number'],
    categories: ['Category', 'category', 'Subcategory', 'subcategory'],
    texts: ['Short description', 'short_description'],
    documentation:
      'https://www.servicenow.com/docs/r/washingtondc/it-service-management/incident-management/create-an-incident.html',
  },
  {
    ...SINGLE,
    source: 'jira',
    title: 'Jira Service Management issues',
    date: ['Created'],
    number: ['Issue key'],
    categories: [],
    texts: ['Summary'],
    documentation:
      'https://confluence.atlassian.com/display/JIRACORESERVER0713/Advanced+searching+-+fields+reference',
  },
  {
    ...SINGLE,
    source: 'freshservice',
    title: 'Freshservice tickets, by the names of its API',
    date: ['created_at'],
    number: ['id'],
    categories: ['category', 'sub_category'],
    texts: ['subject'],
    documentation: 'https://api.freshservice.com/',
  },
  {
    ...SINGLE,
    source: 'zendesk',
    title: 'Zendesk tickets, by the names of its API',
    date: ['created_at'],
    number: ['id'],
    categories: [],
    texts: ['subject'],
    documentation: 'https://support.zendesk.com/hc/en-us/articles/4408886165402',
  },
  {
    source: 'counts',
    kind: 'counts',
    title: 'Counts by day, week or month',
    date: ['date', 'day', 'week', 'month'],
    number: [],
    categories: [],
    texts: [],
    passwordTickets: ['password_tickets'],
    otherTickets: ['other_tickets'],
    allTickets: ['all_tickets'],
    documentation: null,
  },
];

/** Headings in which people write, whoever's they are: what stands there is never shown. */
export function isFreeText(heading: string): boolean {
  const name = heading.trim().toLowerCase();
  return KNOWN_HEADINGS.some(({ texts }) => texts.some((text) => text.toLowerCase() === name));
}
