import type { Range } from '../../domain/deflection/range.ts';
import { secondOpinion } from '../../domain/deflection/second-opinion.ts';
import type { Measure } from '../bench.ts';
import type { MadeUpTenant, World } from '../deflection/made-up-tenant.ts';
import { madeUpTenant, WORLDS } from '../deflection/made-up-tenant.ts';
import { assumedRange, productRange } from '../deflection/product-range.ts';
import type { Score } from '../deflection/score.ts';
import { scoreOf } from '../deflection/score.ts';
import { judged, type Row, row } from '../table.ts';
import { percent } from '../words.ts';

/** Seeds that nothing was chosen on: the constants of the method come from other tenants of another program. */
const SEEDS = { right: 50_001, wrong: 60_001 } as const;

/** How near the range of avoided tickets is to the truth of made-up tenants, where the assumptions hold and where not. */
export const deflectionMeasure: Measure = async ({ quick }) => {
  const count = quick ? 40 : 1_000;
  const right = tenantsOf(WORLDS.right, { count, seed: SEEDS.right });
  const wrong = tenantsOf(WORLDS.wrong, { count, seed: SEEDS.wrong });
  return [
    ...rowsOf('assumptions hold', right, { error: 0.13, coverage: [0.87, 0.93] }),
    ...rowsOf('assumptions wrong', wrong, { error: 1, coverage: [0.85, 1] }),
  ];
};

export function tenantsOf(
  world: World,
  { count, seed }: { count: number; seed: number },
): MadeUpTenant[] {
  return Array.from({ length: count }, (_, i) => madeUpTenant(seed + i, world));
}

/** The scores of a way to tell the range, over tenants that it has an answer for. */
export function scoreOver(
  tenants: readonly MadeUpTenant[],
  rangeOf: (tenant: MadeUpTenant) => Range | null,
): Score {
  return scoreOf(
    tenants.flatMap((tenant) => {
      const range = rangeOf(tenant);
      return range ? [{ range, truth: tenant.truth }] : [];
    }),
  );
}

const allServed = ({ served }: MadeUpTenant): Range => {
  const sum = served.reduce((all, count) => all + count, 0);
  return { low: sum, likely: sum, high: sum };
};

function rowsOf(
  world: string,
  tenants: readonly MadeUpTenant[],
  goal: { error: number; coverage: readonly [number, number] },
): Row[] {
  const product = scoreOver(tenants, productRange);
  const others = {
    'every success counted': scoreOver(tenants, allServed),
    'logs only': scoreOver(tenants, assumedRange),
    'time before only': scoreOver(tenants, (tenant) =>
      secondOpinion({ ...tenant, periodsPerYear: 12 }),
    ),
  };
  const what = `tickets avoided, ${product.tenants} tenants, ${world}`;
  const beside = (of: (score: Score) => string): string =>
    Object.entries(others)
      .map(([name, score]) => `${name} ${of(score)}`)
      .join(', ');
  const error = ({ meanAbsoluteError }: Score): string => percent(meanAbsoluteError);
  const coverage = ({ coverage: part }: Score): string => percent(part);
  const [least, most] = goal.coverage;
  return [
    judged(
      {
        what: `${what}: mean error`,
        ...{ ours: error(product), floor: beside(error), wanted: percent(goal.error) },
      },
      { value: product.meanAbsoluteError, most: goal.error },
    ),
    judged(
      {
        what: `${what}: truth within the range`,
        ...{ ours: coverage(product), floor: beside(coverage) },
        wanted: `${percent(least)} to ${percent(most)}`,
      },
      { value: Math.abs(product.coverage - (least + most) / 2), most: (most - least) / 2 },
    ),
    row({
      what: `${what}: middle width over truth`,
      ...{ ours: percent(product.width), floor: beside(({ width }) => percent(width)) },
    }),
  ];
}
