import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { lockInstance } from '../db/instance-lock.ts';
import { openStore } from '../db/open.ts';
import { NONCE_BYTES } from '../db/store/channel-secrets.ts';
import type { Store } from '../db/store-types.ts';
import type { Config } from '../jobs/config.ts';
import { hostComplaint } from '../jobs/out/host-complaint.ts';
import { secretsKey } from '../jobs/out/secrets-key.ts';
import { accessBy, keptToken } from './access.ts';
import { createApp } from './app.ts';
import { type JobsThread, startJobs } from './jobs-thread.ts';
import { type Listening, listen } from './listen.ts';
import type { Log } from './log.ts';
import { watchLoop } from './loop-watch.ts';
import type { OutDeps } from './routes/deps.ts';
import { sessionCookie } from './session-cookie.ts';
import { createSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';

const PAGE_DIRECTORY = fileURLToPath(new URL('../dist/web', import.meta.url));

export interface Running {
  /** The address to open, with the token where it was made by us; null: nothing is served (ROLE=jobs). */
  address: string | null;
  /** Ends requests, jobs and database, in that order. */
  stop(): Promise<void>;
}

/**
 * Starts what `config` asks for: lock and database, then jobs, then HTTP. What
 * was started is stopped again when a later step fails.
 */
export async function start(config: Config, log: Log, version: string): Promise<Running> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    if (config.databasePath !== null) {
      const lock = lockInstance(config.databasePath);
      stops.push(() => lock.release());
    }
    const store = await openStore(config.databaseUrl, { madeUp: config.graph === null });
    stops.push(() => store.close());
    const jobs = config.role === 'web' ? null : startJobs(config, log);
    if (jobs) stops.push(() => jobs.stop());
    stops.push(watchLoop(log));
    if (config.role === 'jobs') return { address: null, stop };
    const token = config.accessToken ?? keptToken(config.dataDirectory);
    const server = await serve(config, { store, jobs, log, version, token });
    stops.push(() => server.stop());
    return { address: addressOf(config, server.port, token), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Parts {
  store: Store;
  jobs: JobsThread | null;
  log: Log;
  version: string;
  token: string;
}

function serve(config: Config, { store, jobs, log, version, token }: Parts): Promise<Listening> {
  const now = Date.now;
  const app = createApp({
    store,
    signIn: createSignIn({
      access: accessBy(token),
      sessions: createSessions(),
      cookie: sessionCookie(config.publicUrl?.startsWith('https:') ?? false),
      now,
      log,
    }),
    timeZone: config.timeZone,
    sample: config.graph === null,
    adminCentre: config.adminCentre,
    version,
    now,
    log,
    healthy: () => jobs?.isAlive() ?? true,
    settingsChanged: () => jobs?.tell({ type: 'settings' }),
    out: outDeps(config),
    publicUrl: config.publicUrl,
    pageDirectory: PAGE_DIRECTORY,
  });
  return listen(app, config.host, config.port);
}

function outDeps(config: Config): OutDeps {
  const { mail, internalHosts, publicUrl } = config;
  return {
    mail: mail !== null,
    publicUrl,
    newId: randomUUID,
    newKey: () => randomBytes(32).toString('base64'),
    secretsKey: secretsKey(config, randomBytes),
    newNonce: () => randomBytes(NONCE_BYTES),
    hostComplaint: (host, plainTcp) => hostComplaint(host, { internalHosts, plainTcp }),
  };
}

function addressOf({ publicUrl, host, accessToken }: Config, port: number, token: string): string {
  const origin = publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  // A fragment is not sent to the server, so the token gets into no log.
  return accessToken === null ? `${origin}/#token=${token}` : `${origin}/`;
}
