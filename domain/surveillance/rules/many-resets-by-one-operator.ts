import type { AdminResetKind } from '../../admin-reset.ts';
import type { DayAdminReset } from './day-facts.ts';
import { countSubjects, type RuleValue } from './rule-value.ts';

/** Mass resets too: of all that somebody in an operator's account can do, they are the worst. */
const KINDS: readonly AdminResetKind[] = ['counted', 'mass'];

/** Different people whose password an operator reset; first passwords, automation and synchronisation are left out. */
export function manyResetsByOneOperator(resets: readonly DayAdminReset[]): RuleValue[] {
  return countSubjects(
    'many_resets_by_one_operator',
    resets.flatMap(({ kind, operatorId, personId, at }) =>
      !KINDS.includes(kind) || operatorId === null || personId === null
        ? []
        : [{ subject: operatorId, item: personId, from: at, to: at }],
    ),
  );
}
