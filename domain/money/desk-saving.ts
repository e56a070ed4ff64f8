import type { AssumptionSet } from '../deflection/assumption-set.ts';
import type { Served } from '../deflection/avoided-from-logs.ts';
import { allServed } from '../deflection/history.ts';

/** What the desk's saving follows from, future by future. */
export interface DeskInput {
  money: AssumptionSet['money'];
  /** Tickets avoided. */
  avoided: Float64Array;
  /** What a ticket costs. */
  cost: Float64Array;
  served: Served;
  fellBack: number;
}

/** The desk's saving, net of the fees of self-service and of what a fallback costs more. */
export function deskSaving({ money, avoided, cost, ...counts }: DeskInput): Float64Array {
  const saved = savedAt(money, counts);
  return avoided.map((tickets, i) => saved(tickets, cost[i] as number));
}

/** The same of one number of tickets at one cost. */
export function savedAt(
  money: AssumptionSet['money'],
  { served, fellBack }: { served: Served; fellBack: number },
): (tickets: number, cost: number) => number {
  const fees = allServed(served) * money.selfServiceCost;
  const extraMinutes = fellBack * money.fallbackExtraMinutes;
  const perMinute = perDeskMinute(money);
  return (tickets, cost) => tickets * cost - fees - extraMinutes * perMinute(cost);
}

/** What a minute of the desk costs: the own rate, else the ticket's cost over its likely minutes. */
function perDeskMinute({ desk, handleMinutes }: AssumptionSet['money']): (cost: number) => number {
  if (desk.basis === 'own') return () => desk.hourlyRate / 60;
  return (cost) => (handleMinutes.likely > 0 ? cost / handleMinutes.likely : 0);
}
