import { openStore } from '../../db/open.ts';
import type { Dimension } from '../../db/queries/at-risk-segments.ts';
import { registrationAtRisk } from '../../db/queries/registration-at-risk.ts';
import { registrationChanges } from '../../db/queries/registration-changes.ts';
import { registrationJoiners } from '../../db/queries/registration-joiners.ts';
import { registrationMethodsTrend } from '../../db/queries/registration-methods-trend.ts';
import { registrationMoves } from '../../db/queries/registration-moves.ts';
import { registrationSettings } from '../../db/queries/registration-settings.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import { currentTenant } from '../../db/store/tenant.ts';
import type { Store } from '../../db/store-types.ts';
import { addDays, parseDay } from '../../domain/day.ts';
import { namesOf, principalName } from '../population.ts';
import { quantile, timed } from '../statistics.ts';
import { trends } from '../trend.ts';

export interface RegistrationQuestionsInput {
  database: string;
  times: number;
}

/** How many Global Administrators are listed: Microsoft advises against more. */
const LISTED = 5;

/** How coverage came to be and who falls out of it, question by question; without HTTP. */
export async function registrationQuestions({ database, times }: RegistrationQuestionsInput) {
  const store = await openStore(`file:${database}`);
  const tenantId = (await currentTenant(store))?.id ?? 0;
  const results = [];
  for (const [name, ask] of await questions(store, tenantId)) {
    const bytes = JSON.stringify(await ask()).length;
    const took = await timed(times, ask);
    results.push({ name, bytes, p50: quantile(took, 0.5), p99: quantile(took, 0.99) });
  }
  await store.close();
  return results;
}

async function questions(
  store: Store,
  tenantId: number,
): Promise<[name: string, ask: () => Promise<unknown>][]> {
  const [trend] = trends();
  if (!trend) throw new Error('There is no trend to ask for');
  const { first, last } = trend;
  const whole = { tenantId, first, last };
  const quarter = { ...whole, first: addDays(last, -90) };
  const settings = await registrationSettings(
    store,
    tenantId,
    settingDefaults({ timeZone: 'UTC' }),
  );
  const listed = namesOf(LISTED).map(principalName);
  const atRisk = (by?: Dimension, globalAdministrators: string[] = []) => {
    const date = parseDay('2027-02-01');
    const told = { ...settings, globalAdministrators };
    return registrationAtRisk(store, { tenantId, date, by, settings: told });
  };
  return [
    ['at risk', () => atRisk()],
    [`at risk, ${LISTED} listed`, () => atRisk(undefined, listed)],
    ['at risk by department', () => atRisk('department')],
    ['at risk by country', () => atRisk('country')],
    ['at risk by office', () => atRisk('office')],
    ['moves of three years', () => registrationMoves(store, { ...whole, bucket: 'week' })],
    [
      'who lost, first page',
      () => registrationChanges(store, { ...whole, move: 'lost', limit: 50 }),
    ],
    [
      'who gained, first page',
      () => registrationChanges(store, { ...whole, move: 'gained', limit: 50 }),
    ],
    ['joiners of three months', () => registrationJoiners(store, { ...quarter, timeZone: 'UTC' })],
    ['methods of three years', () => registrationMethodsTrend(store, whole)],
  ];
}
