import { createHash } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { dayCutter } from '../../domain/day.ts';
import { afterSettled } from '../../domain/surveillance/after-settled.ts';
import { type Episode, episodes, QUIET_MS } from '../../domain/surveillance/episodes.ts';
import type { Evidence } from '../../domain/surveillance/evidence.ts';
import { isPartOf, matchEpisodes } from '../../domain/surveillance/match-episodes.ts';
import { highest } from '../../domain/surveillance/raised-level.ts';
import { ruleQueue } from '../../domain/surveillance/rule-list.ts';
import { isTotal } from '../../domain/surveillance/series.ts';
import { alertFindings, alertGround } from '../queries/alert-findings.ts';
import { withStopsOfAttacks } from '../queries/stops-of-attacks.ts';
import { workedOut } from '../queries/worked-out.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import { type HeldLease, LeaseLost } from '../store/lease.ts';
import { currentSurveillance, type SurveillanceVersion } from '../store/surveillance-settings.ts';
import { alertEvidence } from './alert-evidence.ts';
import { type AlertRange, alertRange, alertsInRange, isSettled } from './alert-range.ts';
import type { Telling } from './tell-alert.ts';
import { wakeAlerts } from './wake-alerts.ts';
import { type AlertFacts, changeAlert, endAlert, raiseAlert } from './write-alert.ts';

/** Raise it when evidence is worked out otherwise: alerts of the last weeks are then made anew. */
const EVIDENCE_VERSION = 1;

export interface RaiseInput {
  timeZone: string;
  /** By the clock, UTC milliseconds. */
  now: number;
  /** A new UUID with each call: what deliveries are named by. */
  newId: () => string;
  /** Told of an error that stopped one alert, and the others go on; without it the first error stops all. */
  onBug?: (error: unknown) => void;
}

export interface RaisedAlerts {
  raised: number;
  changed: number;
  /** Closed without an episode, or withdrawn. */
  ended: number;
}

interface Run {
  lease: HeldLease;
  telling: Telling;
  own: SurveillanceVersion;
  range: AlertRange;
  asOf: number;
  onBug: (error: unknown) => void;
}

/**
 * Brings the alerts up to date with what was judged and measured: one for each episode, raised once, changed while it
 * lasts, closed by itself, withdrawn where later records took away what it stood on. Each change is one short transaction
 * together with what is sent of it. Can be run at any time, and again: what has not changed is left alone.
 */
export async function raiseAlerts(
  lease: HeldLease,
  { timeZone, now, newId, onBug = stop }: RaiseInput,
): Promise<RaisedAlerts> {
  const { store, tenantId } = lease;
  const { asOf, windows } = await workedOut(store, tenantId);
  const since = windows[0]?.since;
  const done: RaisedAlerts = { raised: 0, changed: 0, ended: 0 };
  if (asOf === null || since === undefined) return done;
  const cutter = dayCutter(timeZone);
  const own = await currentSurveillance(store, tenantId);
  const { version } = own;
  const state = await stateOf(lease);
  const range = alertRange({ state, version, firstDay: cutter.dayOf(since), asOf, cutter });
  const ground = await alertGround(store, {
    ...{ tenantId, cutter, windows, asOf },
    first: range.first,
    settings: [own.settings],
  });
  if (!ground) return done;
  const telling = { store, now, cutter, newId, sample: await isSample(lease) };
  const run: Run = { lease, telling, own, range, asOf, onBug };
  const { settings } = own;
  const findings = alertFindings(ground, { settings, cutter, since: range.since });
  const apart = episodes(findings, { asOf, cutter });
  const found = await withStopsOfAttacks(store, tenantId, apart);
  const stored = await alertsInRange(store, tenantId, range);
  const [settled, live] = partition(stored, (alert) => isSettled(alert, range));
  const beyond = afterSettled(
    found,
    settled.filter(({ withdrawnAt }) => withdrawnAt === null),
  );
  const { pairs, left } = matchEpisodes(beyond, live);
  const told: Told[] = [];
  for (const { episode, alert } of pairs)
    await unlessBroken(run, async () => {
      const id = alert === null ? await raise(run, episode) : alert.id;
      if (alert !== null) done.changed += await change(run, episode, alert);
      else if (id !== null) done.raised += 1;
      if (id !== null) told.push({ episode, id });
    });
  for (const alert of left)
    await unlessBroken(run, async () => {
      done.ended += await end(run, alert, told);
    });
  await unlessBroken(run, () => wakeAlerts(lease, telling));
  await remember(lease, { asOf, settingsVersion: version, since: range.sinceDay });
  return done;
}

/** An episode, and the alert that tells of it. */
interface Told {
  episode: Episode;
  id: number;
}

function stop(error: unknown): never {
  throw error;
}

/** What goes wrong with one alert is no reason to leave the others alone. */
async function unlessBroken({ onBug }: Run, work: () => Promise<void>): Promise<void> {
  await others(); // what an alert stands on takes a while to read
  try {
    await work();
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    onBug(error);
  }
}

