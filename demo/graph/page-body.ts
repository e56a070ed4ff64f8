import type { FaultName, NamedFault } from '../faults.ts';
import { mutated } from './mutations.ts';
import type { Page, PagePlace } from './paging.ts';
import { cutPage, nextPlace, skipToken } from './paging.ts';

export interface LinkParts {
  /** Address of the request, as the client wrote it. */
  url: URL;
  /** Where foreign links lead. */
  lure: string;
}

/** The body of a page: context, records, and the link to the next page with all query parameters. */
export function pageBody(page: Page, links: LinkParts): object {
  return bodyOf(page, page.records, linkTo(nextPlace(page), links));
}

function bodyOf(page: Page, records: readonly object[], link: string | null): object {
  const body = { '@odata.context': page.context };
  return link === null
    ? { ...body, value: records }
    : { ...body, '@odata.nextLink': link, value: records };
}

function linkTo(place: PagePlace | null, { url }: LinkParts): string | null {
  if (!place) return null;
  const link = new URL(url);
  link.searchParams.set('$skiptoken', skipToken(place));
  return link.href;
}

type PageFault = (page: Page, links: LinkParts) => object;

const OVERLAP = 3;

const PAGE_FAULTS: Partial<Record<FaultName, PageFault>> = {
  'duplicated-page': (page, links) => bodyOf(page, page.records, linkTo(again(page), links)),
  'reordered-page': (page, links) =>
    bodyOf(page, page.records.toReversed(), linkTo(nextPlace(page), links)),
  'overlapping-page': (page, links) => {
    const offset = Math.max(0, page.place.offset - OVERLAP);
    const { records } = cutPage(page.list, { ...page, place: { ...page.place, offset } });
    const next = { ...page.place, offset: offset + page.size, page: page.place.page + 1 };
    return bodyOf(page, records, next.offset < page.list.length ? linkTo(next, links) : null);
  },
  'empty-page': (page, links) => bodyOf(page, [], linkTo(again(page), links)),
  'nextlink-loop': (page, links) =>
    bodyOf(page, page.records, linkTo({ ...page.place, offset: 0, page: 1, nonce: 1 }, links)),
  'repeated-token': (page, links) => bodyOf(page, page.records, linkTo(page.place, links)),
  'foreign-nextlink': (page, links) =>
    bodyOf(page, page.records, `${links.lure}${links.url.pathname}?$skiptoken=x`),
  'foreign-scheme': (page, links) =>
    bodyOf(page, page.records, `ftp://${links.url.host}${links.url.pathname}?$skiptoken=x`),
  'partial-early': (page) => bodyOf(page, page.records, null),
};

/** The same place under a link of its own. */
function again({ place }: Page): PagePlace {
  return { ...place, page: place.page + 1, nonce: place.nonce + 1 };
}

/** The body of a page that `named` strikes; null if that fault does not touch bodies of pages. */
export function faultedPageBody(page: Page, named: NamedFault, links: LinkParts): object | null {
  const pageFault = PAGE_FAULTS[named.fault];
  if (pageFault) return pageFault(page, links);
  const records = mutated(named.fault, page.records, named.records ?? 1);
  return records ? bodyOf(page, records, linkTo(nextPlace(page), links)) : null;
}
