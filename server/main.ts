import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Config, processConfig, secretsOf } from '../jobs/config.ts';
import { startFailure } from '../jobs/start-failure.ts';
import packageFile from '../package.json' with { type: 'json' };
import { createLog, errorFacts, type Log } from './log.ts';
import { type Running, start } from './start.ts';

/** Whatever hangs at a shutdown hangs no longer than this. */
const STOP_MAX_MS = 10_000;

await main();

async function main(): Promise<void> {
  let config: Config | null = null;
  try {
    config = processConfig();
    const log = createLog((line) => process.stderr.write(`${line}\n`), Date.now, secretsOf(config));
    endOnBugs(log);
    if (config.role !== 'jobs') buildPage();
    const running = await start(config, log, packageFile.version);
    endOnSignals(running, log);
    endWithNpm(log);
    const sample = config.graph === null ? ' (sample data)' : '';
    if (running.address !== null) console.log(`Open this address${sample}: ${running.address}`);
  } catch (error) {
    console.error(startFailure(error, config));
    process.exitCode = 1;
  }
}

/** Builds the page if needed, in a process of its own: the bundler is large, and gone afterwards. */
function buildPage(): void {
  const script = fileURLToPath(new URL('build-page.ts', import.meta.url));
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function endOnSignals(running: Running, log: Log): void {
  let asked = false;
  const end = async (signal: NodeJS.Signals) => {
    if (asked) process.exit(1);
    asked = true;
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), STOP_MAX_MS).unref();
    await running.stop();
    process.exit(0);
  };
  process.on('SIGTERM', end).on('SIGINT', end);
}

/**
 * npm hands its signals to a shell that does not pass them on: ended with a signal, `npm start` would
 * leave the server behind on its port. So the server ends when the process that started it is gone.
 */
function endWithNpm(log: Log): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const startedBy = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === startedBy) return;
    clearInterval(watch);
    log.info('the process that started this one is gone');
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

// After a bug nobody foresaw, what is in memory cannot be trusted; what is stored can.
function endOnBugs(log: Log): void {
  const end = (error: unknown) => {
    log.error('unexpected failure, ending', errorFacts(error));
    process.exit(1);
  };
  process.on('unhandledRejection', end).on('uncaughtException', end);
}
