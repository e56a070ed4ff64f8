import { expect } from 'vitest';
import type { DeflectionResponse } from '../../server/contract/deflection.ts';
import { dayAt, dayCollected } from './days.ts';
import { summaryOf } from './figures.ts';
import type { Lab } from './lab.ts';
import { peopleOf, populationOf } from './registration.ts';
import type { Period } from './reset-questions.ts';

type Asks = Pick<Lab, 'ask'>;

const exactly = (value: number) => ({ low: value, likely: value, high: value });
/** As narrow as a share may be. */
const nearly = (value: number) => ({ low: value - 0.005, likely: value, high: value + 0.005 });

/** Every amount and every minute is known for certain, each share nearly: money follows tickets one by one. */
export const OWN_COST = {
  deflection: {
    reset: { induced: nearly(0.2), propensity: nearly(0.75) },
    unlock: { induced: nearly(0.5), propensity: nearly(0.5) },
  },
  selfServiceSince: null,
  money: {
    currency: 'EUR',
    desk: { basis: 'own', hourlyRate: 30 },
    handleMinutes: exactly(12),
    userMinutesDesk: exactly(30),
    userMinutesSelfService: exactly(5),
    userHourlyRate: 40,
    usableShare: 0.5,
    selfServiceCost: 0.5,
    fallbackExtraMinutes: 4,
    monthlyCost: 100,
    setupCost: 1000,
  },
};

export const TYPED_COST = {
  ...OWN_COST,
  money: { ...OWN_COST.money, desk: { basis: 'range', perTicket: exactly(20) } },
};

/** The answer of a period, its counts and ratios held to the oracle's. */
async function answerFor({ ask }: Asks, period: Period): Promise<DeflectionResponse> {
  const [first, last] = [period.days[0] ?? '', period.days.at(-1) ?? ''];
  const told = (await ask(`/deflection?first=${first}&last=${last}`)) as DeflectionResponse;
  const summary = summaryOf(period.all.facts, first, last);
  const { asOf, daysCollected, served, successRate, selfServiceShare } = summary;
  const { fellBack = 0, abandoned = 0, settling = 0 } = summary.incidents ?? {};
  const what = `deflection ${first} to ${last}`;
  expect.soft(told, what).toMatchObject({ asOf, daysCollected, served, evidence: 'logs' });
  expect.soft(told.ratios, what).toMatchObject({
    selfServiceShare,
    successRate,
    fellBackOfUnserved: { part: fellBack, whole: fellBack + abandoned },
  });
  expect.soft(told.counts, what).toEqual({
    selfServed: (served?.reset ?? 0) + (served?.unlock ?? 0),
    fellBack,
    abandoned,
    settling,
    adminResets: summary.adminResets ?? 0,
    bypasses: summary.bypasses ?? 0,
    settlingBypasses: summary.settlingBypasses ?? 0,
    tickets: null,
  });
  // Without a settled incident nobody knows how many would succeed.
  const expected = successRate.whole === 0 ? 0 : uncovered(period);
  expect.soft(told.potential?.resets ?? 0, `potential: ${what}`).toBe(expected);
  return told;
}

/**
 * Settled needs that the desk ended, of people whom the last snapshot calls not capable; collected days
 * alone.
 */
function uncovered({ all, days }: Period): number {
  const { facts, incidents } = all;
  const snapshot = facts.read.snapshots.at(-1);
  if (!snapshot) return 0;
  const people = populationOf(peopleOf(snapshot)).filter(({ capable }) => capable === false);
  const ids = new Set(people.map(({ id }) => id));
  const isIn = (at: number) => collectedAt(all, days, at);
  const ended = [
    ...facts.bypasses.map(({ settling, resets }) => ({ settling, resets: resets.slice(0, 1) })),
    ...incidents.map(({ incident: { settling, resets } }) => ({ settling, resets })),
  ];
  return ended.filter(
    ({ settling, resets }) =>
      !settling && resets.some(({ at, person }) => isIn(at) && ids.has(person ?? '')),
  ).length;
}

function collectedAt({ facts }: Period['all'], days: readonly string[], at: number): boolean {
  const day = dayAt(at, facts.read.timeZone);
  return days.includes(day) && dayCollected(facts.read, day);
}

const BOUNDS = ['low', 'likely', 'high'] as const;
const QUANTILES = { low: 0.05, likely: 0.5, high: 0.95 };

