import type { Share } from '../share.ts';
import type { InterruptedSeries } from './second-opinion.ts';
import { secondOpinion } from './second-opinion.ts';

const AFTER_LEAST = 2;
/** Only medians are compared. */
const DRAWS = 1_000;

/**
 * How often a beginning that never was shows an effect as large as the real one: the second opinion is asked again
 * with every beginning that the time before self-service has room for (placebo in time: Abadie, Diamond and
 * Hainmueller 2015). Effects are compared as a part of the tickets expected. Null where there is no second opinion, or
 * no room for a placebo: 6 periods before it and 2 after.
 */
export function placeboEffects(series: InterruptedSeries): Share | null {
  const real = relativeEffect(series);
  if (real === null) return null;
  const { liveFrom, periodsPerYear } = series;
  const tickets = series.tickets.slice(0, liveFrom);
  const effects = Array.from({ length: liveFrom }, (_, start) => start)
    .filter((start) => tickets.slice(start).filter((count) => count !== null).length >= AFTER_LEAST)
    .map((start) => relativeEffect({ tickets, liveFrom: start, periodsPerYear }))
    .filter((effect) => effect !== null);
  if (effects.length === 0) return null;
  return { part: effects.filter((effect) => effect >= real).length, whole: effects.length };
}

function relativeEffect(series: InterruptedSeries): number | null {
  const opinion = secondOpinion(series, { draws: DRAWS });
  return opinion && opinion.expected > 0 ? opinion.likely / opinion.expected : null;
}
