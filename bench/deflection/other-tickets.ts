import { uniformRandom } from '../../domain/random.ts';
import { drawsOf } from '../../domain/statistics/draws.ts';
import { type MadeUpTenant, MONTHS, madeUpTenant, type World } from './made-up-tenant.ts';

/** What password tickets and other tickets share, and what other tickets do by themselves. */
export interface Sharing {
  /** S.d. of the logarithm of a month's need, and of how many tickets are recorded. */
  need: number;
  desk: number;
  /** Growth of people a month lies evenly between minus this and this. */
  growth: number;
  /** S.d. of the logarithm of what moves other tickets alone. */
  own: number;
  /** Part of other tickets that goes as self-service comes, as if a portal were introduced with it. */
  step: number;
}

const SEPARATE = { need: 0, desk: 0, growth: 0, own: 0.03, step: 0 };

/** Ways in which other tickets may or may not tell what moved the desk. */
export const SHARINGS = {
  'nothing shared': { ...SEPARATE, own: 0.08 },
  'desk shocks of 10 %': { ...SEPARATE, desk: 0.1 },
  'shocks of need of 10 %': { ...SEPARATE, need: 0.1 },
  'growth up to 2 % a month': { ...SEPARATE, need: 0.02, growth: 0.02 },
  'others fall by 20 % with self-service': { ...SEPARATE, desk: 0.1, step: 0.2 },
} as const satisfies Record<string, Sharing>;

/** A made-up tenant whose other tickets share what `sharing` says. */
export function tenantWithOthers(
  seed: number,
  world: World,
  sharing: Sharing,
): MadeUpTenant & { otherTickets: number[] } {
  const { uniform, normal, negativeBinomial } = drawsOf(uniformRandom(seed ^ 0x5bd1e995));
  const growth = sharing.growth * (2 * uniform() - 1);
  const shocks = Array.from({ length: MONTHS }, (_, month) => ({
    need: Math.exp(sharing.need * normal() + growth * month),
    desk: Math.exp(sharing.desk * normal()),
  }));
  const usual = 100 + 5_000 * uniform();
  const tenant = madeUpTenant(seed, world, (month) => shocks[month] ?? { need: 1, desk: 1 });
  const most = Math.max(...tenant.served);
  const otherTickets = shocks.map(({ need, desk }, month) => {
    const gone = sharing.step * ((tenant.served[month] ?? 0) / Math.max(1, most));
    const wave = 1 + 0.05 * Math.cos((2 * Math.PI * (month - 3)) / 12);
    const own = Math.exp(sharing.own * normal());
    return negativeBinomial(usual * wave * need * desk * (1 - gone) * own, 3);
  });
  return { ...tenant, otherTickets };
}