/** Tickets avoided are two beta-binomials together; all money follows from their number in closed form. */
export async function expectDeflection(
  it: Asks,
  period: Period,
  { perTicket }: { perTicket: number },
) {
  const { avoided, saving, served, counts, daysCollected } = await answerFor(it, period);
  const settled = counts.selfServed + counts.fellBack + counts.abandoned;
  if (served && counts.settling > 0 && settled === 0) {
    // Nothing has settled: not known yet, and not 0.
    expect.soft([avoided, saving]).toEqual([null, null]);
    return;
  }
  if (!served || !avoided || !saving) {
    expect.soft([served, avoided, saving]).toEqual([null, null, null]);
    return;
  }
  const [reset, unlock] = [avoidedShare(0.2, 0.75), avoidedShare(0.5, 0.5)];
  const sum = together(betaBinomial(served.reset, reset), betaBinomial(served.unlock, unlock));
  const extra = (counts.fellBack * 4) / 60;
  const deskOf = (tickets: number) =>
    tickets * perTicket - counts.selfServed * 0.5 - extra * 60 * (perTicket / 12);
  const months = daysCollected / 30.44;
  for (const bound of BOUNDS) {
    const [share, tickets] = [QUANTILES[bound], avoided[bound]];
    // 20,000 draws: the share at the told number is within 0.015 of the one that is asked for.
    const what = `${bound} ${tickets} of ${JSON.stringify(served)}`;
    expect.soft(below(sum, tickets + 1), what).toBeGreaterThan(share - 0.015);
    expect.soft(below(sum, tickets), what).toBeLessThan(share + 0.015);
    expectNear(saving.desk[bound], deskOf(tickets), `desk ${what}`);
    expectNear(saving.userTime[bound], ((tickets * 25) / 60) * 40 * 0.5, `user time ${what}`);
    expectNear(saving.deskHours[bound], (tickets * 12) / 60 - extra, `desk hours ${what}`);
    expectNear(saving.userHours[bound], (tickets * 25) / 60, `user hours ${what}`);
    const running = Math.round(100 * months * 100) / 100;
    expectNear(saving.net?.[bound], saving.desk[bound] - running, `net ${what}`);
  }
  // Paid back soonest where most is avoided; at the edge of a quantile it may be a ticket more or less.
  const backAfter = (tickets: number) => 1000 / (deskOf(tickets) / months - 100);
  if (backAfter(avoided.low - 1) < 0) return;
  for (const [bound, opposite] of OPPOSITES) {
    const back = saving.paybackMonths?.[bound];
    const what = `payback ${bound}: ${back}`;
    expect.soft(back, what).toBeGreaterThan(backAfter(avoided[opposite] + 1) - 0.0051);
    expect.soft(back, what).toBeLessThan(backAfter(avoided[opposite] - 1) + 0.0051);
  }
}

const OPPOSITES = [
  ['low', 'high'],
  ['likely', 'likely'],
  ['high', 'low'],
] as const;

/** To hundredths. */
function expectNear(told: number | undefined, value: number, what: string) {
  expect
    .soft(Math.abs((told ?? Number.NaN) - value), `${what}: ${told}, not ${value}`)
    .toBeLessThan(0.0051);
}

interface Beta {
  a: number;
  b: number;
}

/** (1 − induced) × propensity, matched to a Beta by mean and variance; each of the two is nearly its likely value. */
function avoidedShare(induced: number, propensity: number): Beta {
  const variance = (0.005 / 1.6449) ** 2;
  const mean = (1 - induced) * propensity;
  const spread = variance * ((1 - induced) ** 2 + propensity ** 2 + variance);
  const size = (mean * (1 - mean)) / spread - 1;
  return { a: mean * size, b: (1 - mean) * size };
}

/** Chances of 0 to `tries`, each from the one before it. */
function betaBinomial(tries: number, { a, b }: Beta): number[] {
  let log = 0;
  for (let n = 0; n < tries; n += 1) log += Math.log((b + n) / (a + b + n));
  const chances = [Math.exp(log)];
  for (let k = 0; k < tries; k += 1) {
    log += Math.log(((tries - k) * (a + k)) / ((k + 1) * (b + tries - k - 1)));
    chances.push(Math.exp(log));
  }
  return chances;
}

function together(a: readonly number[], b: readonly number[]): number[] {
  const sums = new Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, p] of a.entries())
    for (const [j, q] of b.entries()) sums[i + j] = (sums[i + j] ?? 0) + p * q;
  return sums;
}

function below(chances: readonly number[], value: number): number {
  return chances.slice(0, value).reduce((sum, chance) => sum + chance, 0);
}
