import { openStore } from '../../db/open.ts';
import { registrationCoverage } from '../../db/queries/registration-coverage.ts';
import { currentTenant } from '../../db/store/tenant.ts';
import { quantile, timed } from '../statistics.ts';
import { trends } from '../trend.ts';

/** The question and its JSON, without HTTP. */
export async function trendInProcess({ database, times }: { database: string; times: number }) {
  const store = await openStore(`file:${database}`);
  const tenantId = (await currentTenant(store))?.id ?? 0;
  const results = [];
  for (const { name, ...question } of trends()) {
    const ask = () => registrationCoverage(store, { tenantId, ...question });
    const days = await ask();
    const asked = await timed(times, ask);
    const written = await timed(times, async () => JSON.stringify(days));
    results.push({
      name,
      days: days.filter(({ counts }) => counts !== null).length,
      p50: quantile(asked, 0.5),
      p99: quantile(asked, 0.99),
      jsonMs: quantile(written, 0.5),
    });
  }
  await store.close();
  return results;
}
