import { randomUUID } from 'node:crypto';
import { json, type Router } from 'express';
import { tickets } from '../../db/queries/tickets.ts';
import {
  importTickets,
  previewTickets,
  type TicketFileGiven,
} from '../../db/store/ticket-imports.ts';
import { TicketsBusy } from '../../db/store/ticket-lease.ts';
import { undoTickets } from '../../db/store/undo-tickets.ts';
import { BadTicketFile } from '../../domain/tickets/bad-ticket-file.ts';
import { KNOWN_HEADINGS } from '../../domain/tickets/known-headings.ts';
import {
  TicketImportIdParameter,
  type TicketsMade,
  TicketsQuery,
  type TicketsResponse,
  UndoRequest,
} from '../contract/tickets.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { authorOf, fileBody, fileOf } from '../ticket-body.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

/** Tickets of the helpdesk: files are read, imported and undone. */
export function ticketRoutes(api: Router, deps: ApiDeps): void {
  const { log } = deps;

  api.get('/tickets', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    res.json((await listed(deps)) satisfies TicketsResponse);
  });

  api.post('/tickets', noStore, fileBody, async (req, res) => {
    const query = readQuery(req, TicketsQuery);
    const author = query.mode === 'import' ? authorOf(req) : null;
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const given = { ...fileOf(req, query, { timeZone, now: deps.now() }), label: query.label };
    const made =
      author === null
        ? await preview(deps, tenantId, given)
        : await imported(deps, tenantId, { ...given, author });
    const { rows, refused, known } = made.report;
    log.info('tickets read', { outcome: made.outcome, rows, refused, known });
    res.json(made satisfies TicketsMade);
  });

  api.post('/tickets/:id/undo', noStore, json({ limit: '64kb' }), async (req, res) => {
    const id = Number(readPath(req, 'id', TicketImportIdParameter));
    readQuery(req, NoQuery);
    const { author } = readBody(req, UndoRequest);
    const { id: tenantId } = await servedTenant(deps);
    const writer = writerOf(deps, tenantId);
    const refused = await undoTickets(writer, { id, author }).catch(refuse);
    if (refused === 'unknown') throw new AppError('not_found', 'There is no import with this id.');
    if (refused === 'over') throw new AppError('conflict', 'This import is undone already.');
    if (refused !== null)
      throw new AppError(
        'conflict',
        `Import ${refused.relied} came later and left out tickets that this one holds. Undo import ${refused.relied} first.`,
      );
    log.info('tickets undone', { import: id });
    res.json((await listed(deps)) satisfies TicketsResponse);
  });
}

function writerOf({ store, now }: ApiDeps, tenantId: number) {
  if (tenantId === 0)
    throw new AppError('conflict', 'Tickets can be imported once the first collection has begun.');
  return { store, tenantId, clock: now, holder: `server:${randomUUID()}` };
}

async function preview(
  { store }: ApiDeps,
  tenantId: number,
  given: TicketFileGiven,
): Promise<TicketsMade> {
  const report = await previewTickets(store, tenantId, given).catch(refuse);
  return { outcome: 'preview', id: null, report };
}

async function imported(
  deps: ApiDeps,
  tenantId: number,
  given: TicketFileGiven & { author: string },
): Promise<TicketsMade> {
  const made = await importTickets(writerOf(deps, tenantId), given).catch(refuse);
  return { ...made, id: String(made.id) };
}

async function listed(deps: ApiDeps): Promise<TicketsResponse> {
  const { id } = await servedTenant(deps);
  const sources = KNOWN_HEADINGS.map(({ source, title, documentation, ...known }) => ({
    ...{ source, title, documentation },
    headings: [
      ...known.date,
      ...known.number,
      ...known.categories,
      ...known.texts,
      ...known.passwordTickets,
      ...known.otherTickets,
      ...known.allTickets,
    ],
  }));
  return { ...(await tickets(deps.store, id)), sources };
}

function refuse(error: unknown): never {
  if (error instanceof BadTicketFile)
    throw new AppError('invalid', error.message, { cause: error });
  if (error instanceof TicketsBusy) throw new AppError('conflict', error.message, { cause: error });
  throw error;
}
