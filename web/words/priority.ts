import { fraction, type Share } from '../../domain/share.ts';
import type { PriorityResponse } from '../../server/contract/people.ts';
import { count, counted, dayLong, hundredths, percent, periodText } from '../format.ts';

export type Priority = NonNullable<PriorityResponse['priority']>;
type Backtest = NonNullable<Priority['backtest']>;

/** The share of people that sentences speak of; tables show the others. */
const SPOKEN_SHARE = 0.1;

/** Of points along the order, the one nearest to the first tenth of the people. */
function firstTenth<Top extends { people: Share }>(top: readonly Top[]): Top | undefined {
  const away = ({ people }: Top) => Math.abs((fraction(people) ?? 0) - SPOKEN_SHARE);
  return top.toSorted((a, b) => away(a) - away(b))[0];
}

/** Shares of people are asked for in whole percent, and rounded up to whole people. */
export const topText = (people: Share) => `top ${count((fraction(people) ?? 0) * 100)}\u202f%`;

/** `the top 10 % of people made 41 % of the calls`; null: no calls. */
export function concentrationText({ concentration }: Priority): string | null {
  const tenth = concentration && firstTenth(concentration.top);
  if (!concentration || !tenth) return null;
  return `the ${topText(tenth.people)} of people made ${percent(tenth.calls)} of the ${counted(concentration.calls, 'call', 'calls')} (${periodText(concentration)})`;
}

/** How many of the calls that came after it an order of the past had in its first part. */
export function backtestText(backtest: Backtest): string {
  const tenth = firstTenth(backtest.top);
  if (!tenth) return '';
  return [
    `The order as it stood before ${dayLong(backtest.first)} had ${count(tenth.calls)} of the ${counted(backtest.calls, 'call', 'calls')} of the days after (${periodText(backtest)}) in its ${topText(tenth.people)}.`,
    `Longest unregistered first would have had ${count(tenth.longestUnregistered)}, drawing lots ${count(tenth.random)}.`,
  ].join(' ');
}

/** What the order stands on. */
export function basisText({ basis, whyStated, people, expectedCalls }: Priority): string {
  const size = `${counted(expectedCalls, 'call', 'calls')} expected in 90 days from ${counted(people, 'person', 'people')}.`;
  if (basis === 'fitted') return `Fitted on your own history. ${size}`;
  return `By stated weights, not fitted: ${whyStated ?? 'the history is too short'}${/[.!]$/.test(whyStated ?? '') ? '' : '.'} ${size}`;
}

/** The panel in a line, for when it is closed. */
export function priorityFinding(priority: Priority | null): string {
  if (priority === null) return 'Not worked out yet';
  const text = concentrationText(priority);
  const how =
    priority.basis === 'fitted' ? 'order fitted on your history' : 'order by stated weights';
  return text
    ? `${text.charAt(0).toUpperCase()}${text.slice(1)}; ${how}`
    : `No calls on record; ${how}`;
}

/** By how much a feature changes the expected calls: `× 2.40`. */
export const factorText = (factor: number) => `×\u202f${hundredths(factor)}`;
