import type { Day } from '../day.ts';
import type { AlertLevel } from './alert-level.ts';
import type { Finding } from './finding.ts';
import {
  LEARNING_DAYS,
  LEAST_LEARNING_DAYS,
  largestByDay,
  learnedThreshold,
  learningGroups,
} from './learned-threshold.ts';
import { oneMore } from './raised-level.ts';
import { THRESHOLD_RULE_FACTS, THRESHOLD_RULES, type ThresholdRule } from './rule-list.ts';
import type { RuleValue } from './rules/rule-value.ts';
import type { SurveillanceSettings } from './settings.ts';

/** What a rule measured, and on which day of the tenant. */
export interface DayValue extends RuleValue {
  day: Day;
}

export interface ThresholdInput {
  settings: Pick<SurveillanceSettings, 'rules'>;
  /** The collected days, oldest first: those that are told of, and 90 before them as far as there are. */
  days: readonly Day[];
  /** Whether an address is in the company's own ranges: `one_address_many_people` leaves it out, of its history too. */
  isCompany: (address: string) => boolean;
}

/**
 * The values that reach the threshold of their rule: as typed in, or one more than the 99 % point of the largest values
 * of the 90 collected days before, of the same reason where it is about reasons. At twice a threshold that was typed in or
 * learned the level is one more. In order of time, whatever order the values came in.
 */
export function thresholdFindings(
  values: readonly DayValue[],
  { settings, days, isCompany }: ThresholdInput,
): Finding[] {
  const counted = values.filter(
    ({ rule, subject }) => rule !== 'one_address_many_people' || !isCompany(subject),
  );
  const byRule = Map.groupBy(counted, ({ rule }) => rule);
  return THRESHOLD_RULES.filter((rule) => settings.rules[rule].on)
    .flatMap((rule) => ruleFindings(rule, byRule.get(rule) ?? [], { settings, days }))
    .sort((one, other) => one.endAt - other.endAt || one.startAt - other.startAt);
}

/**
 * By rule, the least value that any of these settings can fire for: values below it change nothing, neither what fires nor
 * what is learned, because no threshold that is learned is below the floor.
 */
export function leastValues(
  settings: readonly Pick<SurveillanceSettings, 'rules'>[],
): Record<ThresholdRule, number> {
  const least = (rule: ThresholdRule) =>
    settings.map(({ rules }) => rules[rule].threshold ?? THRESHOLD_RULE_FACTS[rule].floor);
  return Object.fromEntries(
    THRESHOLD_RULES.map((rule) => [rule, Math.min(...least(rule))]),
  ) as Record<ThresholdRule, number>;
}

function ruleFindings(
  rule: ThresholdRule,
  values: readonly DayValue[],
  { settings, days }: Pick<ThresholdInput, 'settings' | 'days'>,
): Finding[] {
  const { threshold: typed, level } = settings.rules[rule];
  return learningGroups(rule, values).flatMap((group) => {
    const byDay = Map.groupBy(group, ({ day }) => day);
    const largest = largestByDay(group);
    return [...byDay].flatMap(([day, own]) => {
      const told =
        typed === null
          ? learnedFor(rule, day, { days, largest })
          : { threshold: typed, learnedOn: null, firm: true };
      return own
        .filter(({ value }) => value >= told.threshold)
        .map((value) => finding(value, { level, ...told }));
    });
  });
}

interface Threshold {
  threshold: number;
  learnedOn: Day | null;
  /** Typed in or learned: the floor for want of history says little of twice as much. */
  firm: boolean;
}

function learnedFor(
  rule: ThresholdRule,
  day: Day,
  { days, largest }: { days: readonly Day[]; largest: ReadonlyMap<Day, number> },
): Threshold {
  const end = days.findLastIndex((one) => one < day) + 1;
  const before = days.slice(Math.max(0, end - LEARNING_DAYS), end);
  const maxima = before.map((one) => largest.get(one) ?? 0);
  const { threshold } = learnedThreshold(maxima, THRESHOLD_RULE_FACTS[rule].floor);
  const learned = before.length >= LEAST_LEARNING_DAYS;
  return { threshold, learnedOn: learned ? (before.at(-1) ?? null) : null, firm: learned };
}

function finding(
  { rule, subject, value, startAt, endAt }: DayValue,
  { level, threshold, learnedOn, firm }: Threshold & { level: AlertLevel },
): Finding {
  return {
    ...{ rule, subject, startAt, threshold, learnedOn, observed: value, carried: false },
    ...{ series: null, bucket: null, expected: null, upper: null, p: null },
    // What was counted last is part of it.
    endAt: endAt + 1,
    level: firm && value >= 2 * threshold ? oneMore(level) : level,
  };
}
