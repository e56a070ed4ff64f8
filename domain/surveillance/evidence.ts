import type { Day } from '../day.ts';
import type { AlertLevel } from './alert-level.ts';
import type { RaisingRule, SubjectKind, ThresholdRule } from './rule-list.ts';
import type { SeriesName } from './series.ts';

/** One unusual series within an episode, at its most unusual hour or day. */
export interface UnusualSeries {
  series: SeriesName;
  bucket: 'hour' | 'day';
  /** Of the window, UTC milliseconds, the end not included. */
  startAt: number;
  endAt: number;
  observed: number;
  expected: number;
  /** Chance of as unusual a count. */
  p: number;
  level: AlertLevel;
}

/** One rule that fired within an episode. */
export interface FiredRule {
  rule: ThresholdRule | RaisingRule;
  /** Null: the tenant as a whole. */
  subject: { kind: SubjectKind; id: string } | null;
  value: number;
  /** The least value that fires. */
  threshold: number;
  /** Last day of the history it was learned from; null: typed in, or the floor for want of history. */
  learnedOn: Day | null;
  level: AlertLevel;
}

/** One value that makes an excess (explain-excess.ts). */
export interface ExcessPart {
  /** An object id, an address, a method, a country; null: not known. */
  value: string | null;
  observed: number;
  expected: number;
  /** Never seen in the 90 days before. */
  isNew: boolean;
  /** What the chance of the window would be without it; null: nothing else is usual. */
  pWithout: number | null;
}

export interface ExcessBy {
  by: 'person' | 'address' | 'method' | 'country';
  /** The fewest values that make up 80 % of the excess, the most unusual first, at most 50 kept. */
  parts: ExcessPart[];
  /** How many they are, kept or not. */
  values: number;
  /** What part of the excess they make up, 0 to 1. */
  covered: number | null;
}

/** How a method went in the episode, and in the 28 days before. */
export interface MethodHealth {
  method: string;
  started: number;
  passed: number;
  usualStarted: number;
  usualPassed: number;
}

export type Cause = 'attack' | 'broken_method' | 'policy_change' | 'writeback' | 'unclear';

/** A self-service reset or unlock that went through in the episode and belongs to what is unusual about it. */
export interface ThroughReset {
  flowId: string;
  personId: string | null;
  at: number;
  address: string | null;
  /** Whether the address was never seen for this person before; null: not known. */
  newAddress: boolean | null;
  /** Whether it is an admin's account; null: not known. */
  admin: boolean | null;
}

/** Everything an alert stands on, without names: people are object ids. Instants are UTC milliseconds. */
export interface Evidence {
  startAt: number;
  endAt: number;
  /** The most unusual total, or the value of the rule that fired. */
  observed: number;
  /** Null: a rule without statistics fired alone. */
  expected: number | null;
  upper: number | null;
  p: number | null;
  series: UnusualSeries[];
  rules: FiredRule[];
  /** Distinct known people and addresses with failed verifications within it. */
  people: number;
  addresses: number;
  explainedBy: ExcessBy[];
  methods: MethodHealth[];
  through: ThroughReset[];
  /** Changes of policy and of writeback the log tells of, from two days before it on. */
  changes: { day: Day; text: string }[];
  cause: Cause;
  /** Why that cause, in sentences without names. */
  because: string[];
}
