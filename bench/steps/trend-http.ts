import { gzipSync } from 'node:zlib';
import { committer } from '../http/commit.ts';
import { type Connection, headerOf, openConnection } from '../http/connection.ts';
import { columns, rowJson } from '../http/payload.ts';
import { startServer } from '../http/server-process.ts';
import { SIGNED_IN } from '../http/token.ts';
import { median, quantile, timed } from '../statistics.ts';
import { type Trend, trends } from '../trend.ts';

export interface TrendHttpInput {
  database: string;
  rounds: number;
  /** Requests of a round. */
  times: number;
}

/**
 * The trends over HTTP, from the product and, in the same rounds, the same bytes from
 * memory by node:http. One connection, one request at a time. `cold` is asked after a
 * commit, so that no answer is kept; the others without one.
 */
export async function trendHttp({ database, rounds, times }: TrendHttpInput) {
  const app = await startServer('serve-app', database);
  const { commit, close } = committer(database);
  const results = [];
  for (const trend of trends())
    results.push(await oneTrend(app.port, trend, { rounds, times, commit }));
  close();
  await app.stop();
  return results;
}

export function pathOf({ name: _, ...question }: Trend): string {
  return `/api/v1/registration/coverage?${new URLSearchParams(question)}`;
}

type Side = 'floor' | 'cold' | 'kept' | 'gzip' | 'unchanged';

async function oneTrend(
  port: number,
  trend: Trend,
  { rounds, times, commit }: { rounds: number; times: number; commit: () => void },
) {
  const path = pathOf(trend);
  const ours = await openConnection(port);
  const gzip = { ...SIGNED_IN, 'accept-encoding': 'gzip' };
  const answer = await ours.get(path, gzip);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  const plain = await ours.get(path, SIGNED_IN);
  const text = plain.body.toString('utf8');
  const floorServer = await startServer('serve-bytes', text);
  const floor = await openConnection(floorServer.port);
  const etag = { ...SIGNED_IN, 'if-none-match': headerOf(plain, 'etag') ?? '' };
  const unchanged = await ours.get(path, etag);
  const measured: Record<Side, number[]>[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push({
      floor: await latencies(floor, path, times, {}),
      cold: await latencies(ours, path, times, SIGNED_IN, commit),
      kept: await latencies(ours, path, times, SIGNED_IN),
      gzip: await latencies(ours, path, times, gzip),
      unchanged: await latencies(ours, path, times, etag),
    });
  ours.close();
  floor.close();
  await floorServer.stop();
  const side = (name: Side) => ({
    p50: median(measured.map((round) => median(round[name]))),
    p99: quantile(
      measured.flatMap((round) => round[name]),
      0.99,
    ),
    ratio: median(measured.map((round) => median(round[name]) / median(round.floor))),
  });
  return {
    name: trend.name,
    floor: side('floor'),
    cold: side('cold'),
    kept: side('kept'),
    gzip: side('gzip'),
    unchanged: { ...side('unchanged'), status: unchanged.status },
    bytes: {
      plain: plain.body.length,
      /** As sent to a client that takes gzip. */
      sent: answer.body.length,
      encoding: headerOf(answer, 'content-encoding'),
      gzip: gzipSync(text).length,
      rowGzip: gzipSync(rowJson(text)).length,
      columnsGzip: gzipSync(columns(text)).length,
    },
  };
}

function latencies(
  connection: Connection,
  path: string,
  times: number,
  headers: Record<string, string>,
  before?: () => void,
): Promise<number[]> {
  return timed(times, () => connection.get(path, headers), before);
}
