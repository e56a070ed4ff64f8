import { addDays, type Day } from '../day.ts';
import { uniformRandom } from '../random.ts';
import { fraction, type Share } from '../share.ts';
import type { Draws } from '../statistics/draws.ts';
import { drawsOf } from '../statistics/draws.ts';
import { forecastDailyCounts } from './counts/daily-counts.ts';
import { type CoverageQuantiles, coverageAt } from './coverage-at.ts';

/** One day of what is known. */
export interface OutlookDay {
  day: Day;
  /** Incidents that began, and bypasses, settling ones included; null: not wholly collected. */
  incidents: number | null;
  bypasses: number | null;
  holiday: boolean;
  /** People in the population and how many of them are capable; null: no snapshot. */
  coverage: Share | null;
}

export interface OutlookInput {
  /** Oldest first, no day left out; the last one is wholly collected. */
  days: readonly OutlookDay[];
  /** The days to tell: whole weeks following on. */
  future: readonly { day: Day; holiday: boolean }[];
  /** Settled incidents of the last 13 weeks, and those of them that fell back. */
  fellBack: Share;
  /** Coverage in the days to come; null: no forecast of it, today's is kept. */
  coverage: CoverageQuantiles | null;
  /** Minutes the desk works on a ticket, one draw. */
  handleMinutes: (draws: Draws) => number;
  random: () => number;
}

/** 10, 50 and 90 % of the futures. */
export interface Band {
  low: number;
  likely: number;
  high: number;
}

interface Figures {
  needs: Band;
  incidents: Band;
  /** Incidents that fall back, and bypasses. */
  desk: Band;
  deskHours: Band;
  /** The same with today's coverage; null: coverage is not forecast. */
  deskWithoutFurtherCoverage: Band | null;
  deskHoursWithoutFurtherCoverage: Band | null;
}

export interface ResetOutlook {
  state: 'ok';
  /** Last day that is known. */
  day: Day;
  historyDays: number;
  weeks: (Figures & { first: Day; last: Day })[];
  all: Figures;
  members: { name: string; weight: number }[];
  /** Share of the needs of covered people that self-service is tried for. */
  triedWhereCovered: number;
  fellBack: Share;
}

export type NoOutlook = { state: 'too_short'; needDays: number; haveDays: number };

/** Fewer days tell no weekday from a trend. */
export const OUTLOOK_DAYS_LEAST = 28;
/** Days from which the split between self-service and desk is taken. */
const SPLIT_DAYS = 91;
const WEEK = 7;

/**
 * What people will need, and how much of it reaches the desk: needs (incidents and bypasses) are forecast as counts, each
 * future takes its own course of coverage, and every need goes to self-service with the chance that it had for covered
 * people lately. Both ways to tell coverage use the same chance, so that their difference is coverage alone. Sums are
 * made within a future: bounds are never added.
 */
export function resetOutlook(input: OutlookInput): ResetOutlook | NoOutlook {
  const { days, future, random } = input;
  const haveDays = days.filter(({ incidents }) => incidents !== null).length;
  const last = days.at(-1)?.day;
  const tooShort: NoOutlook = { state: 'too_short', needDays: OUTLOOK_DAYS_LEAST, haveDays };
  if (last === undefined || haveDays < OUTLOOK_DAYS_LEAST) return tooShort;
  const needs = forecastDailyCounts({
    days: days.map(({ day, incidents, bypasses, holiday }) => ({
      ...{ day, holiday },
      count: incidents === null || bypasses === null ? null : incidents + bypasses,
    })),
    future,
    population: days.map(({ coverage }) => coverage?.whole ?? null),
    random,
  });
  if (!needs) return tooShort;
  const draws = drawsOf(random);
  // A stream of its own: another handle time changes hours, and nothing else.
  const handle = drawsOf(uniformRandom(Math.floor(random() * 2 ** 32)));
  const split = splitOf(days);
  const now = days.findLast(({ coverage }) => coverage !== null)?.coverage ?? null;
  const today = now && fraction(now);
  const futures = needs.paths.map((path) =>
    splitFuture(path, { ...input, split, today, draws, handle }),
  );
  const weeks = future.flatMap(({ day }, index) =>
    index % WEEK === 0
      ? [
          {
            ...{ first: day, last: addDays(day, WEEK - 1) },
            ...figuresOf(futures, (values) => sum(values.subarray(index, index + WEEK))),
          },
        ]
      : [],
  );
  return {
    ...{ state: 'ok', day: last, historyDays: needs.historyDays, weeks },
    all: figuresOf(futures, sum),
    members: needs.members,
    triedWhereCovered: split.chance,
    fellBack: input.fellBack,
  };
}

