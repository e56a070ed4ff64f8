import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '../../jobs/config.ts';
import { startJobs } from '../../server/jobs-thread.ts';
import { createLog } from '../../server/log.ts';
import { emptyFolder } from '../build/server.ts';

/** Starts jobs that do what `script` says, and collects what is logged. */
function startScript(script: string) {
  const file = join(emptyFolder(), 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort, workerData } from 'node:worker_threads';
     const say = (event, facts) => parentPort.postMessage({ type: 'log', level: 'info', event, facts });
     ${script}`,
  );
  const events: string[] = [];
  const log = createLog((line) => events.push(JSON.parse(line).event), Date.now);
  const jobs = startJobs(readConfig({ PORT: '1234' }), log, {
    file: pathToFileURL(file),
    stopGraceMs: 500,
  });
  onTestFinished(() => jobs.stop());
  return { jobs, events };
}

const ECHO = `parentPort.on('message', ({ type }) => {
  say(type + ' at port ' + workerData.port);
  if (type === 'stop') parentPort.close();
});`;

test('jobs get the config, are told of changed settings, and end at a safe point', async () => {
  const { jobs, events } = startScript(ECHO);

  jobs.tell({ type: 'settings' });
  await jobs.stop();

  expect(events).toEqual(['settings at port 1234', 'stop at port 1234']);
  expect(jobs.isAlive()).toBe(false);
});

test('jobs that die are started again', async () => {
  const { jobs, events } = startScript(
    `say('started'); setTimeout(() => { throw new Error('bug') });`,
  );

  await vi.waitFor(
    () => expect(events.filter((event) => event === 'started')).toHaveLength(2),
    5000,
  );

  expect(events.slice(0, 3)).toEqual(['started', 'jobs failed', 'jobs ended, starting them again']);
  await jobs.stop();
});

test('jobs that do not end are ended', async () => {
  const { jobs, events } = startScript(`say('busy'); for (;;);`);
  await vi.waitFor(() => expect(jobs.isAlive()).toBe(true));

  const startedAt = performance.now();
  await jobs.stop();

  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(events).not.toContain('jobs ended, starting them again');
});
