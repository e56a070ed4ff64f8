import { type FlowOutcome, lastTelling } from './flow-outcome.ts';
import { furthestStage, STAGES, type Stage } from './funnel.ts';
import { endOf, type Owner, VOCABULARY, vocabularyRow } from './reset-vocabulary.ts';
import type { FlowEntry } from './verification.ts';

/** Why a flow was lost. */
export interface LostReason {
  /** Stable name; an unknown reason is its own, verbatim without the blanks at its ends. */
  code: string;
  /** Who can take the reason away; null: not known. */
  owner: Owner | null;
}

/** How a reason is shown. */
export interface ReasonText {
  /** As Graph words it; our words where Graph says nothing. */
  reason: string;
  /** False: not in the vocabulary, and `reason` is verbatim. */
  known: boolean;
  owner: Owner | null;
}

/** Where an abandoned flow was left. No record says why, so the words are ours. */
const LEFT_AFTER: Record<Stage, string> = {
  identified: 'entering a name',
  options: 'reading the options',
  started: 'choosing a method',
  passed: 'passing a method',
  gates_passed: 'passing all verification',
  password_submitted: 'submitting a new password',
  done: 'the reset',
};

/** Reasons that no row of the vocabulary gives. */
const OURS: [code: string, reason: string, owner: Owner | null][] = [
  ['blocked', 'Blocked from self-service password reset', 'user'],
  ['reset_failed', 'A reset or unlock failed, and the log gives no reason', null],
  ['no_reason', 'A step failed, and the log gives no reason', null],
  ...STAGES.map((stage): [string, string, Owner] => [
    `abandoned_${stage}`,
    `Left without a word after ${LEFT_AFTER[stage]}`,
    'user',
  ]),
];

const KNOWN = new Map<string, ReasonText>([
  ...VOCABULARY.flatMap(({ code, text, owner }): [string, ReasonText][] =>
    code === null || text === null ? [] : [[code, { reason: text, known: true, owner }]],
  ),
  ...OURS.map(([code, reason, owner]): [string, ReasonText] => [
    code,
    { reason, known: true, owner },
  ]),
]);

/** The words and the owner of a code; one that is not known is an unknown reason in Graph's own words. */
export function reasonText(code: string): ReasonText {
  return KNOWN.get(code) ?? { reason: code, known: false, owner: null };
}

/**
 * The one reason for which a flow was lost: the text of the record that decided its outcome. `entries` are in the
 * order of the flow. Null: it succeeded, or is in progress.
 */
export function lostReason(entries: readonly FlowEntry[], outcome: FlowOutcome): LostReason | null {
  if (outcome === 'completed' || outcome === 'unlocked' || outcome === 'in_progress') return null;
  if (outcome === 'abandoned') return known(`abandoned_${STAGES[furthestStage(entries)]}`);
  if (outcome === 'contacted_admin') return known('contacted_admin');
  if (outcome === 'blocked') {
    const tooMany = entries.some(({ step }) => step.kind === 'too_many');
    return known(tooMany ? 'too_many_attempts' : 'blocked');
  }
  const stop = entries.find(({ step }) => step.kind === 'not_entitled');
  return reasonOf(outcome === 'not_entitled' ? stop : lastTelling(entries));
}

function known(code: string): LostReason {
  return { code, owner: reasonText(code).owner };
}

function reasonOf(entry: FlowEntry | undefined): LostReason {
  const text = entry?.record.reason?.trim() ?? '';
  const code = vocabularyRow(text)?.code;
  if (code != null) return known(code);
  // Graph writes the word None where there is no reason.
  if (text !== '' && text.toLowerCase() !== 'none') return { code: text, owner: null };
  return known(entry && endOf(entry.record.activity) !== null ? 'reset_failed' : 'no_reason');
}
