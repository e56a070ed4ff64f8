import type { Measure } from '../bench.ts';
import { WORLDS } from '../deflection/made-up-tenant.ts';
import { SHARINGS, tenantWithOthers } from '../deflection/other-tickets.ts';
import { productRange } from '../deflection/product-range.ts';
import { type Score, scoreOf } from '../deflection/score.ts';
import { row } from '../table.ts';
import { percent } from '../words.ts';

const SEED = 70_001;

/** What other tickets as a control do for the range of avoided tickets: with them, and the same tenants without. */
export const deflectionControlMeasure: Measure = async ({ quick }) => {
  const count = quick ? 20 : 300;
  return Object.entries(SHARINGS).map(([name, sharing]) => {
    const tenants = Array.from({ length: count }, (_, i) =>
      tenantWithOthers(SEED + i, WORLDS.right, sharing),
    );
    const withOthers = tenants.map((one) => ({ range: productRange(one), truth: one.truth }));
    const without = tenants.map(({ tickets, served, truth }) => ({
      ...{ range: productRange({ tickets, served }), truth },
    }));
    return row({
      what: `tickets avoided, ${count} tenants with other tickets, ${name}: mean error, truth within the range`,
      ...{
        ours: told(scoreOf(withOthers)),
        floor: `without the control ${told(scoreOf(without))}`,
      },
    });
  });
};

const told = ({ meanAbsoluteError, coverage }: Score): string =>
  `${percent(meanAbsoluteError)}, ${percent(coverage)}`;
