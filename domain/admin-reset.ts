import { type AuditRecord, compareIds } from './audit-record.ts';
import { DAY_MS } from './day.ts';

/** Why a reset by an admin counts as a ticket that was not avoided, or why it does not. */
export type AdminResetKind =
  | 'counted'
  | 'first_password'
  | 'mass'
  | 'unknown_initiator'
  | 'automation'
  | 'self';

/** One successful `Reset password (by admin)`. */
export interface AdminReset {
  /** Id of its record. */
  id: string;
  /** UTC milliseconds. */
  at: number;
  /** Object id of the person whose password was reset; null: the record does not say. */
  personId: string | null;
  kind: AdminResetKind;
  /** Object id of who did it; null: the record does not say. */
  operatorId: string | null;
  /** `OnPremisesAgent` of its record, verbatim; null: it has none. */
  agent: string | null;
}

export interface AdminResetInput {
  /** `createdDateTime` of /users, UTC milliseconds; null: not known. */
  createdAt: (personId: string) => number | null;
  /** Population of the last complete snapshot; null: there is none yet, and 25 targets make a mass reset. */
  population: number | null;
  /** Setting: user principal names or object ids of accounts that scripts use. Case does not matter. */
  automationAccounts: readonly string[];
}

const ACTIVITY = /^\s*reset password \(by admin\)[\s.]*$/i;

const SYNCHRONISATION = /^(?:sync_|adtoaadsyncserviceaccount|fim_)/i;

const FIRST_PASSWORD_WITHIN_MS = DAY_MS;
const MASS_WINDOW_MS = DAY_MS;
const MASS_TARGETS_MIN = 25;
/** One in twenty of the population: 5 %. */
const MASS_POPULATION_PARTS = 20;

/** Whether a record is a successful reset by an admin, of whatever kind. */
export function isAdminReset(record: Pick<AuditRecord, 'activity' | 'result'>): boolean {
  return record.result === 'success' && ACTIVITY.test(record.activity);
}

/** Whether a user principal name is an account of directory synchronisation or of Identity Manager. */
export function isSynchronisation(userPrincipalName: string): boolean {
  return SYNCHRONISATION.test(userPrincipalName.trim());
}

/**
 * The resets by admins among `records`, each with its kind, by instant, then id. Records may come in any order
 * and more than once; others are passed over.
 *
 * A reset is `mass` because of others up to 24 hours before or after it: to know the kinds of a period, give
 * the records of a day more on either side.
 */
export function adminResetKinds(
  records: readonly AuditRecord[],
  input: AdminResetInput,
): AdminReset[] {
  const automation = new Set(input.automationAccounts.map((name) => name.trim().toLowerCase()));
  automation.delete(''); // an empty line of the setting is nobody, not everybody without a name
  const byId = new Map(records.filter(isAdminReset).map((record) => [record.id, record]));
  const resets = [...byId.values()]
    .map(
      (record): AdminReset => ({
        id: record.id,
        at: record.occurredAt,
        personId: record.targetId,
        kind: kindAlone(record, automation, input.createdAt),
        operatorId: record.initiatorId,
        agent: record.onPremisesAgent || null,
      }),
    )
    .sort((a, b) => a.at - b.at || compareIds(a.id, b.id));
  return withMass(resets, input.population);
}

/** The kind as far as the record alone tells it. */
function kindAlone(
  record: AuditRecord,
  automation: ReadonlySet<string>,
  createdAt: AdminResetInput['createdAt'],
): AdminResetKind {
  const { initiatorId, targetId } = record;
  const name = record.initiatorName?.trim().toLowerCase() ?? '';
  if (record.initiatorIsApp) return 'automation';
  if (initiatorId === null) return 'unknown_initiator';
  if (initiatorId.toLowerCase() === targetId?.toLowerCase()) return 'self';
  if (isSynchronisation(name)) return 'automation';
  if (automation.has(name) || automation.has(initiatorId.toLowerCase())) return 'automation';
  const born = targetId === null ? null : createdAt(targetId);
  const ageMs = born === null ? null : record.occurredAt - born;
  return ageMs !== null && ageMs >= 0 && ageMs <= FIRST_PASSWORD_WITHIN_MS
    ? 'first_password'
    : 'counted';
}

/**
 * Turns `counted` into `mass` in every 24 hours, ends included, that hold enough distinct targets.
 *
 * It is enough to look at the windows that end at a reset: any other can be moved back to its last one without
 * losing any. Both ends only move forward, so a day with a million resets is walked through once.
 */
function withMass(resets: readonly AdminReset[], population: number | null): AdminReset[] {
  const counted = resets.filter(({ kind }) => kind === 'counted');
  const inWindow = new Map<string | null, number>();
  const mass = new Set<string>();
  let oldest = 0;
  let unmarked = 0;
  for (const [index, reset] of counted.entries()) {
    inWindow.set(reset.personId, (inWindow.get(reset.personId) ?? 0) + 1);
    let leaving = counted[oldest];
    while (leaving && reset.at - leaving.at > MASS_WINDOW_MS) {
      forget(inWindow, leaving.personId);
      leaving = counted[++oldest];
    }
    const targets = inWindow.size - (inWindow.has(null) ? 1 : 0);
    if (!isMass(targets, population)) continue;
    for (const marked of counted.slice(Math.max(oldest, unmarked), index + 1)) mass.add(marked.id);
    unmarked = index + 1;
  }
  return resets.map((reset) => (mass.has(reset.id) ? { ...reset, kind: 'mass' } : reset));
}

/** At least 25 people and at least 5 % of the population, in whole numbers so that 5 % is 5 %. */
function isMass(targets: number, population: number | null): boolean {
  return targets >= MASS_TARGETS_MIN && targets * MASS_POPULATION_PARTS >= (population ?? 0);
}

function forget(counts: Map<string | null, number>, personId: string | null): void {
  const left = (counts.get(personId) ?? 0) - 1;
  if (left > 0) counts.set(personId, left);
  else counts.delete(personId);
}