interface Split {
  /** Of a need of a covered person; where coverage is unknown, of any need. */
  chance: number;
  /** Beta of the share of needs tried in self-service. */
  tried: number;
  untried: number;
  /** Mean coverage of those days; null: unknown. */
  coverage: number | null;
}

function splitOf(days: readonly OutlookDay[]): Split {
  const recent = days.slice(-SPLIT_DAYS);
  const tried = recent.reduce((all, { incidents }) => all + (incidents ?? 0), 0);
  const untried = recent.reduce((all, { bypasses }) => all + (bypasses ?? 0), 0);
  const shares = recent.flatMap(({ coverage }) => (coverage && fraction(coverage)) ?? []);
  const mean = shares.length > 0 ? shares.reduce((all, one) => all + one, 0) / shares.length : null;
  const share = (tried + 0.5) / (tried + untried + 1);
  return {
    ...{ tried, untried, coverage: mean },
    chance: Math.min(1, mean && mean > 0 ? share / mean : share),
  };
}

interface Future {
  needs: Float64Array;
  incidents: Float64Array;
  desk: Float64Array;
  deskUnchanged: Float64Array | null;
  handleHours: number;
}

function splitFuture(
  path: Float64Array,
  {
    fellBack,
    coverage,
    handleMinutes,
    split,
    today,
    draws,
    handle,
  }: OutlookInput & { split: Split; today: number | null; draws: Draws; handle: Draws },
): Future {
  const { beta, binomial, uniform } = draws;
  const level = uniform();
  const share = beta(split.tried + 0.5, split.untried + 0.5);
  const falls = beta(fellBack.part + 0.5, fellBack.whole - fellBack.part + 0.5);
  const perCovered = split.coverage ? share / split.coverage : null;
  const chanceAt = (covered: number | null) =>
    Math.min(1, perCovered === null || covered === null ? share : perCovered * covered);
  const incidents = new Float64Array(path.length);
  const desk = new Float64Array(path.length);
  const told = coverage !== null && today !== null;
  const deskUnchanged = told ? new Float64Array(path.length) : null;
  for (const [index, need] of path.entries()) {
    const unchanged = chanceAt(today);
    const chance = told ? chanceAt(coverageAt(coverage, index, level)) : unchanged;
    // What coverage moves is drawn on top of what both have: their difference then is coverage alone.
    const least = Math.min(chance, unchanged);
    const both = binomial(need, least);
    const moved = least < 1 ? binomial(need - both, Math.abs(chance - unchanged) / (1 - least)) : 0;
    const [self, selfUnchanged] = chance >= unchanged ? [both + moved, both] : [both, both + moved];
    const fallBoth = binomial(both, falls);
    const fallMoved = binomial(moved, falls);
    const reached = (own: number) => need - own + fallBoth + (own > both ? fallMoved : 0);
    incidents[index] = self;
    desk[index] = reached(self);
    if (deskUnchanged) deskUnchanged[index] = reached(selfUnchanged);
  }
  return { needs: path, incidents, desk, deskUnchanged, handleHours: handleMinutes(handle) / 60 };
}

function figuresOf(futures: readonly Future[], of: (values: Float64Array) => number): Figures {
  const unchanged = futures.flatMap(({ deskUnchanged, handleHours }) =>
    deskUnchanged ? [{ desk: of(deskUnchanged), handleHours }] : [],
  );
  const desk = futures.map((future) => ({
    desk: of(future.desk),
    handleHours: future.handleHours,
  }));
  const hours = (one: { desk: number; handleHours: number }) => one.desk * one.handleHours;
  const isTold = unchanged.length > 0;
  return {
    needs: bandOf(futures.map(({ needs }) => of(needs))),
    incidents: bandOf(futures.map(({ incidents }) => of(incidents))),
    desk: bandOf(desk.map((one) => one.desk)),
    deskHours: bandOf(desk.map(hours)),
    deskWithoutFurtherCoverage: isTold ? bandOf(unchanged.map((one) => one.desk)) : null,
    deskHoursWithoutFurtherCoverage: isTold ? bandOf(unchanged.map(hours)) : null,
  };
}

function bandOf(values: readonly number[]): Band {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { low: at(0.1), likely: at(0.5), high: at(0.9) };
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
