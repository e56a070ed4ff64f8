import { fraction, type Share } from '../../domain/share.ts';
import type { FunnelResponse, ResetMethodsResponse } from '../../server/contract/resets.ts';
import { count, counted, percent } from '../format.ts';
import { LOG_METHOD_LABEL } from './log-methods.ts';

export type MethodRows = NonNullable<ResetMethodsResponse['methods']>;
export type Switches = FunnelResponse['switches'];

/** Methods started less often say nothing about the method. */
const ENOUGH = 20;

export const passedShare = ({ passed, started }: MethodRows[number]): Share => ({
  part: passed,
  whole: started,
});

/** The method that is passed least often, in a sentence for a title. */
export function methodsFinding(methods: MethodRows | null): string {
  if (methods === null) return 'No day of this period was collected';
  if (methods.length === 0) return 'No verification was started in this period';
  const enough = methods.filter(({ started }) => started >= ENOUGH);
  const worst = enough.toSorted(
    (a, b) => (fraction(passedShare(a)) ?? 1) - (fraction(passedShare(b)) ?? 1),
  )[0];
  if (!worst || enough.length < 2) {
    return `${counted(methods.length, 'method', 'methods')} in use; too few tries to compare them`;
  }
  return `${LOG_METHOD_LABEL[worst.method]} is passed least often: ${percent(passedShare(worst))} of tries that start it`;
}

/** Who gives up a method for another, in a sentence for a title. */
export function switchesFinding(switches: Switches): string {
  if (switches === null) return 'No day of this period was collected';
  const top = switches.pairs[0];
  if (!top) return 'Nobody gave up one method for another';
  const tries = counted(switches.flows, 'try', 'tries');
  return `In ${tries} a method was given up for another; most often ${top.from} for ${top.to} (${count(top.flows)})`;
}