/** Answers the new alert's id; null where there is none to raise. */
async function raise(
  { lease, telling, own, range }: Run,
  episode: Episode,
): Promise<number | null> {
  if (episode.endedAt !== null && episode.lastAt <= range.from) return null; // settled before it could be seen
  const facts = await factsOf({ lease, telling, own }, episode);
  return raiseAlert(lease, telling, { facts, settingsVersion: own.version });
}

async function change(run: Run, episode: Episode, alert: AlertRow): Promise<0 | 1> {
  // What lasts from before the days that are read began when it began.
  const isOlder = alert.startedAt < run.range.since;
  const startedAt = isOlder ? Math.min(alert.startedAt, episode.startedAt) : episode.startedAt;
  const own = { ...episode, startedAt };
  const isOver = alert.endedAt !== null && alert.withdrawnAt === null;
  if (isOver && alert.madeWith === madeWithOf(own)) return 0;
  const now = await factsOf(run, own);
  // The highest it had: who was told of it once is not told of it again; the evidence says how it is now.
  const facts = { ...now, level: highest([now.level, alert.level]) ?? now.level };
  if (alert.withdrawnAt === null && isAsStored(facts, alert)) return 0;
  await changeAlert(run.lease, run.telling, { id: alert.id, facts });
  return 1;
}

/** As JSON is: a number that the database has rounded is another one. */
function isAsStored(facts: AlertFacts, alert: AlertRow): boolean {
  const told = JSON.parse(JSON.stringify(facts)) as AlertFacts;
  return Object.entries(told).every(([name, value]) =>
    isDeepStrictEqual(value, alert[name as keyof AlertFacts]),
  );
}

/**
 * Brings an alert that no episode is any more to its end. Other settings leave alone what was raised before them; it only
 * closes. What lasts is withdrawn no sooner than it would close: the next records may bring it back.
 */
async function end(
  { lease, telling, own, range, asOf }: Run,
  alert: AlertRow,
  told: readonly Told[],
): Promise<0 | 1> {
  if (alert.withdrawnAt !== null) return 0;
  const { id } = alert;
  const isOwn = alert.settingsVersion === own.version && alert.startedAt >= range.since;
  const whole = told.find(({ episode }) => isPartOf(alert, episode));
  if (isOwn && whole) {
    const text = `It is a part of alert ${whole.id}, which is of the same time.`;
    await endAlert(lease, telling, { id, kind: 'withdrawn', text });
    return 1;
  }
  if (asOf - alert.lastAt < QUIET_MS) return 0;
  if (isOwn && !(alert.endedAt !== null && isOfBreakdowns(alert.evidence))) {
    await endAlert(lease, telling, { id, kind: 'withdrawn', text: WITHDRAWN });
    return 1;
  }
  if (alert.endedAt !== null) return 0;
  await endAlert(lease, telling, { id, kind: 'closed', text: null });
  return 1;
}

const WITHDRAWN = 'Later records took away what it stood on.';

/**
 * Whether an alert stands on further series and breakdowns alone. How unusual these are depends on how many series are
 * judged with them, which changes for reasons that are none of theirs.
 */
function isOfBreakdowns({ series, rules }: Evidence): boolean {
  return rules.length === 0 && !series.some((one) => isTotal(one.series));
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

async function factsOf(
  { lease, telling, own }: Pick<Run, 'lease' | 'telling' | 'own'>,
  episode: Episode,
): Promise<AlertFacts> {
  const { store, tenantId } = lease;
  const { settings } = own;
  const { rule, subject, startedAt, lastAt, endedAt } = episode;
  const { cutter } = telling;
  const { evidence, level } = await alertEvidence(store, { tenantId, episode, settings, cutter });
  return {
    ...{ rule, subject, level, queue: ruleQueue(rule), startedAt, lastAt, endedAt, evidence },
    madeWith: madeWithOf(episode),
  };
}

const madeWithOf = (episode: Episode) =>
  createHash('sha256').update(JSON.stringify({ EVIDENCE_VERSION, episode })).digest('hex');

async function stateOf({ store, tenantId }: HeldLease) {
  const { surveillanceState: state } = store.t;
  const [row] = await store.read.select().from(state).where(eq(state.tenantId, tenantId));
  return row ?? null;
}

async function isSample({ store, tenantId }: HeldLease): Promise<boolean> {
  const { tenant } = store.t;
  const [row] = await store.read
    .select({ sample: tenant.sample })
    .from(tenant)
    .where(eq(tenant.id, tenantId));
  return row?.sample ?? false;
}

async function remember(
  lease: HeldLease,
  state: Omit<HeldLease['store']['t']['surveillanceState']['$inferInsert'], 'tenantId'>,
): Promise<void> {
  const { surveillanceState: table } = lease.store.t;
  const row = { tenantId: lease.tenantId, ...state };
  await lease.tx(async (db) => {
    await db.insert(table).values(row).onConflictDoUpdate({ target: table.tenantId, set: row });
  });
}
