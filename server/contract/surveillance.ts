import { z } from 'zod';
import {
  QUEUES,
  RAISING_RULES,
  RHYTHM_RULES,
  THRESHOLD_RULES,
} from '../../domain/surveillance/rule-list.ts';
import { DAILY_DETECTORS } from '../../domain/surveillance/settings.ts';
import { AlertRuleText } from './alerts.ts';
import { AuthorText, Count, DayText, InstantText } from './common.ts';
import { AlertLevelText } from './verification.ts';

/** From 0.05 on nothing is asked whether it is unusual: those days and hours count as usual. */
const Chance = z.number().positive().max(0.05);

/** Chances below which a level is reached, the lower the more unusual. */
const LevelBoundsSchema = z
  .strictObject({
    watch: Chance,
    alert: Chance,
    critical: Chance,
  })
  .refine(({ watch, alert, critical }) => critical <= alert && alert <= watch, {
    error: 'critical must not be above alert, nor alert above watch',
  });

const Switch = z.strictObject({ on: z.boolean() });

export const SurveillanceSettingsSchema = z
  .strictObject({
    detector: z.enum(DAILY_DETECTORS),
    daily: LevelBoundsSchema,
    hourly: LevelBoundsSchema,
    leastEffect: z.strictObject({
      /** Counts above the expected that an alert needs. */
      excess: z.number().min(0).max(100_000),
      /** Times the expected. */
      ratio: z.number().min(1).max(100),
    }),
    rhythm: z.record(z.enum([...RHYTHM_RULES, ...RAISING_RULES]), Switch),
    rules: z.record(
      z.enum(THRESHOLD_RULES),
      z.strictObject({
        on: z.boolean(),
        /** Null: learned. */
        threshold: z.int().min(1).max(1_000_000).nullable(),
        level: AlertLevelText,
      }),
    ),
    /** CIDR, or single addresses. */
    companyAddresses: z.array(z.string().trim().min(1).max(100)).max(500),
  })
  .meta({ id: 'SurveillanceSettings' });

/** `GET /api/v1/surveillance`: what alerts are raised by, and what was learned for it. */
export const SurveillanceResponse = z.object({
  asOf: InstantText.nullable(),
  /** 0: the defaults of the program. */
  version: Count,
  author: z.string().nullable(),
  madeAt: InstantText.nullable(),
  note: z.string().nullable(),
  settings: SurveillanceSettingsSchema,
  defaults: SurveillanceSettingsSchema,
  rules: z.array(
    z.object({
      rule: z.enum([...RHYTHM_RULES, ...RAISING_RULES, ...THRESHOLD_RULES]),
      title: z.string(),
      explanation: z.string(),
      queue: z.enum(QUEUES),
      /** Null, as all that follows: the rule has no threshold. */
      unit: z.string().nullable(),
      floor: Count.nullable(),
      /** The least value that fires now, if it is learned; null: no history. */
      learned: Count.nullable(),
      /** The 99 % point itself, of the largest value of each day. */
      point: Count.nullable(),
      /** Days it was learned from, and the last of them. */
      days: Count.nullable(),
      learnedOn: DayText.nullable(),
    }),
  ),
});
export type SurveillanceResponse = z.output<typeof SurveillanceResponse>;

/** `PUT /api/v1/surveillance`: a new version; alerts before it stay as they are. */
export const SurveillanceChange = z.strictObject({
  author: AuthorText,
  note: z.string().trim().max(2000).nullable().default(null),
  settings: SurveillanceSettingsSchema,
});
export type SurveillanceChange = z.output<typeof SurveillanceChange>;

/** `POST /api/v1/surveillance/backtest`: what these settings would have raised. */
export const BacktestRequest = z.strictObject({ settings: SurveillanceSettingsSchema });

const BacktestEpisode = z.object({
  rule: AlertRuleText,
  ruleTitle: z.string(),
  level: AlertLevelText,
  startedAt: InstantText,
  lastAt: InstantText,
  observed: Count,
  expected: z.number().nullable(),
  /** The alert of the present settings that it is; null: none is there. */
  alertId: z.string().nullable(),
});

const Raised = z.object({ watch: Count, alert: Count, critical: Count });

export const BacktestResponse = z.object({
  /** The days looked at: the last 90, or as many as there are. */
  first: DayText.nullable(),
  last: DayText.nullable(),
  days: Count,
  proposed: Raised,
  current: Raised,
  /** Newest first: what only the proposed settings raise, only the current ones, and both. */
  added: z.array(BacktestEpisode),
  gone: z.array(BacktestEpisode),
  kept: z.array(BacktestEpisode),
});
export type BacktestResponse = z.output<typeof BacktestResponse>;
