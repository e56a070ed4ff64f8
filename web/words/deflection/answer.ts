import { fraction } from '../../../domain/share.ts';
import type { DeflectionFigures, DeflectionResponse } from '../../../server/contract/deflection.ts';
import { count, counted, percentTick } from '../../format.ts';
import { betweenText, monthsBetween, rangeText } from './ranges.ts';

export type Evidence = DeflectionFigures['evidence'];

/** What the range stands on, in words. */
export const EVIDENCE_LABEL: Record<Evidence, string> = {
  tickets: 'Calibrated on your tickets',
  logs: 'By assumption',
};

/** Why there is no answer, as the end of a sentence: no day was read, or every incident may still change. */
export function unknownWords({
  served,
  counts: { settling },
}: Pick<DeflectionFigures, 'served' | 'counts'>): string {
  if (served === null) return 'not collected: no day of this period was read';
  return `not known yet: ${counted(settling, 'incident is', 'incidents are')} still settling`;
}

/** The answer in a sentence, never without its range. */
export function answerSay({ avoided, served, evidence, saving, counts }: DeflectionResponse) {
  if (served === null) return 'No day of this period was collected, so there is nothing to say.';
  if (avoided === null) return `What was avoided is ${unknownWords({ served, counts })}.`;
  const range =
    avoided.low < 0
      ? `Whether tickets were avoided cannot be told: between ${count(-avoided.low)} more and ${count(avoided.high)} fewer, likely ${count(avoided.likely)}`
      : `Between ${count(avoided.low)} and ${count(avoided.high)} tickets were avoided, likely ${count(avoided.likely)}`;
  const grade =
    evidence === 'tickets'
      ? 'calibrated on your own tickets'
      : 'by assumption: import tickets to make it yours';
  const cost = saving?.defaultCost
    ? ' The money stands on a published cost of a ticket, not yet on yours.'
    : '';
  return `${range}, ${grade}.${cost}`;
}

/** How assumptions and tickets came together, a sentence each. */
export function calibrationWords(figures: DeflectionFigures): string[] {
  const { calibration } = figures;
  if (!calibration) return [];
  const { estimate, share, months, firstMonth, lastMonth, controlled } = calibration;
  const size = Math.round(Math.abs(estimate.share) * 100);
  const direction = estimate.share >= 0 ? 'fewer' : 'more';
  return [
    `Over ${counted(months, 'month', 'months')} (${monthsBetween(firstMonth, lastMonth)}) 100 self-served incidents went with ${count(size)} tickets ${direction}, give or take ${count(Math.round(estimate.standardError * 100))}${controlled ? ', other tickets being held against them' : ''}.`,
    `Put together with the assumptions, ${betweenText(share, percentTick)} of self-served incidents would have been a ticket, likely ${percentTick(share.likely)}.`,
    'For this the give or take was widened on purpose: with two years of months a regression is too sure of itself (method in the data dictionary, under Evidence).',
  ];
}

/** From here on "times as many" is read more easily than percent. */
const FEW_TIMES = 4;

/** What counting every success would claim; null where it would claim no more. */
export function naiveWords({ served, avoided }: DeflectionFigures): string | null {
  if (!served || !avoided) return null;
  const all = served.reset + served.unlock;
  if (all <= avoided.likely || avoided.likely <= 0) return null;
  const times = all / avoided.likely;
  const claim =
    times < FEW_TIMES
      ? `${percentTick(times - 1)} more`
      : `${count(Math.round(times))} times as many`;
  return `Counting each of the ${count(all)} self-served incidents as an avoided ticket would claim ${claim}.`;
}

/** How the second method stands to the answer for the same months. */
export function secondFinding({ secondOpinion }: DeflectionFigures): string {
  if (!secondOpinion) return 'No second opinion yet';
  const { avoided, answer } = secondOpinion;
  const said = rangeText(avoided);
  if (!answer) return `A second method says ${said}`;
  const isWithin = avoided.likely >= answer.low && avoided.likely <= answer.high;
  if (isWithin) return `A second method agrees: ${said}`;
  const isApart = avoided.low > answer.high || avoided.high < answer.low;
  return isApart
    ? `A second method disagrees: ${said}`
    : `A second method comes out ${avoided.likely > answer.likely ? 'higher' : 'lower'}: ${said}`;
}

/** What the second opinion stands on, a sentence each. */
export function secondWords({ secondOpinion }: DeflectionFigures): string[] {
  if (!secondOpinion) return [];
  const { expected, monthsBefore, monthsAfter, placebo } = secondOpinion;
  const known = `From ${counted(monthsBefore, 'month', 'months')} of tickets before self-service ${count(Math.round(expected))} tickets would have been expected in the ${counted(monthsAfter, 'whole month', 'whole months')} of this period.`;
  if (!placebo || placebo.whole === 0) return [known];
  const share = fraction(placebo) ?? 0;
  return [
    known,
    `${count(placebo.part)} of ${counted(placebo.whole, 'made-up beginning shows', 'made-up beginnings show')} an effect as large${share > 0.1 ? ', so chance may explain it' : ''}.`,
  ];
}

/** Admin resets per 1,000 people of a period; null: not known. */
export function perThousand({
  adminResetsPerPeople: per,
}: DeflectionFigures['ratios']): number | null {
  return per && per.people > 0 ? (per.adminResets / per.people) * 1000 : null;
}

/** What is known about resets made on-premises, in a sentence; null: nothing is missing. */
export function hybridWords(hybrid: boolean | null): string | null {
  if (hybrid === false) return null;
  const missing =
    'Resets made on-premises are in no log of Entra, so admin resets are a lower bound and the self-service share an upper one.';
  return hybrid
    ? `People are synchronised from on-premises. ${missing}`
    : `Whether people are synchronised from on-premises is not known. If they are: ${missing}`;
}

/** What is left out because it may still change; null: nothing. */
export function settlingWords({ settling, settlingBypasses }: DeflectionFigures['counts']) {
  if (settling + settlingBypasses === 0) return null;
  const parts = [
    ...(settling > 0 ? [counted(settling, 'incident', 'incidents')] : []),
    ...(settlingBypasses > 0
      ? [counted(settlingBypasses, 'admin reset without a try', 'admin resets without a try')]
      : []),
  ];
  const isOne = settling + settlingBypasses === 1;
  return `${parts.join(' and ')} of the last days ${isOne ? 'is' : 'are'} still settling and ${isOne ? 'is' : 'are'} left out.`;
}

/** The unserved who ended at the desk, in words. */
export const unservedText = ({ fellBack, abandoned }: DeflectionFigures['counts']) =>
  `${count(fellBack)} fell back, ${count(abandoned)} gave up`;

/** Incidents that are in no rate yet, in words. */
export const settlingText = ({ settling }: DeflectionFigures['counts']) =>
  settling === 0 ? 'None is settling' : `${counted(settling, 'more is', 'more are')} settling`;
