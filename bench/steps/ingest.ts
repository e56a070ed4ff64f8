import { collectPeople } from '../../jobs/feeds/people.ts';
import { collectRegistration } from '../../jobs/feeds/registration.ts';
import { asJob, collect, openTimed, readerOf } from '../collecting.ts';
import { type Listing, pagesOf } from '../pages.ts';

export interface IngestInput {
  database: string;
  folder: string;
  listing: Listing;
  pages: number;
  /** When the listing is read, UTC milliseconds. */
  at: number;
}

/** Takes a listing into the database: reading, comparing, storing, publishing, closing. */
export async function ingest({ database, folder, listing, pages, at }: IngestInput) {
  const { store, times } = await openTimed(database);
  const startedAt = performance.now();
  let readMs = 0;
  const graph = readerOf(function* () {
    yield* pagesOf(folder, listing, pages);
    readMs = performance.now() - startedAt;
  });
  const feed = listing === 'users' ? collectPeople : collectRegistration;
  const name = listing === 'users' ? 'people' : 'registration';
  const counts = await asJob(store, at, (lease, clock) =>
    collect(lease, clock, { feed, name, graph }),
  );
  await store.close();
  return {
    ...counts,
    /** Milliseconds, of the whole, and until the last page was stored. */
    tookMs: performance.now() - startedAt,
    readMs,
    bytes: graph.received,
    transactions: times.count,
    longestMs: times.longestMs,
  };
}
