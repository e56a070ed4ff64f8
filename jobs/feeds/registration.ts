import { publishedPeople } from '../../db/queries/published-people.ts';
import {
  finishSnapshots,
  type GraphTotal,
  publishSnapshot,
} from '../../db/store/publish-snapshot.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import { HOUR_MS } from '../../domain/day.ts';
import { GraphFailure } from '../graph/errors.ts';
import {
  type FeatureTotals,
  parseRegisteredByFeature,
  registeredByFeaturePath,
} from '../graph/registered-by-feature.ts';
import {
  parseRegistrationDetails,
  registrationDetailsPath,
} from '../graph/registration-details.ts';
import { type FeedDeps, type FeedResult, readPage, refuseTooMany } from './feed.ts';

const SHRUNK_SHARE = 0.2;
const SHRUNK_PEOPLE = 50;
const AGREES_SHARE = 0.05;

/**
 * Takes a snapshot of the registration report. It counts only when every page was
 * read (P1), and one that shrank by over a fifth and 50 people only when a second
 * one, an hour later or more, agrees (P2).
 */
export async function collectRegistration(deps: FeedDeps): Promise<FeedResult> {
  const { lease, counts, memory } = deps;
  await finishSnapshots(lease); // a reading that was begun again leaves one behind
  const ingest = await readSnapshot(deps);
  const before = await publishedPeople(lease.store, lease.tenantId);
  const { people, takenAt, id } = ingest;
  const judged = judgeSize({ people, takenAt, before }, memory);
  if (judged === 'hold' || judged === 'wait') {
    await ingest.close('held', counts);
    const held = judged === 'hold' ? { heldAt: takenAt, heldPeople: people } : {};
    const reason = `The report shrank from ${before} to ${people} people. It is held until another complete one, taken at least an hour later, agrees; what was shown before stays.`;
    return { state: 'late', reason, memory: held };
  }
  await ingest.leavers();
  const totals = await graphTotals(deps);
  await publishSnapshot(lease, { id, people, rejected: counts.rejected, totals });
  const memoryNow = { heldAt: null, heldPeople: null, newestRecordAt: takenAt };
  return { state: 'ok', reason: null, memory: memoryNow };
}

type Judged = 'publish' | 'hold' | 'wait';

/** What to do with a snapshot of `people` after one of `before` (null: the first). */
function judgeSize(
  { people, takenAt, before }: { people: number; takenAt: number; before: number | null },
  { heldAt, heldPeople }: FeedDeps['memory'],
): Judged {
  if (before === null) return 'publish';
  const shrunk = before - people >= SHRUNK_PEOPLE && before - people > before * SHRUNK_SHARE;
  if (!shrunk) return 'publish';
  if (heldAt === null || heldPeople === null) return 'hold';
  const agrees = Math.abs(people - heldPeople) <= heldPeople * AGREES_SHARE;
  if (!agrees) return 'hold';
  return takenAt - heldAt >= HOUR_MS ? 'publish' : 'wait';
}

/** Reads every page into a snapshot that nobody sees yet. */
async function readSnapshot(deps: FeedDeps): Promise<SnapshotIngest> {
  const { lease, graph, clock, cutter, counts, signal, feed, onProgress } = deps;
  let ingest: SnapshotIngest | null = null;
  for await (const page of graph.pages(registrationDetailsPath(), { signal, reports: true })) {
    const takenAt = clock();
    ingest ??= await SnapshotIngest.begin(lease, { takenAt, day: cutter.dayOf(takenAt) });
    const { rows, rejections } = readPage(page.records, parseRegistrationDetails, counts);
    const { added, changed } = await ingest.page(rows);
    counts.added += added;
    counts.changed += changed;
    if (rejections.length > 0)
      await lease.tx((db) => quarantine(lease, db, { feed, rejections, now: clock() }));
    onProgress(`${ingest.people} people of the registration report read`);
  }
  if (!ingest) throw new TypeError('A listing without a page');
  try {
    refuseTooMany(counts);
  } catch (error) {
    await ingest.close('dropped', counts);
    throw error;
  }
  return ingest;
}

/** Graph's own totals, to reconcile with. It may not give them: that is no failure of the snapshot. */
async function graphTotals({ graph, signal }: FeedDeps): Promise<GraphTotal[]> {
  const totals: GraphTotal[] = [];
  for (const userTypes of ['all', 'member', 'guest'] as const) {
    try {
      const path = registeredByFeaturePath(userTypes);
      const { body } = await graph.get(path, { signal, reports: true });
      const parsed = parseRegisteredByFeature(body);
      if (!parsed.ok) return [];
      totals.push(...totalRows(userTypes, parsed.row));
    } catch (error) {
      if (!(error instanceof GraphFailure) || error.kind === 'aborted') throw error;
      return [];
    }
  }
  return totals;
}

function totalRows(userTypes: GraphTotal['userTypes'], totals: FeatureTotals): GraphTotal[] {
  const features: [string, number | null][] = [
    ['', totals.total],
    ['ssprEnabled', totals.enabled],
    ['ssprRegistered', totals.registered],
    ['ssprCapable', totals.capable],
    ['mfaCapable', totals.mfaCapable],
  ];
  return features.flatMap(([feature, people]) =>
    people === null ? [] : [{ userTypes, feature, people }],
  );
}
