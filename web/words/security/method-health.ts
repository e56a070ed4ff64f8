import { fraction } from '../../../domain/share.ts';
import { percent } from '../../format.ts';
import { LOG_METHOD_LABEL, logMethodOf } from '../log-methods.ts';
import type { AlertEvidence } from './alerts.ts';

/** A method as the log names it, for people. */
export function methodName(method: string): string {
  const known = logMethodOf(method);
  return known ? LOG_METHOD_LABEL[known] : method === 'unknown' ? 'Not named by the log' : method;
}

/** Fewer usual starts, or fewer starts now, say nothing of how a method goes. */
const USUAL_STARTS = 20;
const STARTS = 5;

/** The method that fell most, in a sentence; that none did, if so. Too few starts say nothing. */
export function healthFinding(methods: AlertEvidence['methods']): string {
  const fallen = methods.flatMap(({ method, started, passed, usualStarted, usualPassed }) => {
    if (started < STARTS || usualStarted < USUAL_STARTS) return [];
    const now = fraction({ part: passed, whole: started });
    const usual = fraction({ part: usualPassed, whole: usualStarted });
    if (now === null || usual === null) return [];
    return now < usual * 0.5 ? [{ method, now, usual, drop: usual - now }] : [];
  });
  const [worst] = fallen.toSorted((a, b) => b.drop - a.drop);
  if (!worst) return 'No method passes less than half as often as usual';
  const share = (value: number) => percent({ part: Math.round(value * 1000), whole: 1000 });
  return `${methodName(worst.method)}: ${share(worst.now)} pass, ${share(worst.usual)} usually`;
}
