import { type Measure, sizesOf } from '../bench.ts';
import { inChild } from '../child.ts';
import { snapshotAt } from '../pages.ts';
import { row } from '../table.ts';
import { figure, megabytes, ms, perSecond, seconds, times } from '../words.ts';

/** The first collection of an empty database: the registration report, then /users. */
export const firstIngest: Measure = async (bench) => {
  const { folder } = bench;
  const rows = [];
  for (const { database, pages, people } of sizesOf(bench)) {
    const listing = { folder, listing: 'registration-0' as const, pages };
    const floor = await inChild('parseOnly', { ...listing, parsed: false });
    const parsed = await inChild('parseOnly', { ...listing, parsed: true });
    const ours = await inChild('ingest', { ...listing, database, at: snapshotAt(0) });
    const users = { folder, listing: 'users' as const, pages, database, at: snapshotAt(0) };
    const second = await inChild('ingest', users);
    const size = `${figure(people)} people`;
    const { result } = ours;
    rows.push(
      row({
        what: `first report, ${size}: speed`,
        ours: `${perSecond(people, result.tookMs)} (${seconds(result.tookMs)})`,
        floor: `read + JSON.parse ${perSecond(people, floor.result.tookMs)}`,
        ratio: times(result.tookMs / floor.result.tookMs),
      }),
      row({
        what: `first report, ${size}: with our parser, nothing stored`,
        ours: perSecond(people, parsed.result.tookMs),
        floor: `read + JSON.parse ${perSecond(people, floor.result.tookMs)}`,
        ratio: times(parsed.result.tookMs / floor.result.tookMs),
      }),
      row({
        what: `first report, ${size}: bytes written`,
        ours: ours.writtenBytes === null ? '-' : megabytes(ours.writtenBytes),
        floor: `received ${megabytes(result.bytes)}`,
        ratio: times((ours.writtenBytes ?? Number.NaN) / result.bytes),
      }),
      row({
        what: `first report, ${size}: peak memory`,
        ours: `${megabytes(ours.peakBytes)} (modules alone ${megabytes(ours.loadedBytes)})`,
        floor: `read + JSON.parse ${megabytes(floor.peakBytes)}`,
        ratio: times(ours.peakBytes / floor.peakBytes),
      }),
      row({
        what: `first report, ${size}: longest transaction`,
        ours: `${ms(result.longestMs)} of ${figure(result.transactions)}`,
        wanted: '<= 50 ms',
        met: result.longestMs <= 50 ? 'yes' : 'no',
      }),
      row({
        what: `first /users, ${size}: speed`,
        ours: `${perSecond(people, second.result.tookMs)} (${seconds(second.result.tookMs)})`,
        floor: `received ${megabytes(second.result.bytes)}`,
        ratio: `written ${times((second.writtenBytes ?? Number.NaN) / second.result.bytes)}`,
      }),
    );
  }
  return rows;
};
