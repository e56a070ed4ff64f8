import { readFileSync } from 'node:fs';
import { openStore } from '../../db/open.ts';
import { dayCutter } from '../../domain/day.ts';
import { deliverDue } from '../../jobs/out/deliver.ts';
import { sendersBy } from '../../jobs/out/senders.ts';
import { OUTBOX_NOW, testSecretsKey } from './outbox.ts';

// A process that is killed between the receiver's acknowledgement and its note of it.
const [database = '', certificate = '', host = ''] = process.argv.slice(2);
const store = await openStore(database);
const senders = sendersBy({
  internalHosts: [host],
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  ca: readFileSync(certificate, 'utf8'),
  mail: null,
  hostname: 'this-machine',
});
await deliverDue({
  store,
  tenantId: 1,
  secretsKey: testSecretsKey,
  senders: {
    ...senders,
    webhook: async (outgoing) => {
      await senders.webhook(outgoing);
      process.kill(process.pid, 'SIGKILL');
      return new Promise<never>(() => undefined);
    },
  },
  clock: () => OUTBOX_NOW,
  random: () => 0,
  cutter: dayCutter('UTC'),
  publicUrl: null,
  acknowledged: new Map(),
  signal: new AbortController().signal,
  onBug: (error) => console.error(error),
});
