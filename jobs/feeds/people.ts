import { Pace } from '../../db/store/chunks.ts';
import { storePeople } from '../../db/store/people.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { HOUR_MS } from '../../domain/day.ts';
import { GraphFailure } from '../graph/errors.ts';
import { parseUser, type UserExtras, usersPath } from '../graph/users.ts';
import { type FeedDeps, type FeedResult, readPage, refuseTooMany } from './feed.ts';

/** What is said while something is refused; it also tells the next runs what not to ask for. */
const NOT_READ: Record<keyof UserExtras, string> = {
  signIns:
    'Sign-ins could not be read: grant the application permission AuditLog.Read.All with admin consent, in a tenant with Microsoft Entra ID P1 or P2. Everything else of /users was read; sign-ins read before stay.',
  managers:
    'Managers could not be read: Microsoft Graph refused to expand them. Everything else of /users was read; managers read before stay.',
};

const EXTRAS = ['signIns', 'managers'] as const;

/** An hour less than a day, so that a daily run asks daily. */
const ASK_AGAIN_MS = 23 * HOUR_MS;

/**
 * Brings departments, countries, offices, companies, managers, sign-ins and account facts of everybody
 * up to date. Graph refuses the whole listing where it may not tell one of the extras; it is then
 * read without that one, and what was stored of it before stays.
 */
export async function collectPeople(deps: FeedDeps): Promise<FeedResult> {
  const { counts, clock, memory } = deps;
  const startedAt = clock();
  const known = refusedBefore(deps);
  const extras = await readWhatIsAllowed(deps, known);
  refuseTooMany(counts);
  const newest = { newestRecordAt: clock() };
  const refused = EXTRAS.filter((name) => !extras[name]);
  if (refused.length === 0) return { state: 'ok', reason: null, memory: newest };
  return {
    state: 'ok',
    reason: refused.map((name) => NOT_READ[name]).join(' '),
    memory: { ...newest, askAgainAt: known ? memory.askAgainAt : startedAt + ASK_AGAIN_MS },
  };
}

/** What was refused less than a day ago; null when everything should be asked for. */
function refusedBefore({ memory, full, clock }: FeedDeps): UserExtras | null {
  const { askAgainAt, reason } = memory;
  if (full || askAgainAt === null || clock() >= askAgainAt) return null;
  const isAllowed = (name: keyof UserExtras) => !reason?.includes(NOT_READ[name]);
  return { managers: isAllowed('managers'), signIns: isAllowed('signIns') };
}

/** From most to least: which of the extras is to blame for a refusal, Graph does not always say. */
const ATTEMPTS: readonly UserExtras[] = [
  { managers: true, signIns: true },
  { managers: true, signIns: false },
  { managers: false, signIns: true },
  { managers: false, signIns: false },
];

/** Reads the listing with as many extras as Graph allows, none of those known as refused; answers with which. */
async function readWhatIsAllowed(deps: FeedDeps, known: UserExtras | null): Promise<UserExtras> {
  const attempts = ATTEMPTS.filter(
    (extras) => known === null || EXTRAS.every((name) => known[name] || !extras[name]),
  );
  const last = attempts.at(-1);
  for (const extras of attempts) {
    const pagesBefore = deps.counts.pages;
    try {
      await readListing(deps, extras);
      return extras;
    } catch (error) {
      const begun = deps.counts.pages > pagesBefore;
      if (extras === last || begun || !isRefusal(error)) throw error;
    }
  }
  throw new TypeError('No way left to ask for people');
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof GraphFailure)) return false;
  return ['permission', 'licence', 'bad_request'].includes(error.kind);
}

async function readListing(deps: FeedDeps, extras: UserExtras): Promise<void> {
  const { lease, graph, clock, counts, signal, feed, onProgress } = deps;
  const pace = new Pace();
  for await (const page of graph.pages(usersPath(extras), { signal, reports: false })) {
    const { rows, rejections } = readPage(page.records, parseUser, counts);
    const users = rows.map(({ userType: _, lastPasswordChangeAt, managerId, ...user }) => ({
      ...user,
      passwordChangedAt: lastPasswordChangeAt,
      managerId: extras.managers ? managerId : undefined,
    }));
    const { added, changed } = await storePeople(lease, users, { pace, now: clock() });
    counts.added += added;
    counts.changed += changed;
    await lease.tx((db) => quarantine(lease, db, { feed, rejections, now: clock() }));
    onProgress(`${counts.received} people read`);
  }
}
