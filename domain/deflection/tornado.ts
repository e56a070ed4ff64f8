import { ticketCost } from '../money/desk-cost.ts';
import { savedAt } from '../money/desk-saving.ts';
import { pertQuantile } from '../money/pert.ts';
import { rounded } from '../money/rounded.ts';
import { betaQuantile } from '../statistics/distributions.ts';
import { titleOf } from './assumption-meanings.ts';
import type { AssumptionSet } from './assumption-set.ts';
import type { Served } from './avoided-from-logs.ts';
import type { Evidence } from './evidence.ts';
import type { TornadoBar } from './figures.ts';
import { SHARE_PRIORS } from './prior-of.ts';

/** An assumption that is not certain. */
interface Uncertain {
  path: string;
  title: string;
  unit: string;
  low: number;
  middle: number;
  high: number;
}

export interface Tornado {
  tornado: TornadoBar[];
  tornadoOf: 'desk_saving' | 'avoided';
}

/**
 * Which assumption moves the answer most: each alone at its own 5 and 95 %, all others at their medians. After
 * calibration the tickets decide over the assumed shares, which then are one bar. Without any cost of a ticket the
 * answer is the tickets avoided. Largest first; assumptions that move nothing are left out.
 */
export function tornado({
  set,
  evidence,
  served,
  fellBack,
}: {
  set: AssumptionSet;
  evidence: Evidence;
  served: Served;
  fellBack: number;
}): Tornado {
  const cost = costOf(set.money);
  const uncertain = [...sharesOf(evidence), cost];
  const middles = new Map(uncertain.map(({ path, middle }) => [path, middle]));
  const priced = cost.high > 0;
  const saved = savedAt(set.money, { served, fellBack });
  const answer = (path: string, value: number): number => {
    const at = (name: string): number => (name === path ? value : (middles.get(name) ?? 0));
    const tickets = ticketsAt(served, evidence, at);
    if (!priced) return rounded(tickets);
    const perTicket =
      set.money.desk.basis === 'own'
        ? (at(cost.path) / 60) * set.money.desk.hourlyRate
        : at(cost.path);
    return rounded(saved(tickets, perTicket));
  };
  const bars = uncertain.map(
    ({ path, title, unit, low, high }): TornadoBar => ({
      ...{ path, title, unit },
      low: { at: low, answer: answer(path, low) },
      high: { at: high, answer: answer(path, high) },
    }),
  );
  return {
    tornado: bars
      .filter((bar) => widthOf(bar) > 0)
      .sort((a, b) => widthOf(b) - widthOf(a) || (a.path < b.path ? -1 : 1)),
    tornadoOf: priced ? 'desk_saving' : 'avoided',
  };
}

const widthOf = ({ low, high }: TornadoBar): number => Math.abs(high.answer - low.answer);

const CALIBRATED = 'calibration.share';

function sharesOf(evidence: Evidence): Uncertain[] {
  if (evidence.by === 'tickets') {
    const { low, likely, high } = evidence.calibration.share;
    const title = 'Avoided share, assumptions and tickets together';
    const [at5, at50, at95] = [low, likely, high].map(shareRounded) as [number, number, number];
    return [{ path: CALIBRATED, title, unit: 'share', low: at5, middle: at50, high: at95 }];
  }
  return SHARE_PRIORS.map(({ type, name }) => {
    const { a, b } = evidence.assumptions[type][name];
    const path = pathOf(type, name);
    const at = (probability: number) => shareRounded(betaQuantile(probability, a, b));
    const values = { low: at(0.05), middle: at(0.5), high: at(0.95) };
    return { path, title: titleOf(path), unit: 'share', ...values };
  });
}

const pathOf = (type: string, name: string): string => `deflection.${type}.${name}`;

/** To a millionth: more digits than anybody knows, and the same on every machine. */
export function shareRounded(share: number): number {
  return Math.round(share * 1e6) / 1e6 + 0;
}

function ticketsAt(served: Served, evidence: Evidence, at: (path: string) => number): number {
  if (evidence.by === 'tickets') return (served.reset + served.unlock) * at(CALIBRATED);
  const of = (type: 'reset' | 'unlock') =>
    served[type] * (1 - at(pathOf(type, 'induced'))) * at(pathOf(type, 'propensity'));
  return of('reset') + of('unlock');
}

function costOf(money: AssumptionSet['money']): Uncertain {
  const cost = ticketCost(money);
  if (!('hourlyRate' in cost)) {
    const { low, likely, high } = cost;
    const path = money.desk.basis === 'range' ? 'money.desk.perTicket' : 'money.desk.preset';
    return { path, title: titleOf('money.desk'), unit: money.currency, low, middle: likely, high };
  }
  const path = 'money.handleMinutes';
  const at = (probability: number) => rounded(pertQuantile(money.handleMinutes, probability));
  const free = cost.hourlyRate === 0;
  return {
    ...{ path, title: titleOf(path), unit: 'minutes' },
    ...{ low: at(0.05), middle: at(0.5), high: free ? 0 : at(0.95) },
  };
}
