import type { Served } from '../world.ts';
import type { GraphFailure } from './errors.ts';
import { badRequest } from './errors.ts';
import type { Page, PagePlace } from './paging.ts';
import { cutPage } from './paging.ts';
import type { RouteMatch } from './routes.ts';

export interface Question extends RouteMatch {
  query: URLSearchParams;
  place: PagePlace;
  /** Upper bound of the size of any page. */
  pageSizeMax: number;
}

/** A page of a list, a whole body, or a refusal. */
export type Answer = { page: Page } | { body: object } | GraphFailure;

interface ListParts {
  /** As in `@odata.context`. */
  name: string;
  /** Records a page holds at most, and without `$top`; `preset` where that is another number. */
  sizeMax: number;
  preset?: number;
  /** A record as it is served. Default: what `$select` names of it. */
  served?: (record: Served) => Served;
}

/** The page of `all` that a question asks for. */
export function listPage(question: Question, all: readonly Served[], parts: ListParts): Answer {
  const { query, place, version } = question;
  const { name, sizeMax, preset = sizeMax } = parts;
  const size = pageSize(question, { sizeMax, preset });
  if (typeof size !== 'number') return size;
  if (query.has('$skip')) return badRequest("Query option 'Skip' is not allowed.");
  const context = `https://graph.microsoft.com/${version}/$metadata#${name}`;
  const page = cutPage(all, { context, place, size });
  const select = query.get('$select');
  const served = parts.served ?? (select ? selecting(select) : null);
  return { page: served ? { ...page, records: page.records.map(served) } : page };
}

function pageSize(
  { query, pageSizeMax }: Question,
  { sizeMax, preset }: { sizeMax: number; preset: number },
): number | GraphFailure {
  const text = query.get('$top');
  const top = text === null ? preset : Number(text);
  if (!Number.isInteger(top) || top < 1) {
    return badRequest(`Invalid value '${text}' for $top query option found.`);
  }
  return Math.min(top, sizeMax, pageSizeMax);
}

/** Takes the fields of `$select` out of a record; those it does not have are left out. */
export function selecting(select: string): (record: Served) => Served {
  const names = select.split(',').map((name) => name.trim());
  return (record) => {
    const all = record as Record<string, unknown>;
    return Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  };
}
