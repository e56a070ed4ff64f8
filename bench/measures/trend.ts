import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import { judged, type Row, row } from '../table.ts';
import { TREND_DAYS } from '../trend.ts';
import { bytes, latency, ms, times } from '../words.ts';

const HTTP_FLOOR = 'node:http, same bytes';

/** A trend of three years: the question alone, over HTTP, unchanged since last asked, and its size. */
export const trend: Measure = async ({ database, quick }) => {
  const rows: Row[] = [];
  const { result: alone } = await inChild('trendInProcess', { database, times: quick ? 20 : 200 });
  for (const { name, days, p50, p99, jsonMs } of alone)
    rows.push(
      row({
        what: `${name}, ${days} of ${TREND_DAYS} days: query alone, p50 / p99`,
        ours: latency(p50, p99),
        floor: `JSON.stringify of the answer ${ms(jsonMs)}`,
        ratio: times(p50 / jsonMs),
      }),
    );
  const input = { database, rounds: quick ? 1 : 5, times: quick ? 30 : 300 };
  const { result: overHttp } = await inChild('trendHttp', input);
  for (const { name, floor, cold, kept, gzip, unchanged, bytes: size } of overHttp) {
    const floorText = `${HTTP_FLOOR} ${latency(floor.p50, floor.p99)}`;
    rows.push(
      judged(
        {
          goal: 'G2',
          what: `${name} over HTTP, nothing kept, p50 / p99`,
          ours: latency(cold.p50, cold.p99),
          floor: floorText,
          ratio: times(cold.ratio),
          wanted: '<= 10x',
        },
        { value: cold.ratio, most: 10 },
      ),
      judged(
        {
          goal: 'G3',
          what: `${name} over HTTP, asked again`,
          ours: latency(kept.p50, kept.p99),
          floor: floorText,
          ratio: times(kept.ratio),
          wanted: '<= 2x',
        },
        { value: kept.ratio, most: 2 },
      ),
      row({
        what: `${name} over HTTP, asked again in gzip`,
        ours: latency(gzip.p50, gzip.p99),
        floor: floorText,
        ratio: times(gzip.ratio),
      }),
      judged(
        {
          goal: 'G3',
          what: `${name} over HTTP, ETag unchanged (${unchanged.status})`,
          ours: latency(unchanged.p50, unchanged.p99),
          floor: floorText,
          ratio: times(unchanged.ratio),
          wanted: '<= 1.5x',
        },
        { value: unchanged.ratio, most: 1.5 },
      ),
      judged(
        {
          goal: 'G11',
          what: `${name}, size in gzip (sent ${size.encoding ?? 'uncompressed'}; plain ${bytes(size.plain)})`,
          ours: bytes(size.sent),
          floor: `row JSON in gzip ${bytes(size.rowGzip)}; by columns ${bytes(size.columnsGzip)}`,
          ratio: times(size.sent / size.rowGzip),
          wanted: '<= 0.35x',
        },
        { value: size.sent / size.rowGzip, most: 0.35 },
      ),
    );
  }
  return rows;
};
