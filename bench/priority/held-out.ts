import { aDomain } from '../../demo/world.ts';
import { DAY_MS } from '../../domain/day.ts';
import { firstOf, Order, peopleOf, type Rank } from '../../domain/priority/order.ts';
import { isDormant, passwordExpires } from '../../domain/priority/password-expiry.ts';
import { NOT_RANKED, Ranking, type RankingResult } from '../../domain/priority/ranking.ts';
import { type Larkfield, larkfield } from './larkfield.ts';

/** Parts of the people that each order is asked for first. */
export const SHARES = [0.05, 0.1, 0.2] as const;

export const ORDERS = ['fitted', 'stated', 'longestUnregistered', 'random'] as const;
export type OrderName = (typeof ORDERS)[number];

/** How well each order found who called in the 90 days after it was made. */
export interface HeldOut {
  seed: number;
  /** Calls in those days of the people in the orders. */
  calls: number;
  /** Of those, the share that the first 5, 10 and 20 % of the people made. */
  caught: Record<OrderName, number[]>;
  /** Calls that the fitted model had expected. */
  expected: number;
  /** Whether it was really fitted, or fell back to stated weights. */
  basis: RankingResult['model']['basis'];
}

/** Makes every order 90 days before the end of a sample tenant's story, and counts the calls after it. */
export function heldOut(seed: number): HeldOut {
  const world = larkfield(seed);
  const fitted = ranked(world, false);
  const orders: Record<OrderName, Rank[]> = {
    fitted: fitted.ranks,
    stated: ranked(world, true).ranks,
    longestUnregistered: byRegistration(world),
    random: [],
  };
  const people = sum(fitted.ranks, ({ people }) => people);
  const calls = sum(fitted.ranks, (rank) => rank.calls);
  const shareOf = (name: OrderName, share: number) => {
    const first = peopleOf(people, share);
    return name === 'random' ? first / people : firstOf(orders[name], first).calls / calls;
  };
  const caught = Object.fromEntries(
    ORDERS.map((name) => [name, SHARES.map((share) => shareOf(name, share))]),
  ) as HeldOut['caught'];
  const { expectedCalls, model } = fitted.result;
  return { seed, calls, caught, expected: expectedCalls, basis: model.basis };
}

/** The product's own order, with the model of that day. */
function ranked(world: Larkfield, statedOnly: boolean): { ranks: Rank[]; result: RankingResult } {
  const { asOf, since } = world;
  const ranking = new Ranking({
    asOf,
    fitAt: asOf,
    observedDays: (from, until) => Math.max(0, until - Math.max(from, since)) / DAY_MS,
    registeredSince: since,
    statedOnly,
  });
  const places = world.ids.map((id) => ranking.add(asRanked(world, id)));
  const result = ranking.result();
  const order = new Order();
  for (const [i, id] of world.ids.entries()) {
    const place = places[i] ?? NOT_RANKED;
    const expected = result.expected[place];
    if (expected !== undefined)
      order.add(-expected, { people: 1, calls: world.heldOutCalls(id), expected });
  }
  return { ranks: order.ranks(), result };
}

const VALIDITY_DAYS = aDomain().passwordValidityPeriodInDays;

function asRanked(world: Larkfield, id: string) {
  const { asOf } = world;
  const user = world.userOf(id);
  const now = world.registeredAt(id, asOf);
  const password = {
    changedAt: user?.lastPasswordChangeAt ?? null,
    policies: user?.passwordPolicies ?? null,
    synced: user?.onPremisesSynced ?? null,
  };
  return {
    history: world.historyOf(id),
    registeredAt: (at: number) => world.registeredAt(id, at),
    now: now && {
      capable: now.capable,
      passwordExpires: passwordExpires(password, VALIDITY_DAYS, asOf),
      dormant: isDormant(user?.lastSignInAt ?? null, asOf),
    },
  };
}

/** What products without history can do: those who have been without self-service longest come first. */
function byRegistration(world: Larkfield): Rank[] {
  const order = new Order();
  for (const id of world.ids) {
    const now = world.registeredAt(id, world.asOf);
    if (!now) continue;
    const place = now.capable ? Number.POSITIVE_INFINITY : now.since;
    order.add(place, { people: 1, calls: world.heldOutCalls(id), expected: 0 });
  }
  return order.ranks();
}

function sum(ranks: readonly Rank[], of: (rank: Rank) => number): number {
  return ranks.reduce((all, rank) => all + of(rank), 0);
}
