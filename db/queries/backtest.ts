import { setImmediate as others } from 'node:timers/promises';
import { and, eq, gte, isNull } from 'drizzle-orm';
import { type DayCutter, dayCutter } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import { alertHead } from '../../domain/surveillance/alert-head.ts';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import { type Episode, episodes } from '../../domain/surveillance/episodes.ts';
import { matchEpisodes } from '../../domain/surveillance/match-episodes.ts';
import { ruleTitle } from '../../domain/surveillance/rule-list.ts';
import type { SurveillanceSettings } from '../../domain/surveillance/settings.ts';
import { currentSurveillance } from '../store/surveillance-settings.ts';
import type { Store } from '../store-types.ts';
import { type AlertGround, alertFindings, alertGround, collectedDays } from './alert-findings.ts';
import { withStopsOfAttacks } from './stops-of-attacks.ts';
import { workedOut } from './worked-out.ts';

const BACKTEST_DAYS = 90;

export interface BacktestInput {
  tenantId: number;
  timeZone: string;
  /** What would hold. */
  settings: SurveillanceSettings;
}

/**
 * What settings would have raised in the last 90 collected days, against what those in force do, from what was judged and
 * measured then. Writes nothing. Levels are those before a reset from a new address or a change of policy may raise them.
 *
 * It takes long, and on SQLite nobody else is served meanwhile: after each step others have their turn. A run that ends in
 * between may show in one step and not in the one before; no snapshot is held that long.
 */
export async function backtest(store: Store, { tenantId, timeZone, settings }: BacktestInput) {
  const cutter = dayCutter(timeZone);
  const { asOf, windows } = await workedOut(store, tenantId);
  const days = asOf === null ? [] : collectedDays(windows, cutter, asOf).slice(-BACKTEST_DAYS);
  const first = days[0] ?? null;
  if (asOf === null) return NOTHING;
  const { settings: own } = await currentSurveillance(store, tenantId);
  const input = { tenantId, cutter, windows, first, asOf, settings: [settings, own] };
  const ground = await alertGround(store, input);
  if (!ground) return NOTHING;
  const found = async (by: SurveillanceSettings) => {
    await others();
    const apart = raisedBy(ground, { settings: by, cutter, asOf });
    await others();
    return withStopsOfAttacks(store, tenantId, apart);
  };
  const proposed = await found(settings);
  const current = await found(own);
  await others();
  const numbered = current.map((episode, id) => ({ ...episode, id, withdrawnAt: null }));
  const { pairs, left } = matchEpisodes(proposed, numbered);
  const shown = await shower(store, tenantId, ground, cutter);
  return {
    first,
    last: ground.last,
    days: days.length,
    proposed: countByLevel(proposed),
    current: countByLevel(current),
    added: shown(pairs.filter(({ alert }) => alert === null).map(({ episode }) => episode)),
    gone: shown(left),
    kept: shown(pairs.filter(({ alert }) => alert !== null).map(({ episode }) => episode)),
  };
}

const NONE: Record<AlertLevel, number> = { watch: 0, alert: 0, critical: 0 };
const NOTHING = {
  ...{ first: null, last: null, days: 0, proposed: NONE, current: NONE },
  ...{ added: [], gone: [], kept: [] },
};

function raisedBy(
  ground: AlertGround,
  { settings, cutter, asOf }: { settings: SurveillanceSettings; cutter: DayCutter; asOf: number },
): Episode[] {
  const since = cutter.startOf(ground.first);
  return episodes(alertFindings(ground, { settings, cutter, since }), { asOf, cutter });
}

function countByLevel(found: readonly Episode[]): Record<AlertLevel, number> {
  const counts = { ...NONE };
  for (const { level } of found) counts[level] += 1;
  return counts;
}

/** Says episodes for the page, newest first, with the alert that each of them is. */
async function shower(store: Store, tenantId: number, ground: AlertGround, cutter: DayCutter) {
  const stored = await alertsSince(store, tenantId, cutter.startOf(ground.first));
  return (found: readonly Episode[]) =>
    found
      .toSorted((a, b) => b.startedAt - a.startedAt || (a.rule < b.rule ? -1 : 1))
      .map((episode) => {
        const { rule, level, startedAt, lastAt, findings } = episode;
        const { observed, expected } = alertHead(findings);
        const [pair] = matchEpisodes([episode], stored).pairs;
        return {
          ...{ rule, ruleTitle: ruleTitle(rule), level, observed, expected },
          startedAt: isoText(startedAt),
          lastAt: isoText(lastAt),
          alertId: pair?.alert ? String(pair.alert.id) : null,
        };
      });
}

async function alertsSince({ t: { alert }, read }: Store, tenantId: number, since: number) {
  const { id, rule, subject, startedAt, lastAt, withdrawnAt } = alert;
  return read
    .select({ id, rule, subject, startedAt, lastAt, withdrawnAt })
    .from(alert)
    .where(
      and(...[eq(alert.tenantId, tenantId), gte(alert.lastAt, since), isNull(alert.withdrawnAt)]),
    );
}
