import { DAY_MS } from '../../domain/day.ts';
import { SSPR_SERVICE } from '../audit-record.ts';
import type { DirectoryAudit, RegistrationRecord } from '../graph-shapes.ts';
import type { World } from '../world.ts';
import { auditInstant } from '../world.ts';
import { badRequest, isFailure } from './errors.ts';
import type { AuditFilter } from './filter.ts';
import { auditFilter } from './filter.ts';
import type { Answer, Question } from './list.ts';
import { listPage } from './list.ts';
import { retentionFloor, tooOld } from './retention.ts';
import { dailyResetSummary, featureSummary, includedOf, methodSummary } from './summaries.ts';
import { userPage } from './users.ts';

export function answerOf(world: World, question: Question): Answer {
  const { route, place } = question;
  const now = place.asOf;
  switch (route) {
    case 'organization':
      return listPage(question, [world.organization()], { name: 'organization', sizeMax: 100 });
    case 'domains':
      return listPage(question, world.domains(), { name: 'domains', sizeMax: 100 });
    case 'people':
      return userPage(world, question);
    case 'registration':
      return listPage(question, world.registration(now), {
        name: 'reports/…/userRegistrationDetails',
        sizeMax: 1000,
      });
    case 'features':
    case 'methods':
      return summary(world, question);
    case 'checksum':
      return listPage(question, dailyResetSummary(audits(world, now)), {
        name: 'reports/…/summary',
        sizeMax: 1000,
      });
    default:
      return auditList(world, question);
  }
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
  return listPage(question, records, { name: 'auditLogs/directoryAudits', sizeMax: 1000 });
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
