import { addDays, type DayCutter } from '../../domain/day.ts';
import { alertHead, byChance } from '../../domain/surveillance/alert-head.ts';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import { causeOf } from '../../domain/surveillance/cause.ts';
import type { Episode } from '../../domain/surveillance/episodes.ts';
import type {
  Evidence,
  ExcessBy,
  FiredRule,
  UnusualSeries,
} from '../../domain/surveillance/evidence.ts';
import { explainedSpan } from '../../domain/surveillance/explained-span.ts';
import type { Finding } from '../../domain/surveillance/finding.ts';
import {
  ABOUT_SUCCESS,
  raisedLevel,
  raisingResets,
  tellingResets,
} from '../../domain/surveillance/raised-level.ts';
import { THRESHOLD_RULE_FACTS, type ThresholdRule } from '../../domain/surveillance/rule-list.ts';
import type { SurveillanceSettings } from '../../domain/surveillance/settings.ts';
import { companyTest } from '../company-addresses.ts';
import { type Behind, behindAlert, distinct, FAILURE_RULES } from '../queries/alert-behind.ts';
import { policyChanges } from '../queries/policy-changes.ts';
import type { Store } from '../store-types.ts';
import { failureExcess, peopleBehind } from './alert-excess.ts';
import { methodHealth } from './alert-health.ts';
import { throughResets } from './alert-through.ts';

export interface EvidenceInput {
  tenantId: number;
  episode: Episode;
  settings: SurveillanceSettings;
  cutter: DayCutter;
}

/** Changes of policy that far before it may be its cause. */
const CHANGES_DAYS = 2;
const SERIES_KEPT = 50;
const RULES_KEPT = 50;

/** Everything that an episode stands on, and its level, which that may raise. Only reads. */
export async function alertEvidence(
  store: Store,
  { tenantId, episode, settings, cutter }: EvidenceInput,
): Promise<{ evidence: Evidence; level: AlertLevel }> {
  const { rule, startedAt: startAt, lastAt: endAt, findings } = episode;
  const span = { tenantId, ...explainedSpan({ startAt, endAt }) };
  const fired = firedRules(findings);
  const subjects = distinct(
    fired.filter((one) => one.rule === rule).map(({ subject }) => subject?.id ?? null),
  );
  const behind = await behindAlert(store, { ...span, rule, subjects });
  const isAboutFailures = FAILURE_RULES.includes(rule);
  const explainedBy =
    rule === 'failed_verifications'
      ? await failureExcess(store, { ...span, cutter })
      : peopleBehind(behind);
  const addresses =
    rule === 'one_address_many_people' ? subjects : valuesOf(explainedBy, 'address');
  const shared = sharedAddresses(behind);
  const through = await throughResets(store, {
    ...{ ...span, addresses, shared },
    people: valuesOf(explainedBy, 'person'),
    aboutSuccess: ABOUT_SUCCESS.includes(rule),
    isCompany: companyTest(settings.companyAddresses),
  });
  const changes = await policyChanges(store, {
    ...{ tenantId, timeZone: cutter.timeZone },
    first: addDays(cutter.dayOf(startAt), -CHANGES_DAYS),
    last: cutter.dayOf(endAt - 1),
  });
  const facts = {
    ...{ startAt, endAt, ...alertHead(findings) },
    series: unusualSeries(findings),
    rules: fired.slice(0, RULES_KEPT),
    people: distinct(behind.map(({ personId }) => personId)).length,
    addresses: distinct(behind.map(({ address }) => address)).length,
    explainedBy,
    methods: isAboutFailures ? await methodHealth(store, span) : [],
    through,
    changes: changes
      .map(({ day, text }) => ({ day, text }))
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.text < b.text ? -1 : 1)),
  };
  const told = causeOf(facts);
  const { cause } = told;
  const explaining = new Set(addresses);
  const raising = raisingResets({ rule, cause, through, explaining, shared });
  const level = raisedLevel(episode.level, { cause, raising, settings });
  const { on } = settings.rhythm.new_address_reset;
  const rules = on ? [...facts.rules, ...raisedBy(raising, level)] : facts.rules;
  const telling = tellingResets({ rule, cause, through });
  return { evidence: { ...facts, rules, through: telling, ...told }, level };
}

/** Addresses that at least two known people came from. */
function sharedAddresses(behind: readonly Behind[]): Set<string> {
  const known = behind.filter(({ personId }) => personId !== null);
  const found = [...Map.groupBy(known, ({ address }) => address)];
  return new Set(
    found.flatMap(([address, people]) => (address !== null && people.length > 1 ? [address] : [])),
  );
}

const valuesOf = (explained: readonly ExcessBy[], kind: ExcessBy['by']) =>
  distinct(
    explained.filter(({ by }) => by === kind).flatMap(({ parts }) => parts.map((one) => one.value)),
  );

/** Each series once, at its most unusual. */
function unusualSeries(findings: readonly Finding[]): UnusualSeries[] {
  const bySeries = Map.groupBy(findings.toSorted(byChance), ({ series }) => series);
  return [...bySeries]
    .flatMap(([series, [top]]): UnusualSeries[] => {
      if (series === null || !top?.bucket || top.expected === null || top.p === null) return [];
      const { bucket, startAt, endAt, observed, expected, p, level } = top;
      return [{ series, bucket, startAt, endAt, observed, expected, p, level }];
    })
    .sort((a, b) => a.p - b.p || (a.series < b.series ? -1 : 1))
    .slice(0, SERIES_KEPT);
}

/** Each rule and subject once, at its largest value. */
function firedRules(findings: readonly Finding[]): FiredRule[] {
  const values = findings
    .filter(({ series }) => series === null)
    .toSorted((a, b) => b.observed - a.observed || a.startAt - b.startAt);
  const bySubject = Map.groupBy(values, ({ rule, subject }) => `${rule} ${subject}`);
  return [...bySubject.values()].flatMap(([top]): FiredRule[] => {
    if (!top || top.threshold === null) return [];
    const rule = top.rule as ThresholdRule;
    const kind = THRESHOLD_RULE_FACTS[rule].subject;
    const subject = kind === null ? null : { kind, id: top.subject };
    const { observed: value, threshold, learnedOn, level } = top;
    return [{ rule, subject, value, threshold, learnedOn, level }];
  });
}

/** The rule that raised the level of others, where it did. */
function raisedBy(raising: Evidence['through'], level: AlertLevel): FiredRule[] {
  if (raising.length === 0) return [];
  const own = { rule: 'new_address_reset' as const, subject: null, learnedOn: null };
  return [{ ...own, value: raising.length, threshold: 1, level }];
}
