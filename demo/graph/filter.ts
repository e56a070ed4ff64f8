import type { DirectoryAudit } from '../graph-shapes.ts';
import type { GraphFailure } from './errors.ts';
import { badRequest, INVALID_FILTER } from './errors.ts';

export interface AuditFilter {
  /** The lower bound of activityDateTime (`ge` or `eq`), UTC ms; null where the filter has none. */
  since: number | null;
  /** The upper bound (`le` or `eq`), UTC ms, included; null where the filter has none. */
  until: number | null;
  loggedByService: string | null;
  matches(record: DirectoryAudit): boolean;
}

interface Condition {
  field: string;
  operator: 'eq' | 'ge' | 'le' | 'startswith';
  value: string;
}

type Read = (record: DirectoryAudit) => (string | null | undefined)[];

/** What the documentation says can be filtered, and `category`, which works in practice. */
const FIELDS: Record<string, Read> = {
  id: (record) => [record.id],
  activityDisplayName: (record) => [record.activityDisplayName],
  loggedByService: (record) => [record.loggedByService],
  correlationId: (record) => [record.correlationId],
  category: (record) => [record.category],
  'initiatedBy/user/id': ({ initiatedBy }) => [initiatedBy?.user?.id],
  'initiatedBy/user/displayName': ({ initiatedBy }) => [initiatedBy?.user?.displayName],
  'initiatedBy/user/userPrincipalName': ({ initiatedBy }) => [initiatedBy?.user?.userPrincipalName],
  'initiatedBy/app/appId': ({ initiatedBy }) => [initiatedBy?.app?.appId],
  'initiatedBy/app/displayName': ({ initiatedBy }) => [initiatedBy?.app?.displayName],
  'targetResources/id': ({ targetResources }) => targetResources?.map(({ id }) => id) ?? [],
  'targetResources/displayName': ({ targetResources }) =>
    targetResources?.map(({ displayName }) => displayName) ?? [],
};

const STARTSWITH = new Set([
  'activityDisplayName',
  'initiatedBy/user/userPrincipalName',
  'targetResources/displayName',
]);

/** Reads `$filter` of directoryAudits: documented comparisons joined by `and`. Empty text: no filter. */
export function auditFilter(text: string): AuditFilter | GraphFailure {
  const conditions = text.trim() === '' ? [] : conditionsOf(text);
  if (!conditions?.every(isKnown)) return INVALID_FILTER;
  const times = conditions.filter(({ field }) => field === 'activityDateTime');
  if (times.some(({ value }) => instantOf(value) === null)) {
    return badRequest('Invalid filter clause: a date and time was expected.');
  }
  const rest = conditions.filter(({ field }) => field !== 'activityDateTime');
  const service = rest.find(
    ({ field, operator }) => field === 'loggedByService' && operator === 'eq',
  );
  return {
    since: boundOf(times, 'ge'),
    until: boundOf(times, 'le'),
    loggedByService: service?.value ?? null,
    matches: (record) =>
      rest.every((condition) => holds(condition, record)) &&
      times.every((condition) => timeHolds(condition, record.activityDateTime)),
  };
}

const TOKEN = /\s*('(?:[^']|'')*'|[(),]|[^\s(),']+)/y;

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match?.[1]) return null;
    tokens.push(match[1]);
  }
  return tokens;
}

/** Null for text that is no list of comparisons. Round brackets may stand where they change nothing. */
function conditionsOf(text: string): Condition[] | null {
  const tokens = tokensOf(text);
  if (!tokens) return null;
  const conditions: Condition[] = [];
  let depth = 0;
  let at = 0;
  while (at < tokens.length) {
    while (tokens[at] === '(') [at, depth] = [at + 1, depth + 1];
    const found = conditionAt(tokens, at);
    if (!found) return null;
    conditions.push(found.condition);
    at += found.length;
    while (tokens[at] === ')') [at, depth] = [at + 1, depth - 1];
    if (at === tokens.length) break;
    if (tokens[at] !== 'and' || at + 1 === tokens.length) return null;
    at += 1;
  }
  return depth === 0 ? conditions : null;
}

function conditionAt(
  tokens: string[],
  at: number,
): { condition: Condition; length: number } | null {
  const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = tokens.slice(
    at,
    at + 6,
  );
  if (first.toLowerCase() === 'startswith') {
    if (second !== '(' || fourth !== ',' || sixth !== ')' || !fifth.startsWith("'")) return null;
    const condition = { field: third, operator: 'startswith', value: unquoted(fifth) } as const;
    return { condition, length: 6 };
  }
  if (second !== 'eq' && second !== 'ge' && second !== 'le') return null;
  if (first === 'activityDateTime') {
    return { condition: { field: first, operator: second, value: third }, length: 3 };
  }
  if (!third.startsWith("'")) return null;
  return { condition: { field: first, operator: second, value: unquoted(third) }, length: 3 };
}

function unquoted(token: string): string {
  return token.slice(1, -1).replaceAll("''", "'");
}

function isKnown({ field, operator }: Condition): boolean {
  if (field === 'activityDateTime') return operator !== 'startswith';
  if (!(field in FIELDS)) return false;
  return operator === 'eq' || (operator === 'startswith' && STARTSWITH.has(field));
}

function holds({ field, operator, value }: Condition, record: DirectoryAudit): boolean {
  const texts = FIELDS[field]?.(record) ?? [];
  return texts.some((text) => (operator === 'eq' ? text === value : text?.startsWith(value)));
}

function boundOf(times: Condition[], operator: 'ge' | 'le'): number | null {
  const bounds = times
    .filter((time) => time.operator === operator || time.operator === 'eq')
    .map(({ value }) => instantOf(value)?.[0] ?? 0);
  if (bounds.length === 0) return null;
  return operator === 'ge' ? Math.max(...bounds) : Math.min(...bounds);
}

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds and the 100-ns steps beyond them, since one number cannot hold both; null if unreadable. */
function instantOf(text: string): [ms: number, ticks: number] | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const digits = (match[2] ?? '').padEnd(7, '0').slice(0, 7);
  const ms = Date.parse(`${match[1]}.${digits.slice(0, 3)}${match[3]}`);
  return Number.isNaN(ms) ? null : [ms, Number(digits.slice(3))];
}

function timeHolds({ operator, value }: Condition, text: string): boolean {
  const bound = instantOf(value);
  const at = instantOf(text);
  if (!bound || !at) return false;
  const difference = at[0] - bound[0] || at[1] - bound[1];
  if (operator === 'eq') return difference === 0;
  return operator === 'ge' ? difference >= 0 : difference <= 0;
}
