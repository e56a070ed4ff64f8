import { DAY_MS } from '../day.ts';
import { reasonText } from '../lost-reason.ts';
import { counted } from './alert-words.ts';
import type { CauseFacts, CauseTold } from './cause.ts';
import { lostCapability, lostInWords } from './lost-capability.ts';
import { stopCodes, stoppedInWords } from './stop-codes.ts';

/** A tenant's day begins up to 14 hours before that of UTC. */
const EAST_MS = DAY_MS / 2 + DAY_MS / 12;
/** How many starts of a method must have been usual in the time before that there are none says something. */
const USUAL_STARTS = 10;
const USUAL_DAYS = 28;

/**
 * Whether a change of policy or of password writeback, from two days before it began to the day on which it was most
 * unusual, goes with flows that are stopped by configuration, with a method that nobody starts any more, or with people who
 * can no longer reset their password. Null: no change, or nothing that goes with it.
 */
export function policyCause(facts: CauseFacts): CauseTold | null {
  const lastDay = new Date(heightOf(facts) + EAST_MS).toISOString().slice(0, 10);
  const before = facts.changes.filter(({ day }) => day <= lastDay);
  const writeback = before.filter(({ text }) => isAboutWriteback(text));
  const policy = before.filter(({ text }) => !isAboutWriteback(text));
  const codes = stopCodes(facts);
  const ofWriteback = codes.filter((code) => reasonText(code).owner === 'writeback');
  if (ofWriteback.length > 0 && writeback.length > 0)
    return { cause: 'writeback', because: [...dated(writeback), ...stoppedInWords(ofWriteback)] };
  const lost = lostInWords(facts);
  if (lost.length > 0 && policy.length === 0 && writeback.length > 0)
    return { cause: 'writeback', because: [...dated(writeback), ...lost] };
  const gone = [...goneMethods(facts), ...lost];
  if ((codes.length === 0 && gone.length === 0) || policy.length === 0) return null;
  return { cause: 'policy_change', because: [...dated(policy), ...stoppedInWords(codes), ...gone] };
}

/**
 * When the most unusual series began to be; where none is, when all of it began. What a snapshot found happened at any time
 * since the one before.
 */
function heightOf(facts: CauseFacts): number {
  const { series, startAt, endAt } = facts;
  if (lostCapability(facts) > 0) return endAt - 1;
  const top = series.reduce<CauseFacts['series'][number] | null>(
    (least, one) => (least === null || one.p < least.p ? one : least),
    null,
  );
  return Math.max(startAt, top?.startAt ?? startAt);
}

function isAboutWriteback(text: string): boolean {
  return /writeback/i.test(text);
}

const dated = (changes: CauseFacts['changes']) => changes.map(({ day, text }) => `${day}: ${text}`);

function goneMethods({ methods, startAt, endAt }: CauseFacts): string[] {
  const days = (endAt - startAt) / DAY_MS;
  return methods.flatMap(({ method, started, usualStarted }) => {
    const usual = (usualStarted * days) / USUAL_DAYS;
    if (started > 0 || usual < USUAL_STARTS) return [];
    return [
      `Nobody starts ${method} any more, against ${counted(Math.round(usual), 'start', 'starts')} usually.`,
    ];
  });
}
