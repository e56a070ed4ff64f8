import type { AlertLevel, LeastEffect, LevelBounds } from './alert-level.ts';
import { DAILY_LEVELS, HOURLY_LEVELS, LEAST_EFFECT } from './alert-level.ts';
import type { RaisingRule, RhythmRule, ThresholdRule } from './rule-list.ts';
import { RAISING_RULES, RHYTHM_RULES, THRESHOLD_RULE_FACTS, THRESHOLD_RULES } from './rule-list.ts';

/**
 * Which method judges days: the daily model alone; it and Farrington Flexible voting (fewest false alarms); or Farrington
 * Flexible alone, as a reference.
 */
export const DAILY_DETECTORS = ['daily', 'vote', 'farrington'] as const;
export type DailyDetectorName = (typeof DAILY_DETECTORS)[number];

export interface ThresholdSetting {
  on: boolean;
  /** Null: learned from the last 90 days, at least the rule's floor. */
  threshold: number | null;
  /** At the threshold; at twice the threshold it is one more. */
  level: AlertLevel;
}

export interface SurveillanceSettings {
  detector: DailyDetectorName;
  daily: LevelBounds;
  hourly: LevelBounds;
  leastEffect: LeastEffect;
  rhythm: Record<RhythmRule | RaisingRule, { on: boolean }>;
  rules: Record<ThresholdRule, ThresholdSetting>;
  /** Address ranges of the company (CIDR, or single addresses): one address with many people is usual there. */
  companyAddresses: string[];
}

const ON = { on: true };

export const SURVEILLANCE_DEFAULTS: SurveillanceSettings = {
  detector: 'daily',
  daily: DAILY_LEVELS,
  hourly: HOURLY_LEVELS,
  leastEffect: LEAST_EFFECT,
  rhythm: {
    ...(Object.fromEntries(RHYTHM_RULES.map((rule) => [rule, ON])) as Record<
      RhythmRule,
      { on: boolean }
    >),
    ...(Object.fromEntries(RAISING_RULES.map((rule) => [rule, ON])) as Record<
      RaisingRule,
      { on: boolean }
    >),
  },
  rules: Object.fromEntries(
    THRESHOLD_RULES.map((rule) => [
      rule,
      { on: true, threshold: null, level: THRESHOLD_RULE_FACTS[rule].level },
    ]),
  ) as Record<ThresholdRule, ThresholdSetting>,
  companyAddresses: [],
};
