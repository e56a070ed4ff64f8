import { type Bench, type Measure, sizesOf } from '../bench.ts';
import { inChild } from '../child.ts';
import { snapshotAt } from '../pages.ts';
import { median } from '../statistics.ts';
import { judged, type Row } from '../table.ts';
import { figure, megabytes, percent, seconds, times } from '../words.ts';

/** The same people a day later, 0.3 % of them changed: at two sizes, to see what grows. */
export const dailyDiff: Measure = async (bench) => {
  const rows: Row[] = [];
  for (const size of sizesOf(bench)) rows.push(...(await oneSize(bench, size)));
  return rows;
};

type Pair = Awaited<ReturnType<typeof pair>>;

/** A day's read, and the floor beside it. */
async function pair(
  { folder, database, pages }: { folder: string; database: string; pages: number },
  round: number,
) {
  const listing = round % 2 === 0 ? ('registration-1' as const) : ('registration-0' as const);
  const floor = await inChild('parseOnly', { folder, listing, pages, parsed: false });
  const at = snapshotAt(1 + round);
  return { floor, ours: await inChild('ingest', { folder, listing, pages, database, at }) };
}

async function oneSize(
  { folder, rounds }: Bench,
  { database, pages, people }: { database: string; pages: number; people: number },
): Promise<Row[]> {
  const measured: Pair[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push(await pair({ folder, database, pages }, round));
  const middle = (of: (one: Pair) => number) => median(measured.map(of));
  const time = middle(({ floor, ours }) => ours.result.tookMs / floor.result.tookMs);
  const written = middle(({ ours }) => (ours.writtenBytes ?? Number.NaN) / ours.result.bytes);
  const memory = middle(({ floor, ours }) => ours.peakBytes / floor.peakBytes);
  const readMs = middle(({ ours }) => ours.result.readMs);
  const tookMs = middle(({ ours }) => ours.result.tookMs);
  const longestMs = middle(({ ours }) => ours.result.longestMs);
  const size = `${figure(people)} people`;
  const floorMs = middle(({ floor }) => floor.result.tookMs);
  return [
    judged(
      {
        goal: 'G4',
        what: `day with 0.3 % changed, ${size}: time`,
        ours: `${seconds(tookMs)} (compare ${seconds(readMs)}, publish ${seconds(tookMs - readMs)})`,
        floor: `read + JSON.parse ${seconds(floorMs)}`,
        ratio: times(time),
        wanted: '<= 3x',
      },
      { value: time, most: 3 },
    ),
    judged(
      {
        goal: 'G5',
        what: `day with 0.3 % changed, ${size}: bytes written`,
        ours: megabytes(middle(({ ours }) => ours.writtenBytes ?? Number.NaN)),
        floor: `received ${megabytes(middle(({ ours }) => ours.result.bytes))}`,
        ratio: percent(written),
        wanted: '<= 10 %',
      },
      { value: written, most: 0.1 },
    ),
    judged(
      {
        goal: 'G6',
        what: `day with 0.3 % changed, ${size}: peak memory`,
        ours: `${megabytes(middle(({ ours }) => ours.peakBytes))} (modules alone ${megabytes(middle(({ ours }) => ours.loadedBytes))})`,
        floor: `read + JSON.parse ${megabytes(middle(({ floor }) => floor.peakBytes))}`,
        ratio: times(memory),
        wanted: '<= 2.5x, flat',
      },
      { value: memory, most: 2.5 },
    ),
    judged(
      {
        goal: '',
        what: `day with 0.3 % changed, ${size}: longest transaction`,
        ours: `${longestMs.toFixed(1)} ms of ${figure(middle(({ ours }) => ours.result.transactions))}`,
        wanted: '<= 50 ms',
      },
      { value: longestMs, most: 50 },
    ),
  ];
}
