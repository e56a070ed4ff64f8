import { setTimeout as sleep } from 'node:timers/promises';
import { openConnection } from '../http/connection.ts';
import { startServer } from '../http/server-process.ts';
import { SIGNED_IN } from '../http/token.ts';
import { quantile } from '../statistics.ts';
import { departmentTrend } from '../trend.ts';
import { pathOf } from './trend-http.ts';

/** A request begins so often, whether or not the one before has ended. */
export const EVERY_MS = 20;

export interface ApiWhileIngestingInput {
  database: string;
  folder: string;
  pages: number;
  at: number;
  rounds: number;
  /** How long each side of a round lasts. */
  lastsMs: number;
}

/**
 * Latency of a department's trend while nothing else happens, and while a worker ingests
 * at full speed. Every question is a new one, so that no kept answer flatters either side.
 */
export async function apiWhileIngesting(input: ApiWhileIngestingInput) {
  const { database, folder, pages, at, rounds, lastsMs } = input;
  const app = await startServer('serve-app', database);
  const connection = await openConnection(app.port);
  let asked = 0;
  const ask = () => connection.get(pathOf(departmentTrend(asked++)), SIGNED_IN);
  await openLoop(ask, lastsMs / 4);
  const idle: number[] = [];
  const busy: number[] = [];
  let passes = 0;
  for (let round = 0; round < rounds; round++) {
    idle.push(...(await openLoop(ask, lastsMs)));
    await app.tell({ database, folder, pages, at: at + round * 86_400_000 });
    busy.push(...(await openLoop(ask, lastsMs)));
    passes += (await app.tell('rest')) as number;
  }
  connection.close();
  await app.stop();
  const side = (values: number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) });
  return { idle: side(idle), busy: side(busy), passes };
}

/** Latencies from the instant each request was due, so that waiting for the one before counts. */
async function openLoop(ask: () => Promise<unknown>, lastsMs: number): Promise<number[]> {
  const startedAt = performance.now();
  const took: number[] = [];
  for (let due = startedAt; due < startedAt + lastsMs; due += EVERY_MS) {
    const earlyMs = due - performance.now();
    if (earlyMs > 0) await sleep(earlyMs);
    const begunAt = Math.max(due, earlyMs > 0 ? performance.now() : due);
    await ask();
    took.push(performance.now() - begunAt);
  }
  return took;
}
