import type { NeedCounts } from './figures.ts';

/**
 * Whether incidents tell anything yet: not while some are settling and none has settled. Without any incident they do,
 * namely that none was needed.
 */
export function isTold({
  selfServed,
  fellBack,
  abandoned,
  settling,
}: Pick<NeedCounts, 'selfServed' | 'fellBack' | 'abandoned' | 'settling'>): boolean {
  return settling === 0 || selfServed + fellBack + abandoned > 0;
}
