import type { Entry } from './raw.ts';

export interface OracleReset {
  id: string;
  at: number;
  ticks: bigint;
  person: string | null;
  kind: string;
  operator: string | null;
  agent: string | null;
}

export interface ResetFacts {
  /** Object id to createdDateTime, UTC ms. */
  createdAt: ReadonlyMap<string, number>;
  /** Of the last complete snapshot; null: none yet. */
  population: number | null;
  automation: readonly string[];
}

const DAY_MS = 86_400_000;
const MACHINES = ['Sync_', 'ADToAADSyncServiceAccount', 'fim_'];

export function adminResetsOf(entries: readonly Entry[], facts: ResetFacts): OracleReset[] {
  const resets = entries
    .filter(
      ({ activity, result }) => activity === 'Reset password (by admin)' && result === 'success',
    )
    .map((entry) => {
      const { id, at, ticks, target, initiator, agent } = entry;
      const kind = kindOf(entry, facts);
      return { id, at, ticks, person: target, kind, operator: initiator, agent };
    });
  const left = resets.filter(({ kind }) => kind === 'counted');
  const mass = new Set<OracleReset>();
  for (const { at } of left) {
    const within = left.filter((other) => other.at >= at && other.at <= at + DAY_MS);
    const targets = new Set(within.map(({ person }) => person).filter((person) => person !== null));
    if (targets.size >= 25 && targets.size * 100 >= (facts.population ?? 0) * 5)
      for (const reset of within) mass.add(reset);
  }
  return resets.map((reset) => (mass.has(reset) ? { ...reset, kind: 'mass' } : reset));
}

function kindOf(entry: Entry, { createdAt, automation }: ResetFacts): string {
  const { app, initiator, initiatorName, target, at } = entry;
  if (app) return 'automation';
  if (initiator === null) return 'unknown_initiator';
  if (initiator === target) return 'self';
  if (MACHINES.some((start) => initiatorName?.startsWith(start))) return 'automation';
  const named = automation.map((account) => account.trim().toLowerCase());
  if (named.includes(initiator) || named.includes(initiatorName?.toLowerCase() ?? '\0'))
    return 'automation';
  const created = target === null ? undefined : createdAt.get(target);
  if (created !== undefined && at - created <= DAY_MS && at >= created) return 'first_password';
  return 'counted';
}
