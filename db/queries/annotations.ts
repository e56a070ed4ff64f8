import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import { type MicrosoftDateSettings, microsoftDates } from '../../domain/microsoft-dates.ts';
import type { AnnotationRow } from '../store/annotations.ts';
import type { Settings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';
import { collectedDays, gapsOf } from './collected-days.ts';
import { policyChanges } from './policy-changes.ts';
import { registrationSettings } from './registration-settings.ts';

export type AnnotationKind = 'note' | 'campaign' | 'policy' | 'writeback' | 'microsoft' | 'gap';

export interface Annotation {
  /** Stable; of a note written by hand its number. */
  id: string;
  kind: AnnotationKind;
  day: Day;
  /** Null: one day. */
  lastDay: Day | null;
  text: string;
  /** Where it comes from, or the address of Microsoft's notice; null: written by hand. */
  source: string | null;
  /** Null: automatic. */
  author: string | null;
  createdAt: string | null;
}

interface Period {
  tenantId: number;
  first: Day;
  last: Day;
}

/**
 * What explains a bend in a chart from `first` to `last`: notes written by hand, changes that the audit log
 * tells of, Microsoft's days, and days that were not collected. By day; automatic ones name nobody.
 */
export async function annotations(
  store: Store,
  { defaults, timeZone, ...period }: Period & { defaults: Settings; timeZone: string },
): Promise<Annotation[]> {
  const settings = await registrationSettings(store, period.tenantId, defaults);
  const all = [
    ...(await notes(store, period)),
    ...(await changes(store, { ...period, timeZone })),
    ...microsoft(settings),
    ...(await notCollected(store, { ...period, timeZone })),
  ];
  return all
    .filter(({ day, lastDay }) => day <= period.last && (lastDay ?? day) >= period.first)
    .sort((a, b) => compare(a.day, b.day) || compare(a.id, b.id));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function notes(
  { t: { annotation }, read }: Store,
  { tenantId, first, last }: Period,
): Promise<Annotation[]> {
  const rows = await read
    .select()
    .from(annotation)
    .where(
      and(
        eq(annotation.tenantId, tenantId),
        lte(annotation.day, last),
        gte(sql`coalesce(${annotation.lastDay}, ${annotation.day})`, first),
      ),
    );
  return rows.map(byHand);
}

/** A note written by hand, as it is answered. */
export function byHand(row: AnnotationRow): Annotation {
  const { id, kind, day, lastDay, text, author, createdAt } = row;
  return {
    id: String(id),
    kind: kind as AnnotationKind,
    ...{ day, lastDay, text, author },
    source: null,
    createdAt: isoText(createdAt),
  };
}

const AUTOMATIC = { lastDay: null, author: null, createdAt: null };

async function changes(store: Store, input: Period & { timeZone: string }): Promise<Annotation[]> {
  return (await policyChanges(store, input)).map(({ day, kind, text }) => ({
    id: `${kind}:${day}`,
    ...{ kind, day, text, source: 'Entra audit log' },
    ...AUTOMATIC,
  }));
}

function microsoft(settings: MicrosoftDateSettings): Annotation[] {
  return microsoftDates(settings).map(({ id, day, text, source }) => ({
    id: `microsoft:${id}`,
    kind: 'microsoft',
    ...{ day, text, source: source.address },
    ...AUTOMATIC,
  }));
}

/** Gaps of the feeds that charts draw; the same days of both are one. */
async function notCollected(
  store: Store,
  { tenantId, timeZone }: { tenantId: number; timeZone: string },
): Promise<Annotation[]> {
  const gaps = gapsOf(await collectedDays(store, tenantId, timeZone));
  const stretches = new Map<string, Annotation>();
  for (const { feed, first, last } of gaps) {
    if (feed !== 'registration' && feed !== 'resets') continue;
    const id = `gap:${first}:${last}`;
    const both = stretches.has(id) ? 'registration and resets' : feed;
    stretches.set(id, {
      id,
      kind: 'gap',
      day: first,
      text: `Not collected: ${both}.`,
      source: 'Collection',
      ...AUTOMATIC,
      lastDay: last === first ? null : last,
    });
  }
  return [...stretches.values()];
}
