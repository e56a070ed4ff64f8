import { NO_SETUP_COST } from '../../domain/money/payback.ts';
import { monthName } from '../../domain/statement/month.ts';
import type { DeflectionFigures } from '../contract/deflection.ts';
import { INK, type Sheet } from './sheet.ts';
import { BODY, heading, paragraph } from './text.ts';
import { amounts, count, counted, counts, fromTo, wholePercent } from './words.ts';

/** How far the range can be trusted, and what else speaks for or against it. */
export function drawEvidence(sheet: Sheet, figures: DeflectionFigures): void {
  const isCalibrated = figures.evidence === 'tickets';
  heading(sheet, `Evidence: ${isCalibrated ? 'calibrated on helpdesk tickets' : 'by assumption'}`);
  paragraph(sheet, isCalibrated ? calibrated(figures) : assumed(figures));
  if (figures.calibration?.contradicted)
    paragraph(
      sheet,
      'Contradiction: your tickets contradict the assumptions. The range leans on the tickets and is wide for that; review the assumptions before using the figure.',
      { ...BODY, weight: 600, colour: INK.warn },
    );
  for (const sentence of [...besides(figures), ...costs(figures)]) paragraph(sheet, sentence);
}

function calibrated({ calibration }: DeflectionFigures): string {
  if (!calibration) return 'Calibrated on imported tickets.';
  const { firstMonth, lastMonth, months, share, estimate, controlled } = calibration;
  return [
    `Over ${counted(months, 'month', 'months')} for which tickets and self-service are both known (${monthName(firstMonth)} to ${monthName(lastMonth)}), each self-served incident went with ${estimate.share.toFixed(2)} fewer tickets (standard error ${estimate.standardError.toFixed(2)}${controlled ? ', other tickets as a control' : ''}).`,
    `Together with the assumptions: ${wholePercent(share.likely)} of self-served incidents would have been tickets (${fromTo(wholePercent(share.low), wholePercent(share.high))}).`,
    'For this the standard error was widened on purpose: with two years of months a regression is too sure of itself (method in the data dictionary, under Evidence).',
  ].join(' ');
}

function assumed({ whyLogs }: DeflectionFigures): string {
  return [
    'The range follows from what the logs say was self-served and from the assumptions below alone; no tickets were counted. It is as good as those assumptions.',
    whyLogs,
  ]
    .filter(Boolean)
    .join(' ');
}

function besides({ secondOpinion, potential }: DeflectionFigures): string[] {
  const found: string[] = [];
  if (secondOpinion) {
    const { avoided, monthsBefore, placebo } = secondOpinion;
    const { low, likely, high } = counts(avoided);
    const test =
      placebo && placebo.whole > 0
        ? ` Made-up beginnings with as large an effect: ${count(placebo.part)} of ${count(placebo.whole)}.`
        : '';
    found.push(
      `Second opinion, not mixed in: a forecast from ${counted(monthsBefore, 'month', 'months')} of tickets before self-service would have ${likely} tickets avoided (${fromTo(low, high)}).${test}`,
    );
  }
  if (potential) {
    const { low, likely, high } = counts(potential.avoided);
    found.push(
      `Not in any figure above: of ${counted(potential.resets, 'need', 'needs')} that an admin reset ended for people who cannot reset yet, coverage could still avoid ${likely} tickets (${fromTo(low, high)}).`,
    );
  }
  return found;
}

function costs({ saving, tornado, tornadoOf }: DeflectionFigures): string[] {
  const found: string[] = [];
  if (saving?.net) {
    const { low, likely, high } = amounts(saving.net);
    found.push(
      `After running costs; the setup cost is in the payback: ${saving.currency} ${likely} (${fromTo(low, high)}).`,
    );
  }
  const paidBack = saving && payback(saving);
  if (paidBack) found.push(paidBack);
  const moving = tornado.slice(0, 3).map(({ title, low, high }) => {
    const [from, to] = [Math.min(low.answer, high.answer), Math.max(low.answer, high.answer)];
    return `${title.toLowerCase()} (${fromTo(count(from), count(to))})`;
  });
  if (saving && moving.length > 0) {
    const answer = tornadoOf === 'avoided' ? 'tickets avoided' : `saving in ${saving.currency}`;
    found.push(
      `What moves the likely ${answer} most, each between its own ends: ${moving.join(', ')}.`,
    );
  }
  return found;
}

/** When the setup cost is paid back, or why never; null: no setup cost is given. */
function payback({
  paybackMonths,
  paybackWhy,
}: NonNullable<DeflectionFigures['saving']>): string | null {
  if (paybackWhy === NO_SETUP_COST) return null;
  if (!paybackMonths) return paybackWhy && `Payback of the setup cost: ${paybackWhy}`;
  const { low, likely, high } = paybackMonths;
  return `At this rate setup is paid back after ${likely.toFixed(1)} months (${fromTo(low.toFixed(1), high.toFixed(1))}).`;
}
