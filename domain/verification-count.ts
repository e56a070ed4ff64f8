import { type Day, hourOf } from './day.ts';

/** A failed verification as it is stored. */
export interface StoredFailure {
  /** UTC milliseconds. */
  failedAt: number;
  day: Day;
  /** As the log names it; `unknown` where it names none. */
  method: string;
  personId: string | null;
  address: string | null;
}

export interface VerificationCount {
  /** '' for all methods together. */
  method: string;
  failed: number;
  /** Distinct known people. */
  people: number;
  /** Distinct non-empty addresses. */
  addresses: number;
}

/** Failed verifications of one bucket, for all methods together and for each. */
export function verificationCounts(failures: readonly StoredFailure[]): VerificationCount[] {
  if (failures.length === 0) return [];
  const byMethod = Map.groupBy(failures, ({ method }) => method);
  return [['', failures] as const, ...byMethod].map(([method, group]) => ({
    method,
    failed: group.length,
    people: distinct(group.map(({ personId }) => personId)),
    addresses: distinct(group.map(({ address }) => address)),
  }));
}

/** The failures whose hour begins within `since` (included) and `until` (excluded), by that hour. */
export function byHour(
  failures: readonly StoredFailure[],
  { since, until }: { since: number; until: number },
): Map<number, StoredFailure[]> {
  const hours = Map.groupBy(failures, ({ failedAt }) => hourOf(failedAt));
  for (const hour of [...hours.keys()]) if (hour < since || hour >= until) hours.delete(hour);
  return hours;
}

function distinct(values: (string | null)[]): number {
  return new Set(values.filter((value) => value !== null && value !== '')).size;
}
