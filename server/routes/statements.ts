import { json, type Request, type Router } from 'express';
import { statementBody } from '../../db/queries/statement-body.ts';
import { statementMonth, statementMonths } from '../../db/queries/statement-months.ts';
import { type StatementRow, statementById, statements } from '../../db/queries/statements.ts';
import { freezeMonth, frozenBody, hashOf, SameStatement } from '../../db/store/statements.ts';
import { isoText } from '../../domain/instant.ts';
import { type StatementBody as FrozenBody, isReproduced } from '../../domain/statement/body.ts';
import { monthName } from '../../domain/statement/month.ts';
import {
  StatementBody,
  StatementIdParameter,
  StatementRequest,
  type StatementResponse,
  type StatementsResponse,
} from '../contract/statements.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { frozenName, statementName } from '../statement-pdf/file-names.ts';
import { statementPdf } from '../statement-pdf/statement-pdf.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

/** Frozen months. Authors are typed in, so the answers are kept nowhere. */
export function statementRoutes(api: Router, deps: ApiDeps): void {
  const { store } = deps;

  api.get('/statements', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    res.json({
      statements: (await statements(store, tenantId)).map(headOf),
      months: await statementMonths(store, { tenantId, timeZone }),
    } satisfies StatementsResponse);
  });

  api.post('/statements', noStore, json({ limit: '16kb' }), async (req, res) => {
    readQuery(req, NoQuery);
    res.json(answerOf(await frozen(deps, readBody(req, StatementRequest))));
  });

  // Before the one without an extension, which would take them for its own.
  api.get('/statements/:id.pdf', noStore, async (req, res) => {
    const row = await asked(deps, req);
    if (!isIntact(row)) throw new AppError('conflict', TAMPERED);
    const bytes = await statementPdf({ ...headOf(row), body: bodyOf(row), text: row.body });
    res.attachment(statementName(row)).type('application/pdf').send(bytes);
  });

  api.get('/statements/:id.json', noStore, async (req, res) => {
    const row = await asked(deps, req);
    const bytes = Buffer.from(row.body, 'utf8'); // the very ones that were hashed
    res.attachment(frozenName(row)).type('application/json').send(bytes);
  });

  api.get('/statements/:id', noStore, async (req, res) => {
    const row = await asked(deps, req);
    res.json(answerOf(row));
  });
}

const TAMPERED =
  'The frozen text of this statement no longer has the hash it was frozen with: somebody has changed it in the database. Freeze the month again, or restore a backup.';

async function asked(deps: ApiDeps, req: Request): Promise<StatementRow> {
  const id = readPath(req, 'id', StatementIdParameter);
  readQuery(req, NoQuery);
  const { id: tenantId } = await servedTenant(deps);
  const row = await statementById(deps.store, tenantId, Number(id));
  if (!row) throw new AppError('not_found', 'There is no statement with this id.');
  return row;
}

async function frozen(deps: ApiDeps, { month, author }: StatementRequest): Promise<StatementRow> {
  const { store, version: program, now, log } = deps;
  const { id: tenantId, name, timeZone, sample } = await servedTenant(deps);
  const { why } = await statementMonth(store, { tenantId, timeZone, month });
  if (why !== null) throw new AppError('conflict', why);
  const tenant = name ?? 'Name of the tenant not known';
  const body = await statementBody(store, { tenantId, tenant, timeZone, sample, program, month });
  if (!body)
    throw new AppError('conflict', `There is nothing to freeze of ${monthName(month)} yet.`);
  const row = await freezeMonth(store, tenantId, { body, author, madeAt: now() }).catch(refuseSame);
  log.info('month frozen', { month, revision: row.revision });
  return row;
}

function refuseSame(error: unknown): never {
  if (error instanceof SameStatement)
    throw new AppError('conflict', error.message, { cause: error });
  throw error;
}

function answerOf(row: StatementRow): StatementResponse {
  const body = bodyOf(row);
  return { ...headOf(row), body, intact: isIntact(row), reproduced: isReproduced(body) };
}

const isIntact = ({ body, hash }: StatementRow): boolean => hashOf(body) === hash;

function bodyOf(row: StatementRow): FrozenBody {
  const body = frozenBody(row.body);
  if (!body || !StatementBody.safeParse(body).success) throw new AppError('conflict', TAMPERED);
  return body;
}

/** A statement in the list; one that was tampered with until it cannot be read shows no figures. */
function headOf(row: StatementRow): StatementsResponse['statements'][number] {
  const { id, month, revision, madeAt, author, assumptionsVersion, hash } = row;
  const body = StatementBody.safeParse(frozenBody(row.body)).data;
  return {
    ...{ id: String(id), month, revision, madeAt: isoText(madeAt), author },
    ...{ assumptionsVersion, hash },
    evidence: body?.figures.evidence ?? 'logs',
    currency: body?.assumptions.set.money.currency ?? '',
    avoided: body?.figures.avoided ?? null,
    desk: body?.figures.saving?.desk ?? null,
  };
}
