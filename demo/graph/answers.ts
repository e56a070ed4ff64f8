import { DAY_MS } from '../../domain/day.ts';
import { SSPR_SERVICE } from '../audit-record.ts';
import type { DirectoryAudit, RegistrationRecord } from '../graph-shapes.ts';
import type { Served, World } from '../world.ts';
import { auditInstant } from '../world.ts';
import type { GraphFailure } from './errors.ts';
import { badRequest, isFailure } from './errors.ts';
import type { AuditFilter } from './filter.ts';
import { auditFilter } from './filter.ts';
import type { Page, PagePlace } from './paging.ts';
import { cutPage } from './paging.ts';
import { retentionFloor, tooOld } from './retention.ts';
import type { RouteMatch } from './routes.ts';
import { dailyResetSummary, featureSummary, includedOf, methodSummary } from './summaries.ts';

export interface Question extends RouteMatch {
  query: URLSearchParams;
  place: PagePlace;
  /** Upper bound of the size of any page. */
  pageSizeMax: number;
}

/** A page of a list, a whole body, or a refusal. */
export type Answer = { page: Page } | { body: object } | GraphFailure;

export function answerOf(world: World, question: Question): Answer {
  const { route, place } = question;
  const now = place.asOf;
  switch (route) {
    case 'organization':
      return list(question, [world.organization()], 'organization', 100);
    case 'domains':
      return list(question, world.domains(), 'domains', 100);
    case 'people':
      return people(world, question);
    case 'registration':
      return list(question, world.registration(now), 'reports/…/userRegistrationDetails', 1000);
    case 'features':
    case 'methods':
      return summary(world, question);
    case 'checksum':
      return list(question, dailyResetSummary(audits(world, now)), 'reports/…/summary', 1000);
    default:
      return auditList(world, question);
  }
}

function list(question: Question, all: readonly Served[], name: string, sizeMax: number): Answer {
  const size = pageSize(question, sizeMax, Math.min(sizeMax, 1000));
  if (typeof size !== 'number') return size;
  if (question.query.has('$skip')) return badRequest("Query option 'Skip' is not allowed.");
  const context = `https://graph.microsoft.com/${question.version}/$metadata#${name}`;
  const page = cutPage(all, { context, place: question.place, size });
  const select = question.query.get('$select');
  return { page: select ? { ...page, records: page.records.map(selecting(select)) } : page };
}

function pageSize(
  { query, pageSizeMax }: Question,
  sizeMax: number,
  preset: number,
): number | GraphFailure {
  const text = query.get('$top');
  const top = text === null ? preset : Number(text);
  if (!Number.isInteger(top) || top < 1) {
    return badRequest(`Invalid value '${text}' for $top query option found.`);
  }
  return Math.min(top, sizeMax, pageSizeMax);
}

function selecting(select: string): (record: Served) => Served {
  const names = select.split(',').map((name) => name.trim());
  return (record) => {
    const all = record as Record<string, unknown>;
    return Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  };
}

/** What /users answers when nothing is selected; department and the like must be asked for. */
const USER_DEFAULT =
  'businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName,id';

function people(world: World, question: Question): Answer {
  const top = Number(question.query.get('$top') ?? 100);
  if (top > 999) {
    return badRequest(
      `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    );
  }
  const query = new URLSearchParams(question.query);
  query.set('$top', String(top));
  if (!query.has('$select')) query.set('$select', USER_DEFAULT);
  return list({ ...question, query }, world.users(question.place.asOf), 'users', 999);
}

function summary(world: World, { route, parameters, place }: Question): Answer {
  const included = includedOf(parameters);
  if (isFailure(included)) return included;
  const rows = world.registration(place.asOf) as readonly RegistrationRecord[];
  return {
    body: route === 'features' ? featureSummary(rows, included) : methodSummary(rows, included),
  };
}

/** Visible records of self-service password management that Graph still keeps. */
function audits(world: World, now: number): DirectoryAudit[] {
  const all = visible(world, { since: retentionFloor(now), until: now + DAY_MS, now });
  return all.filter(({ loggedByService }) => loggedByService === SSPR_SERVICE);
}

function auditList(world: World, question: Question): Answer {
  const { query, place } = question;
  const filter = auditFilter(query.get('$filter') ?? '');
  if (isFailure(filter)) return filter;
  const order = /^activityDateTime(?:\s+(asc|desc))?$/.exec(
    query.get('$orderby')?.trim() ?? 'activityDateTime desc',
  );
  if (!order) return badRequest('Invalid orderby clause');
  const floor = retentionFloor(place.asOf);
  // A probe for a single record is let through by Graph, whatever it asks for.
  if (filter.since !== null && filter.since < floor && query.get('$top') !== '1') {
    return tooOld(floor);
  }
  const records = sorted(matching(world, filter, place.asOf), order[1] !== 'desc');
  return list(question, records, 'auditLogs/directoryAudits', 1000);
}

function matching(world: World, filter: AuditFilter, now: number): DirectoryAudit[] {
  const since = Math.max(retentionFloor(now), filter.since ?? 0);
  const until = filter.until === null ? Number.POSITIVE_INFINITY : filter.until + 1;
  return visible(world, { since, until, now }).filter(filter.matches);
}

function visible(
  world: World,
  { since, until, now }: { since: number; until: number; now: number },
): DirectoryAudit[] {
  // A world with latencies may hold records of the future; no need to make them.
  const end = world.latencyMs ? Math.min(until, now + 1) : until;
  const records = world.auditRecords(since, end);
  const { latencyMs } = world;
  const shown = latencyMs
    ? records.filter((record) => auditInstant(record) + latencyMs(record) <= now)
    : records;
  return shown as DirectoryAudit[];
}

/** By instant, all seven digits of it, then by id. */
function sorted(records: DirectoryAudit[], ascending: boolean): DirectoryAudit[] {
  const sign = ascending ? 1 : -1;
  return [...records].sort(
    (a, b) => sign * (compare(a.activityDateTime, b.activityDateTime) || compare(a.id, b.id)),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
