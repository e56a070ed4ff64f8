import type { Measure } from '../bench.ts';
import { type HeldOut, heldOut, ORDERS, type OrderName, SHARES } from '../priority/held-out.ts';
import { meanAndError } from '../statistics.ts';
import { type Row, row } from '../table.ts';
import { figure, percent, times } from '../words.ts';

/** Seeds that no constant of the product was chosen by: those were looked at with 1 to 8. */
const SEEDS = Array.from({ length: 20 }, (_, i) => 101 + i);

const NAMES: Record<OrderName, string> = {
  fitted: 'fitted on 90 days of history',
  stated: 'stated weights',
  longestUnregistered: 'longest unregistered first',
  random: 'by lot',
};

/** Who called in the 90 days after an order was made: the product's two orders against the two anybody can make. */
export const priority: Measure = async ({ quick }) => {
  const told = (quick ? SEEDS.slice(0, 2) : SEEDS).map(heldOut);
  return [...SHARES.flatMap((_, i) => rowsOf(told, i)), calibration(told)];
};

function rowsOf(told: HeldOut[], i: number): Row[] {
  const share = SHARES[i] ?? 0;
  return ORDERS.map((name) => {
    const caught = told.map((one) => one.caught[name][i] ?? 0);
    const floor = told.map((one) => one.caught.longestUnregistered[i] ?? 0);
    const won = caught.filter((value, n) => value > (floor[n] ?? 0)).length;
    const wins = `; more on ${won} of ${told.length} seeds`;
    return row({
      what: `held-out calls of the first ${percent(share)}: ${NAMES[name]}`,
      ours: shareText(caught),
      floor: `${NAMES.longestUnregistered} ${shareText(floor)}${won > 0 ? wins : ''}`,
      ratio: times(meanAndError(caught).mean / meanAndError(floor).mean),
    });
  });
}

function shareText(values: number[]): string {
  const { mean, error } = meanAndError(values);
  return `${figure(mean * 100)} ± ${figure(error * 100)} %`;
}

/** Whether as many call as are expected to. */
function calibration(told: HeldOut[]): Row {
  const ratios = told.map(({ calls, expected }) => calls / expected);
  const { mean, error } = meanAndError(ratios);
  const fitted = told.filter(({ basis }) => basis === 'fitted').length;
  return row({
    what: `held-out calls over expected ones, ${told.length} seeds, ${fitted} fitted`,
    ours: `${figure(mean)} ± ${figure(error)}`,
    floor: 'as expected 1',
  });
}
