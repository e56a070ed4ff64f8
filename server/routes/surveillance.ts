import { json, type Router } from 'express';
import { rangeComplaint } from '../../db/company-addresses.ts';
import { backtest } from '../../db/queries/backtest.ts';
import { surveillance } from '../../db/queries/surveillance.ts';
import { addSurveillance, SameSurveillance } from '../../db/store/surveillance-settings.ts';
import type { SurveillanceSettings } from '../../domain/surveillance/settings.ts';
import {
  BacktestRequest,
  type BacktestResponse,
  SurveillanceChange,
  type SurveillanceResponse,
} from '../contract/surveillance.ts';
import { AppError } from '../errors.ts';
import { inTurns } from '../in-turns.ts';
import { NoQuery, readBody, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

const body = json({ limit: '128kb' });

/** What alerts are raised by, and what other settings would have raised. Who set them is typed in: kept nowhere. */
export function surveillanceRoutes(api: Router, deps: ApiDeps): void {
  const { store, log } = deps;
  const inTurn = inTurns();

  api.get('/surveillance', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    res.json(await shown(deps));
  });

  api.put('/surveillance', noStore, body, async (req, res) => {
    readQuery(req, NoQuery);
    const { settings, author, note } = readBody(req, SurveillanceChange);
    refuseBadRanges(settings);
    const { id: tenantId } = await servedTenant(deps);
    if (tenantId === 0)
      throw new AppError(
        'conflict',
        'These settings can be changed once the first collection has begun.',
      );
    const change = { author, note: note || null, settings };
    const made = await addSurveillance(store, tenantId, change, deps.now()).catch(refuseSame);
    log.info('surveillance settings changed', { version: made.version });
    deps.settingsChanged();
    res.json(await shown(deps));
  });

  api.post('/surveillance/backtest', noStore, body, async (req, res) => {
    readQuery(req, NoQuery);
    const { settings } = readBody(req, BacktestRequest);
    refuseBadRanges(settings);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    // One after another: together they would hold up everybody else for as long as all of them take.
    const answer = await inTurn(() => backtest(store, { tenantId, timeZone, settings }));
    res.json(answer satisfies BacktestResponse);
  });
}

async function shown(deps: ApiDeps): Promise<SurveillanceResponse> {
  const { id: tenantId, timeZone } = await servedTenant(deps);
  return surveillance(deps.store, { tenantId, timeZone });
}

/** All complaints at once, each with its line. */
function refuseBadRanges({ companyAddresses }: SurveillanceSettings): void {
  const complaints = companyAddresses.flatMap((entry, index) => {
    const complaint = rangeComplaint(entry);
    return complaint === null ? [] : [`settings.companyAddresses: line ${index + 1}: ${complaint}`];
  });
  if (complaints.length > 0) throw new AppError('invalid', complaints.join('; '));
}

function refuseSame(error: unknown): never {
  if (error instanceof SameSurveillance)
    throw new AppError('conflict', error.message, { cause: error });
  throw error;
}
