import { Pace } from '../../db/store/chunks.ts';
import { storePeople } from '../../db/store/people.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { parseUser, usersPath } from '../graph/users.ts';
import { type FeedDeps, type FeedResult, readPage, refuseTooMany } from './feed.ts';

/** Brings departments, countries, offices, companies and account facts of everybody up to date. */
export async function collectPeople(deps: FeedDeps): Promise<FeedResult> {
  const { lease, graph, clock, counts, signal, feed, onProgress } = deps;
  const pace = new Pace();
  for await (const page of graph.pages(usersPath(), { signal, reports: false })) {
    const { rows, rejections } = readPage(page.records, parseUser, counts);
    const users = rows.map(({ userType: _, lastPasswordChangeAt, ...user }) => {
      return { ...user, passwordChangedAt: lastPasswordChangeAt };
    });
    const { added, changed } = await storePeople(lease, users, pace);
    counts.added += added;
    counts.changed += changed;
    await lease.tx((db) => quarantine(lease, db, { feed, rejections, now: clock() }));
    onProgress(`${counts.received} people read`);
  }
  refuseTooMany(counts);
  return { state: 'ok', reason: null, memory: { newestRecordAt: clock() } };
}
