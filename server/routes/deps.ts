import type { RequestHandler } from 'express';
import { currentTenant, type Tenant } from '../../db/store/tenant.ts';
import type { Store } from '../../db/store-types.ts';
import type { Log } from '../log.ts';
import type { SignIn } from '../sign-in.ts';

/** What the endpoints need. */
export interface ApiDeps {
  store: Store;
  signIn: SignIn;
  /** Zone that holds until a tenant is known (TENANT_TIME_ZONE), IANA name. */
  timeZone: string;
  /** Whether the sample tenant is served. */
  sample: boolean;
  /** Origin of the admin centre of the tenant's cloud. */
  adminCentre: string;
  /** Of the package. */
  version: string;
  now: () => number;
  log: Log;
  /** False when the jobs have stopped working. */
  healthy: () => boolean;
  /** Tells the jobs that settings have changed. */
  settingsChanged: () => void;
}

export type ServedTenant = Pick<Tenant, 'id' | 'name' | 'timeZone' | 'sample'>;

/**
 * The tenant that is served. Before the first collection none is known: number 0
 * then stands for it, for which every query finds nothing.
 */
export async function servedTenant(deps: ApiDeps): Promise<ServedTenant> {
  const nobody = { id: 0, name: null, timeZone: deps.timeZone, sample: deps.sample };
  return (await currentTenant(deps.store)) ?? nobody;
}

/** Answers with names of people stay out of every cache. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
