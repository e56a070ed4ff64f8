/**
 * One entry of Graph's audit log (`directoryAudits`), reduced to the fields the
 * definitions use. Entries are immutable: two with one id are the same entry.
 */
export interface AuditRecord {
  /** Graph's id, verbatim: not a GUID, and unique in the log. */
  id: string;
  /** UTC milliseconds, rounded down. */
  occurredAt: number;
  /** Graph's own string, verbatim: `2026-03-02T03:30:00.1234567Z`, any number of digits, `Z` or an offset. */
  occurredText: string;
  /** `activityDisplayName`, verbatim. */
  activity: string;
  /** `loggedByService`, verbatim. */
  service: string;
  /** `success`, `failure`, `timeout` or whatever Graph says, in lower case. */
  result: string;
  /** `resultReason`, verbatim; null where Graph sends none. */
  reason: string | null;
  /** GUID in lower case; null where Graph sends null, nothing or all zeros. */
  correlationId: string | null;
  /** Object id of the first target resource that has one; null: none has. */
  targetId: string | null;
  /** Object id of the user who started it (`initiatedBy.user.id`); null: not said. */
  initiatorId: string | null;
  /** User principal name of that user; null: not said. */
  initiatorName: string | null;
  /** `initiatedBy.app` is there and says something. */
  initiatorIsApp: boolean;
  /** `initiatedBy.user.ipAddress`, verbatim; null where empty or missing. */
  address: string | null;
  /** `OnPremisesAgent` of `additionalDetails`, verbatim: what wrote a password back, or `None`; null: not said. */
  onPremisesAgent: string | null;
}

/** Orders ids by code unit, the same on every machine and in both databases. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Orders two records by instant, to the last digit Graph gave.
 *
 * A Date keeps milliseconds only; Graph writes seven digits, and the steps of a
 * flow do fall into one millisecond. Returns 0 for the same instant.
 */
export function compareInstants(
  a: Pick<AuditRecord, 'occurredAt' | 'occurredText'>,
  b: Pick<AuditRecord, 'occurredAt' | 'occurredText'>,
): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt;
  return compareIds(digitsBelowMillisecond(a.occurredText), digitsBelowMillisecond(b.occurredText));
}

/** What follows the third decimal of the seconds, without trailing zeros, so that text order is number order. */
function digitsBelowMillisecond(text: string): string {
  const decimals = /:\d{2}[.,](\d+)/.exec(text)?.[1] ?? '';
  return decimals.slice(3).replace(/0+$/, '');
}
