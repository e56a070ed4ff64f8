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
  for (const { name, floor, ours, unchanged, bytes: size } of overHttp) {
    const floorText = `${HTTP_FLOOR} ${latency(floor.p50, floor.p99)}`;
    rows.push(
      judged(
        {
          goal: 'G2',
          what: `${name} over HTTP, p50 / p99`,
          ours: latency(ours.p50, ours.p99),
          floor: floorText,
          ratio: times(ours.ratio),
          wanted: '<= 10x',
        },
        { value: ours.ratio, most: 10 },
      ),
      judged(
        {
          goal: 'G3',
          what: `${name} over HTTP, asked again (no response cache yet)`,
          ours: latency(ours.p50, ours.p99),
          floor: floorText,
          ratio: times(ours.ratio),
          wanted: '<= 2x',
        },
        { value: ours.ratio, most: 2 },
      ),
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
          what: `${name}, size in gzip (sent ${size.encoding ?? 'uncompressed'}, ${bytes(size.sent)})`,
          ours: bytes(size.gzip),
          floor: `row JSON in gzip ${bytes(size.rowGzip)}; by columns ${bytes(size.columnsGzip)}`,
          ratio: times(size.gzip / size.rowGzip),
          wanted: '<= 0.35x',
        },
        { value: size.gzip / size.rowGzip, most: 0.35 },
      ),
    );
  }
  return rows;
};
