import { type DomainRow, storeDomains } from '../../db/store/domains.ts';
import { quarantine } from '../../db/store/quarantine.ts';
import { domainsPath, parseDomain } from '../graph/domains.ts';
import { type FeedDeps, type FeedResult, readPage, refuseTooMany } from './feed.ts';

/** Brings the tenant's domains and their password expiry up to date. */
export async function collectDomains(deps: FeedDeps): Promise<FeedResult> {
  const { lease, graph, clock, counts, signal, feed } = deps;
  const domains: DomainRow[] = [];
  for await (const page of graph.pages(domainsPath(), { signal, reports: false })) {
    const { rows, rejections } = readPage(page.records, parseDomain, counts);
    domains.push(...rows.map(({ id, ...row }) => ({ name: id, ...row })));
    await lease.tx((db) => quarantine(lease, db, { feed, rejections, now: clock() }));
  }
  refuseTooMany(counts);
  Object.assign(counts, await lease.tx((db) => storeDomains(lease, db, domains)));
  return { state: 'ok', reason: null, memory: { newestRecordAt: clock() } };
}
