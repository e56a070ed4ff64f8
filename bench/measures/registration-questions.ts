import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import { row } from '../table.ts';
import { bytes, latency } from '../words.ts';

/** What the page on coverage asks beside the trend: at risk, moves and the people behind them, joiners, methods. */
export const registrationQuestions: Measure = async ({ database, quick }) => {
  const { result } = await inChild('registrationQuestions', { database, times: quick ? 5 : 30 });
  return result.map(({ name, bytes: size, p50, p99 }) =>
    row({
      what: `registration: ${name}, p50 / p99`,
      ours: `${latency(p50, p99)}, ${bytes(size)}`,
    }),
  );
};
