import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../db/open.ts';
import { currentTenant } from '../db/store/tenant.ts';
import { importTickets, previewTickets, type TicketFileGiven } from '../db/store/ticket-imports.ts';
import { TicketsBusy } from '../db/store/ticket-lease.ts';
import type { Store } from '../db/store-types.ts';
import { type Day, dayCutter, parseDay } from '../domain/day.ts';
import { BadTicketFile } from '../domain/tickets/bad-ticket-file.ts';
import { cutText } from '../domain/tickets/cut-text.ts';
import type { TicketMapping } from '../domain/tickets/mapping.ts';
import type { TicketFileReport } from '../domain/tickets/ticket-file-report.ts';
import { processConfig } from './config.ts';
import { sleep } from './graph/sleep.ts';
import { startFailure } from './start-failure.ts';
import { outcomeInWords, ticketsInWords } from './tickets-in-words.ts';

/**
 * `npm run import-tickets -- FILE.csv [--preview] [--json] …`: reads a file of dated counts or single tickets into
 * the database that the server uses, also while it runs. Exits 0, or 1 with a sentence where nothing could be imported.
 */
async function main(): Promise<number> {
  const { file, label, author, mapping, values } = readArguments();
  await refuseMissing(file);
  const config = processConfig();
  const store = await openStore(config.databaseUrl, { madeUp: config.graph === null });
  try {
    const tenant = await currentTenant(store);
    if (!tenant)
      throw new BadTicketFile(
        'Tickets can be imported once the first collection has begun: run npm run collect, or start the server.',
      );
    const cutter = dayCutter(tenant.timeZone);
    const given: TicketFileGiven = {
      bytes: () => createReadStream(file),
      ...{ label, mapping, cutter, today: cutter.dayOf(Date.now()) },
      ...{ first: dayOf(values.first, 'first'), last: dayOf(values.last, 'last') },
    };
    const made = values.preview
      ? {
          outcome: 'preview' as const,
          id: null,
          report: await previewTickets(store, tenant.id, given),
        }
      : await imported(store, tenant.id, { ...given, author });
    tell(made, values.json);
    return isNothing(made) ? 1 : 0;
  } finally {
    await store.close();
  }
}

interface Made {
  outcome: 'preview' | 'imported' | 'unchanged';
  id: string | null;
  report: TicketFileReport;
}

/** No line was left to count, and not because the very file is imported already. */
const isNothing = ({ outcome, report }: Made) => outcome !== 'unchanged' && report.first === null;

function tell(made: Made, asJson: boolean): void {
  const { outcome, id, report } = made;
  if (asJson) console.log(JSON.stringify({ outcome, id, report }, null, 2));
  else
    for (const line of [...ticketsInWords(report), outcomeInWords(outcome, id, report)])
      console.log(line);
  if (isNothing(made)) console.error('None of the lines could be read.');
}

/** Another import is waited for: a killed one ends by itself within half a minute. */
const WAITS_MOST = 120;

async function imported(
  store: Store,
  tenantId: number,
  given: TicketFileGiven & { author: string },
): Promise<Made> {
  const writer = { store, tenantId, clock: Date.now, holder: `command:${randomUUID()}` };
  for (let waited = 0; ; waited++) {
    try {
      const made = await importTickets(writer, given);
      return { ...made, id: String(made.id) };
    } catch (error) {
      if (!(error instanceof TicketsBusy) || waited === WAITS_MOST) throw error;
    }
    await sleep(500);
  }
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      preview: FLAG,
      json: FLAG,
      author: TEXT,
      label: TEXT,
      date: TEXT,
      'date-order': TEXT,
      number: TEXT,
      about: { type: 'string', multiple: true },
      words: TEXT,
      'password-tickets': TEXT,
      'other-tickets': TEXT,
      'all-tickets': TEXT,
      first: TEXT,
      last: TEXT,
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new BadTicketFile('Say which file: npm run import-tickets -- FILE.csv');
  const order = values['date-order'];
  if (order !== undefined && order !== 'ymd' && order !== 'dmy' && order !== 'mdy')
    throw new BadTicketFile('--date-order must be ymd, dmy or mdy.');
  const words = values.words?.split(',').map((word) => word.trim());
  const mapping: TicketMapping = {
    date: values.date,
    dateOrder: order,
    number: values.number,
    // An empty one says that every line is a password ticket.
    about: values.about?.filter((heading) => heading !== ''),
    words: words?.filter((word) => word !== ''),
    passwordTickets: values['password-tickets'],
    otherTickets: values['other-tickets'],
    allTickets: values['all-tickets'],
  };
  const label = cutText(values.label ?? basename(file), 200);
  const author = values.author?.trim() || 'npm run import-tickets';
  return { file, label, author, mapping, values };
}

function dayOf(text: string | undefined, option: string): Day | undefined {
  if (text === undefined) return undefined;
  try {
    return parseDay(text);
  } catch (cause) {
    throw new BadTicketFile(`--${option} must be a calendar day, YYYY-MM-DD.`, { cause });
  }
}

async function refuseMissing(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new BadTicketFile(`There is no file ${file} that can be read.`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(startFailure(error, null));
  process.exitCode = 1;
}
