import { json, type Router } from 'express';
import { deflectionInput } from '../../db/queries/deflection-input.ts';
import { deflectionMonths } from '../../db/queries/deflection-months.ts';
import { isHybrid } from '../../db/queries/hybrid.ts';
import {
  type AssumptionVersion,
  addAssumptions,
  assumptionVersions,
  currentAssumptions,
  SameAssumptions,
} from '../../db/store/assumptions.ts';
import { changesBetween } from '../../domain/deflection/assumption-changes.ts';
import { complaintsOf } from '../../domain/deflection/assumption-complaints.ts';
import { MEANINGS } from '../../domain/deflection/assumption-meanings.ts';
import { type AssumptionSet, DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import { COST_PRESETS } from '../../domain/money/cost-presets.ts';
import {
  AssumptionsChange,
  type AssumptionsResponse,
  DeflectionQuery,
  type DeflectionResponse,
  DeflectionTrendQuery,
  type DeflectionTrendResponse,
} from '../contract/deflection.ts';
import { AppError } from '../errors.ts';
import { keptReports } from '../kept-reports.ts';
import { NoQuery, readBody, readQuery } from '../query.ts';
import type { Kept } from '../response-cache.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

/** Tickets avoided and what they are worth; who made the assumptions is typed in, so those answers are kept nowhere. */
export function deflectionRoutes(api: Router, deps: ApiDeps, kept: Kept): void {
  const { store, log } = deps;
  const reportOf = keptReports();

  api.get('/deflection', noStore, async (req, res) => {
    const period = readQuery(req, DeflectionQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const { set, ...version } = await currentAssumptions(store, tenantId);
    const { asOf, input } = await deflectionInput(store, { tenantId, timeZone, ...period, set });
    res.json({
      ...reportOf(input),
      ...{ asOf: isoTextOrNull(asOf), timeZone, daysCollected: input.daysCollected },
      hybrid: await isHybrid(store, tenantId),
      assumptions: { ...answered(version), set },
    } satisfies DeflectionResponse);
  });

  api.get(
    '/deflection/trend',
    kept(async (req) => {
      const period = readQuery(req, DeflectionTrendQuery);
      const { id: tenantId, timeZone } = await servedTenant(deps);
      const { set } = await currentAssumptions(store, tenantId);
      const answer = await deflectionMonths(store, { tenantId, timeZone, ...period, set });
      return answer satisfies DeflectionTrendResponse;
    }),
  );

  api.get('/assumptions', noStore, async (req, res) => {
    readQuery(req, NoQuery);
    res.json(await assumptionsOf(deps, (await servedTenant(deps)).id));
  });

  api.put('/assumptions', noStore, json({ limit: '32kb' }), async (req, res) => {
    readQuery(req, NoQuery);
    const change = readBody(req, AssumptionsChange);
    refuseUnworkable(change.set);
    const { id: tenantId } = await servedTenant(deps);
    if (tenantId === 0)
      throw new AppError(
        'conflict',
        'Assumptions can be changed once the first collection has begun.',
      );
    const made = await addAssumptions(store, tenantId, change, deps.now()).catch(refuseSame);
    log.info('assumptions changed', { version: made.version });
    deps.settingsChanged(); // the forecast of desk hours takes the handle time of the assumptions
    res.json(await assumptionsOf(deps, tenantId));
  });
}

async function assumptionsOf({ store }: ApiDeps, tenantId: number): Promise<AssumptionsResponse> {
  const versions = await assumptionVersions(store, tenantId);
  const [current] = versions;
  if (!current) throw new Error('Version 0 is gone');
  const { set, ...version } = current;
  return {
    current: { ...answered(version), set },
    defaults: DEFAULT_SET,
    meanings: [...MEANINGS],
    presets: [...COST_PRESETS],
    versions: versions.map(({ set: own, ...one }, i) => {
      const before = versions[i + 1];
      return { ...answered(one), changes: before ? changesBetween(before.set, own) : [] };
    }),
  };
}

function answered({ madeAt, ...version }: Omit<AssumptionVersion, 'set'>) {
  return { ...version, madeAt: isoTextOrNull(madeAt) };
}

/** What each value alone may be is in the contract; this is what they may be together. */
function refuseUnworkable(set: AssumptionSet): void {
  const complaints = complaintsOf(set).map(({ path, message }) => `set.${path}: ${message}`);
  if (complaints.length > 0) throw new AppError('invalid', complaints.join('; '));
}

function refuseSame(error: unknown): never {
  if (error instanceof SameAssumptions)
    throw new AppError('conflict', error.message, { cause: error });
  throw error;
}
