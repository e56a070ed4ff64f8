import { differenceText, type SeenState, stateDifference } from '../../domain/state-difference.ts';

/**
 * What changed of a person between two snapshots, in one line. The reason stands in a column of its own, and
 * "capable" follows from the rest: they are left out where something else says why.
 */
export function changeWords(before: SeenState | null, after: SeenState | null): string {
  const all = stateDifference(before, after).filter(({ kind }) => kind !== 'reason');
  const causes = all.filter((one) => one.kind !== 'flag' || one.flag !== 'capable');
  const told = (causes.length > 0 ? causes : all).map(differenceText);
  return told.length > 0 ? told.join('; ') : 'population only: excluded, or counted again';
}
