import type { HeldLease } from '../../db/store/lease.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Name } from '../../demo/sample/names.ts';
import { dayCutter } from '../../domain/day.ts';
import { parseRegistrationDetails } from '../../jobs/graph/registration-details.ts';
import { asJob, openTimed } from '../collecting.ts';
import { fillDays } from '../history/fill-days.ts';
import { historyStorage } from '../history/storage.ts';
import { PAGE_SIZE, snapshotAt } from '../pages.ts';
import { changedOn, namesOf, registrationRecord } from '../population.ts';

export interface HistoryInput {
  database: string;
  people: number;
  /** The first day, after those that are stored. */
  firstDay: number;
  /** Days whose snapshots go through the product. */
  days: number;
  /** Days that the history has in the end, counted from day 0. */
  daysInAll: number;
}

/**
 * Goes on with the history: some days through the product, of which only the pages
 * of changed people, and the rest written as the product would have written them.
 */
export async function history({ database, people, firstDay, days, daysInAll }: HistoryInput) {
  const { store, times } = await openTimed(database);
  const names = namesOf(people);
  const dayMs: number[] = [];
  let changed = 0;
  await asJob(store, snapshotAt(firstDay), async (lease) => {
    for (let day = firstDay; day < firstDay + days; day++) {
      const startedAt = performance.now();
      changed += await oneDay(lease, day, names);
      dayMs.push(performance.now() - startedAt);
    }
  });
  const longestMs = times.longestMs;
  await asJob(store, snapshotAt(firstDay + days), (lease) =>
    fillDays(lease, { people, firstDay: firstDay + days, untilDay: daysInAll }),
  );
  const storage = await historyStorage(store);
  await store.close();
  return { dayMs, changed, longestMs, storage };
}

async function oneDay(lease: HeldLease, day: number, names: readonly Name[]): Promise<number> {
  const takenAt = snapshotAt(day);
  const ingest = await SnapshotIngest.begin(lease, {
    takenAt,
    day: dayCutter('UTC').dayOf(takenAt),
  });
  const refreshedAt = new Date(takenAt).toISOString();
  const rows = [...changedOn(day, names.length)].flatMap((number) => {
    const record = registrationRecord(number, names[number] as Name, { since: day, refreshedAt });
    const parsed = parseRegistrationDetails(record);
    return parsed.ok ? [parsed.row] : [];
  });
  let changed = 0;
  for (let i = 0; i < rows.length; i += PAGE_SIZE)
    changed += (await ingest.page(rows.slice(i, i + PAGE_SIZE))).changed;
  // Nobody leaves: `leavers` is not asked, as only changed people were read.
  await publishSnapshot(lease, { id: ingest.id, people: names.length, rejected: 0, totals: [] });
  return changed;
}
