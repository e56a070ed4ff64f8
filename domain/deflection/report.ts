import { MONTH_DAYS } from '../day.ts';
import { saving } from '../money/saving.ts';
import { selfServiceShare, successRate } from '../reset-counts.ts';
import type { Served } from './avoided-from-logs.ts';
import { avoidedBy, type Evidence, evidenceOf } from './evidence.ts';
import type { DeflectionFigures, SecondOpinionFigures } from './figures.ts';
import { addedServed, monthsOfPeriod } from './history.ts';
import { isTold } from './is-told.ts';
import { placeboEffects } from './placebo.ts';
import { potential } from './potential.ts';
import { type Range, rangeOf, wholeTickets } from './range.ts';
import type { HistoryMonth, ReportInput } from './report-input.ts';
import { secondOpinion } from './second-opinion.ts';
import { shareRounded, tornado } from './tornado.ts';

/**
 * Everything that a period's answer holds, from `input` alone: the same input gives the same figures, on every machine
 * and engine. Throws a RangeError, for people, for a set that `complaintsOf` refuses.
 */
export function deflectionReport(input: ReportInput): DeflectionFigures {
  const evidence = evidenceOf(input.set, input.history);
  const { served, counts } = input;
  return {
    served,
    ...answered(input, evidence),
    ...evidenceFigures(evidence),
    secondOpinion: opinionOf(input, evidence),
    ratios: ratiosOf(input),
    counts: { ...counts, tickets: ticketsOf(input) },
    potential: potential(input.uncoveredResets, ratiosOf(input).successRate),
  };
}

type Answered = Pick<DeflectionFigures, 'avoided' | 'saving' | 'tornado' | 'tornadoOf'>;

function answered(input: ReportInput, evidence: Evidence): Answered {
  const { set, served, counts, secondsToReset, daysCollected } = input;
  const { fellBack } = counts;
  const bars = tornado({ set, evidence, served: served ?? NOTHING, fellBack });
  if (served === null || !isTold(counts)) return { avoided: null, saving: null, ...bars };
  const avoided = avoidedBy(evidence, served);
  const months = daysCollected / MONTH_DAYS;
  return {
    avoided: wholeTickets(rangeOf(avoided)),
    saving: saving({ money: set.money, avoided, served, fellBack, secondsToReset, months }),
    ...bars,
  };
}

const NOTHING: Served = { reset: 0, unlock: 0 };

function evidenceFigures(evidence: Evidence) {
  if (evidence.by === 'logs')
    return { evidence: evidence.by, whyLogs: evidence.whyLogs, calibration: null };
  const { estimate, share, flatWeight, ...rest } = evidence.calibration;
  const calibration = {
    ...rest,
    estimate: {
      share: shareRounded(estimate.share),
      standardError: shareRounded(estimate.standardError),
    },
    share: {
      low: shareRounded(share.low),
      likely: shareRounded(share.likely),
      high: shareRounded(share.high),
    },
    flatWeight: shareRounded(flatWeight),
  };
  return { evidence: evidence.by, whyLogs: null, calibration };
}

/**
 * What a forecast of the months before self-service says of the whole months of the period. Null without a day on which
 * it began, with fewer than six months of tickets before, or none in the period.
 */
function opinionOf(
  { set, history, wholeMonths }: ReportInput,
  evidence: Evidence,
): SecondOpinionFigures | null {
  const since = set.selfServiceSince?.slice(0, 7);
  if (since === undefined || wholeMonths === null) return null;
  const liveFrom = history.filter(({ month }) => month < since).length;
  const asked = new Set(monthsOfPeriod(history, wholeMonths));
  const tickets = history.map((month, i) =>
    i < liveFrom || asked.has(month) ? month.tickets : null,
  );
  const series = { tickets, liveFrom, periodsPerYear: 12 };
  const opinion = secondOpinion(series);
  if (!opinion) return null;
  const { low, likely, high, expected, before, after } = opinion;
  return {
    avoided: wholeTickets({ low, likely, high }),
    answer: answerFor(
      evidence,
      history.filter((month, i) => i >= liveFrom && asked.has(month) && month.tickets !== null),
    ),
    expected,
    ...{ monthsBefore: before, monthsAfter: after, placebo: placeboEffects(series) },
  };
}

/** The answer's own method on the months that the second one is about; null where one of them was not collected whole. */
function answerFor(evidence: Evidence, months: readonly HistoryMonth[]): Range | null {
  const served = months.flatMap((month) => month.served ?? []);
  if (served.length < months.length) return null;
  return wholeTickets(rangeOf(avoidedBy(evidence, served.reduce(addedServed, NOTHING))));
}

function ratiosOf({ counts, people }: ReportInput): DeflectionFigures['ratios'] {
  const { selfServed, fellBack, abandoned, settling, adminResets, bypasses } = counts;
  const incidents = {
    selfServedFirst: selfServed,
    selfServedRetry: 0,
    fellBack,
    abandoned,
    settling,
  };
  return {
    selfServiceShare: selfServiceShare(incidents, bypasses),
    successRate: successRate(incidents),
    fellBackOfUnserved: { part: fellBack, whole: fellBack + abandoned },
    adminResetsPerPeople: people === null ? null : { adminResets, people },
  };
}

/** Password tickets of the whole months of the period; null where tickets are known for none of them. */
function ticketsOf({ history, wholeMonths }: ReportInput): number | null {
  if (wholeMonths === null) return null;
  const known = monthsOfPeriod(history, wholeMonths).flatMap(({ tickets }) => tickets ?? []);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}
