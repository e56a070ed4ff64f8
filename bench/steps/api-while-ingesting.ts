import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openConnection } from '../http/connection.ts';
import { startServer } from '../http/server-process.ts';
import { SIGNED_IN } from '../http/token.ts';
import { quantile } from '../statistics.ts';
import { trends } from '../trend.ts';
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

/** Latency of the trend of everybody while nothing else happens, and while a worker ingests at full speed. */
export async function apiWhileIngesting(input: ApiWhileIngestingInput) {
  const { database, folder, pages, at, rounds, lastsMs } = input;
  const app = await startServer('serve-app', database);
  const connection = await openConnection(app.port);
  const [trend] = trends();
  const path = trend ? pathOf(trend) : '';
  await openLoop(connection, path, lastsMs / 4);
  const idle: number[] = [];
  const busy: number[] = [];
  let passes = 0;
  for (let round = 0; round < rounds; round++) {
    idle.push(...(await openLoop(connection, path, lastsMs)));
    await app.tell({ database, folder, pages, at: at + round * 86_400_000 });
    busy.push(...(await openLoop(connection, path, lastsMs)));
    passes += (await app.tell('rest')) as number;
  }
  connection.close();
  await app.stop();
  const side = (values: number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) });
  return { idle: side(idle), busy: side(busy), passes };
}

/** Latencies from the instant each request was due, so that waiting for the one before counts. */
async function openLoop(connection: Connection, path: string, lastsMs: number): Promise<number[]> {
  const startedAt = performance.now();
  const took: number[] = [];
  for (let due = startedAt; due < startedAt + lastsMs; due += EVERY_MS) {
    const earlyMs = due - performance.now();
    if (earlyMs > 0) await sleep(earlyMs);
    const begunAt = Math.max(due, earlyMs > 0 ? performance.now() : due);
    await connection.get(path, SIGNED_IN);
    took.push(performance.now() - begunAt);
  }
  return took;
}
