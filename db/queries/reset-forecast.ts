import { eq } from 'drizzle-orm';
import { addDays, type Day } from '../../domain/day.ts';
import { outlookInWords } from '../../domain/forecast/outlook-in-words.ts';
import type { ResetOutlook } from '../../domain/forecast/reset-outlook.ts';
import { isoText } from '../../domain/instant.ts';
import type { ResetForecastBody } from '../rollups/reset-forecast.ts';
import type { Store } from '../store-types.ts';
import { holidays } from './holidays.ts';
import { type KnownDay, resetOutlookDays } from './reset-outlook-days.ts';

const PAST_WEEKS = 26;

/** What the next 8 weeks are expected to bring, read off the stored forecast. `forecast` null: `reason` says why. */
export async function resetForecast(store: Store, input: { tenantId: number; timeZone: string }) {
  const { resetForecast: table } = store.t;
  const [row] = await store.read.select().from(table).where(eq(table.tenantId, input.tenantId));
  if (!row) return { forecast: null, reason: 'No forecast has been made yet.' };
  const body = row.body as ResetForecastBody;
  if (body.state !== 'ok') {
    const { needDays, haveDays } = body;
    const reason = `A forecast takes ${needDays} collected days with resets; there are ${haveDays} so far.`;
    return { forecast: null, reason };
  }
  return {
    forecast: {
      ...{ day: body.day, madeAt: isoText(row.madeAt), historyDays: body.historyDays },
      weeks: await weeksOf(store, input.tenantId, body),
      past: pastWeeks(await resetOutlookDays(store, input), body.day),
      all: body.all,
      model: outlookInWords(body, body.handleMinutes),
    },
    reason: null,
  };
}

async function weeksOf(
  store: Store,
  tenantId: number,
  { weeks, day, expiring }: ResetOutlook & Pick<ResetForecastBody, 'expiring'>,
) {
  const last = weeks.at(-1)?.last ?? day;
  const held = await holidays(store, { tenantId, first: day, last });
  return weeks.map((week, index) => ({
    ...week,
    holidays: held.filter((one) => one.day >= week.first && one.day <= week.last),
    expiring: expiring?.[index] ?? null,
  }));
}

/** Whole weeks that end on `day`, oldest first; null where a day was not collected, desk also while one is settling. */
function pastWeeks(days: readonly KnownDay[], day: Day) {
  const byDay = new Map(days.map((one) => [one.day, one]));
  return Array.from({ length: PAST_WEEKS }, (_, index) => {
    const last = addDays(day, -7 * (PAST_WEEKS - 1 - index));
    const first = addDays(last, -6);
    const own = Array.from({ length: 7 }, (__, at) => byDay.get(addDays(first, at)));
    const incidents = sumOf(own.map((one) => one?.incidents ?? null));
    const settled = own.every((one) => one?.settling === 0);
    const desk = own.map((one) => {
      const { fellBack = null, bypasses = null } = one ?? {};
      return fellBack === null || bypasses === null ? null : fellBack + bypasses;
    });
    return { first, last, incidents, desk: settled ? sumOf(desk) : null };
  });
}

function sumOf(counts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const count of counts) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}
