import { methodLabel } from './method.ts';
import type { RegistrationState } from './registration.ts';

/** What is seen of a person's state; null in it: Graph did not say. */
export type SeenState = Pick<
  RegistrationState,
  'admin' | 'enabled' | 'registered' | 'capable' | 'methods'
> & { reason: string };

export type StateFlag = 'admin' | 'enabled' | 'registered' | 'capable';

/** One thing that changed about a person between two snapshots. */
export type StateDifference =
  /** Came into the report, or left it. */
  | { kind: 'appeared' }
  | { kind: 'disappeared' }
  /** Null: Graph did not say. */
  | { kind: 'flag'; flag: StateFlag; from: boolean | null; to: boolean | null }
  /** As Graph spells it. */
  | { kind: 'method_added'; method: string }
  | { kind: 'method_removed'; method: string }
  /** Graph told the methods before and does not now, or the other way round. */
  | { kind: 'methods_unknown' }
  | { kind: 'methods_known' }
  /** Why the person can, or cannot, reset since. */
  | { kind: 'reason'; from: string | null; to: string };

const FLAGS: readonly StateFlag[] = ['enabled', 'registered', 'capable', 'admin'];

/**
 * What changed about a person: flags, then methods removed and added in order of their spelling, then the reason.
 * Null is a person who is not in the report. Of somebody who came or left, methods and flags are not compared:
 * there is nothing to compare them with. Empty where nothing changed.
 */
export function stateDifference(
  before: SeenState | null,
  after: SeenState | null,
): StateDifference[] {
  if (!after) return before ? [{ kind: 'disappeared' }] : [];
  if (!before) return [{ kind: 'appeared' }, { kind: 'reason', from: null, to: after.reason }];
  const found: StateDifference[] = FLAGS.filter((flag) => before[flag] !== after[flag]).map(
    (flag) => ({ kind: 'flag', flag, from: before[flag], to: after[flag] }),
  );
  found.push(...methodDifference(before.methods, after.methods));
  if (before.reason !== after.reason)
    found.push({ kind: 'reason', from: before.reason, to: after.reason });
  return found;
}

function methodDifference(
  before: readonly string[] | null,
  after: readonly string[] | null,
): StateDifference[] {
  if (!before || !after) {
    if (before) return [{ kind: 'methods_unknown' }];
    return after ? [{ kind: 'methods_known' }] : [];
  }
  const only = (some: readonly string[], others: readonly string[]) =>
    [...new Set(some)].filter((method) => !others.includes(method)).sort();
  return [
    ...only(before, after).map((method) => ({ kind: 'method_removed' as const, method })),
    ...only(after, before).map((method) => ({ kind: 'method_added' as const, method })),
  ];
}

const FLAG_WORDS: Record<StateFlag, string> = {
  admin: 'an admin',
  enabled: 'enabled',
  registered: 'registered',
  capable: 'capable',
};

/** A difference in words, for a page or a cell of a CSV; reasons stand as the API spells them. */
export function differenceText(difference: StateDifference): string {
  switch (difference.kind) {
    case 'appeared':
      return 'new in the report';
    case 'disappeared':
      return 'no longer in the report';
    case 'flag':
      return flagText(difference.flag, difference.to);
    case 'method_added':
      return `added: ${methodLabel(difference.method)}`;
    case 'method_removed':
      return `removed: ${methodLabel(difference.method)}`;
    case 'methods_unknown':
      return 'methods no longer told';
    case 'methods_known':
      return 'methods told again';
    case 'reason':
      return `reason: ${difference.to}`;
  }
}

function flagText(flag: StateFlag, to: boolean | null): string {
  const words = FLAG_WORDS[flag];
  if (to === null) return `not told whether ${words}`;
  return to ? `now ${words}` : `no longer ${words}`;
}
