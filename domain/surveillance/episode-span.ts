import type { DayCutter } from '../day.ts';
import { overlaps, type Span } from './connected-findings.ts';
import type { Finding } from './finding.ts';
import { isTotal } from './series.ts';

/** What an episode is made of. */
export interface Part {
  /** Findings of its own rule. */
  own: Finding[];
  /** Of rules that joined it. */
  joined: Finding[];
  /** Start of the next episode that it is told apart from; null: none. */
  until: number | null;
}

/** From the first start to the last end of all of them. */
export function wholeSpan(findings: readonly Span[]): Span {
  return {
    startAt: findings.reduce(
      (first, { startAt }) => Math.min(first, startAt),
      Number.POSITIVE_INFINITY,
    ),
    endAt: findings.reduce((last, { endAt }) => Math.max(last, endAt), Number.NEGATIVE_INFINITY),
  };
}

/** The part of a span before `until`. */
export function limited({ startAt, endAt }: Span, until: number | null): Span {
  return { startAt, endAt: until === null ? endAt : Math.min(endAt, until) };
}

/**
 * When an episode began and was last seen. Hours and records tell it finer than the days that they lie in, and what
 * joined it lies in it, or adds the part that its days reach to.
 */
export function spanOf({ own, joined, until }: Part, cutter: DayCutter): Span {
  const whole = limited(wholeSpan(own), until);
  const told = limited(finest(own, cutter), until);
  const beyond = joined
    .filter((one) => !overlaps(one, told))
    .map(({ startAt, endAt }) => ({
      startAt: Math.max(startAt, whole.startAt),
      endAt: Math.min(endAt, whole.endAt),
    }));
  return wholeSpan([told, ...beyond]);
}

/** Whether a finding is of a count of the whole tenant. */
export function isOfTotal({ series }: Finding): boolean {
  return series !== null && isTotal(series);
}

function finest(own: readonly Finding[], cutter: DayCutter): Span {
  const fine = own.filter(({ bucket }) => bucket !== 'day');
  const days = own.filter(({ bucket }) => bucket === 'day');
  const totals = wholeSpan(own.filter(isOfTotal));
  // A breakdown that rose for hours or days says less of when it began than the total that it is part of.
  const isTelling = (one: Finding) =>
    isOfTotal(one) || one.startAt >= totals.startAt || !overlaps(one, totals);
  const hours = fine.filter(isTelling);
  const begins = days.filter(isTelling).filter(({ startAt }) => {
    const first = { startAt, endAt: cutter.endOf(cutter.dayOf(startAt)) };
    return !hours.some((one) => overlaps(one, first));
  });
  const ends = days.filter(({ endAt }) => {
    const last = { startAt: cutter.startOf(cutter.dayOf(endAt - 1)), endAt };
    return !fine.some((one) => overlaps(one, last));
  });
  return {
    startAt: wholeSpan([...hours, ...begins]).startAt,
    endAt: wholeSpan([...fine, ...ends]).endAt,
  };
}
