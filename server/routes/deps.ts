import type { RequestHandler } from 'express';
import type { SecretsKey } from '../../db/store/channel-secrets.ts';
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
  /** What is to be known of sending alerts, which the jobs do. */
  out: OutDeps;
}

export interface OutDeps {
  /** Whether a mail server is set up. */
  mail: boolean;
  /** Origin of the links in messages (PUBLIC_URL); null: they have none. */
  publicUrl: string | null;
  /** A new UUID with each call. */
  newId: () => string;
  /** A new key to sign with, 32 random bytes in base64. */
  newKey: () => string;
  /** What the secrets of channels are sealed with. */
  secretsKey: SecretsKey;
  /** 12 random bytes with each call, for sealing. */
  newNonce: () => Buffer;
  /** What speaks against sending to a host, in a sentence that does not name it; null: nothing that can be told beforehand. */
  hostComplaint: (host: string, plainTcp: boolean) => string | null;
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
