import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { openStore } from '../../db/open.ts';
import { accessBy } from '../../server/access.ts';
import { createApp } from '../../server/app.ts';
import { listen } from '../../server/listen.ts';
import { createLog } from '../../server/log.ts';
import { sessionCookie } from '../../server/session-cookie.ts';
import { createSessions } from '../../server/sessions.ts';
import { createSignIn } from '../../server/sign-in.ts';
import { TOKEN } from './token.ts';

/** The product's own server; the messages `ingest` and `rest` start and end a collection in a worker. */
const [database] = (await once(process, 'message')) as [string];
const store = await openStore(`file:${database}`);
const now = () => Date.now();
const log = createLog(() => undefined, now);
const app = createApp({
  store,
  signIn: createSignIn({
    access: accessBy(TOKEN),
    sessions: createSessions(),
    cookie: sessionCookie(false),
    now,
    log,
  }),
  timeZone: 'UTC',
  sample: false,
  adminCentre: 'https://entra.microsoft.com',
  version: '0.0.0',
  now,
  log,
  healthy: () => true,
  settingsChanged: () => undefined,
  out: {
    mail: false,
    publicUrl: null,
    newId: () => '',
    newKey: () => '',
    secretsKey: { found: () => null, needed: () => ({ complaint: 'None.' }) },
    newNonce: () => Buffer.alloc(0),
    hostComplaint: () => null,
  },
  publicUrl: null,
  pageDirectory: 'no-page',
});
const { port } = await listen(app, '127.0.0.1', 0);
process.send?.(port);
process.once('disconnect', () => process.exit(0));

let worker: Worker | null = null;
process.on('message', async (message: object | 'rest') => {
  if (message === 'rest') {
    worker?.postMessage('rest');
    const [passes] = worker ? await once(worker, 'message') : [0];
    process.send?.(passes);
    return;
  }
  worker = new Worker(new URL('../ingest-worker.ts', import.meta.url), { workerData: message });
  await once(worker, 'message'); // its first page is being read
  process.send?.('ingesting');
});
