import { and, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type DailyTold, dailyDetector } from '../../domain/surveillance/daily-detector.ts';
import { eachChunk, Pace } from '../store/chunks.ts';
import type { HeldLease } from '../store/lease.ts';
import type { LevelRow, SeriesInput } from './verification-level-rows.ts';
import { countedBuckets, madeWithOf, replaceLevels } from './verification-level-rows.ts';

interface Judged {
  told: DailyTold;
  madeWith: string;
}

/**
 * Judges days by all days before them. A baseline reaches back three years, so a late record has its day and all later
 * ones judged anew. What a day was made with is chained: it holds all days up to it, and oldest days are written first, so
 * that a killed run goes on where it stopped.
 */
export async function levelDays(lease: HeldLease, input: SeriesInput): Promise<number> {
  const points = await countedBuckets(lease, 'day', input);
  const known = await stored(lease);
  let chain = input.timeZone;
  const chained = points.map(({ day, count, holiday }) => {
    chain = madeWithOf(chain, day, String(count), String(holiday));
    return count === null ? undefined : chain;
  });
  const from = points.findIndex(({ day }, i) => known.get(day) !== chained[i]);
  if (from === -1) return 0;
  const judged: Judged[] = dailyDetector(points, { newest: points.length - from }).map(
    (told, i) => ({ told, madeWith: chained[from + i] ?? '' }),
  );
  await eachChunk(judged, new Pace(), (part) => put(lease, part));
  return judged.length;
}

async function stored({ store, tenantId }: HeldLease): Promise<Map<Day, string>> {
  const { verificationLevel: told } = store.t;
  const rows = await store.read
    .select({ day: told.day, madeWith: told.madeWith })
    .from(told)
    .where(and(eq(told.tenantId, tenantId), eq(told.bucket, 'day')));
  return new Map(rows.map(({ day, madeWith }) => [day, madeWith]));
}

/** Days not collected keep no row. */
async function put(lease: HeldLease, part: readonly Judged[]): Promise<void> {
  const [first, last] = [part[0]?.told.day, part.at(-1)?.told.day];
  if (first === undefined || last === undefined) return;
  const rows = part
    .filter(({ told }) => told.observed !== null)
    .map(({ told: { day, expected, upper, p, level }, madeWith }): LevelRow => {
      const key = { tenantId: lease.tenantId, bucket: 'day', day, startAt: 0 };
      return { ...key, expected, upper, p, level, madeWith };
    });
  await lease.tx((db) => replaceLevels(lease, db, { bucket: 'day', first, last, rows }));
}
