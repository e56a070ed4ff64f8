import { parentPort, workerData } from 'node:worker_threads';
import { type IngestInput, ingest } from './steps/ingest.ts';

/**
 * Ingests at full speed, day after day, until told to rest; then says how often it
 * read everything.
 */
const input = workerData as Omit<IngestInput, 'listing'>;
let resting = false;
parentPort?.once('message', () => {
  resting = true;
});
parentPort?.postMessage('ingesting');
let passes = 0;
for (; !resting; passes++) {
  const listing = passes % 2 === 0 ? 'registration-0' : 'registration-1';
  await ingest({ ...input, listing, at: input.at + passes * 3_600_000 });
  await new Promise((resolve) => setImmediate(resolve)); // lets the message in
}
parentPort?.postMessage(passes);
