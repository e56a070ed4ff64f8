import type { AlertLevel } from './alert-level.ts';

/** Who an alert is for. */
export const QUEUES = ['security', 'helpdesk', 'admin'] as const;
export type Queue = (typeof QUEUES)[number];

/** What an alert, or a part of its evidence, can be about. */
export const SUBJECT_KINDS = [
  'address',
  'person',
  'operator',
  'method',
  'country',
  'reason',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Rules that measure a day, without statistics. */
export const THRESHOLD_RULES = [
  'blocked_attempts',
  'one_address_many_people',
  'one_person_many_methods',
  'admin_self_reset',
  'phone_only_reset',
  'security_info_near_reset',
  'many_resets_by_one_operator',
  'reset_after_failure',
  'rejected_passwords',
  'configuration_stops',
  'capability_lost',
] as const;
export type ThresholdRule = (typeof THRESHOLD_RULES)[number];

/** Rules that never alarm alone: they raise the level of another alert. */
export const RAISING_RULES = ['new_address_reset'] as const;
export type RaisingRule = (typeof RAISING_RULES)[number];

/** Rules of unusual series: what breaks the rhythm that the tenant has had so far. */
export const RHYTHM_RULES = ['failed_verifications', 'admin_resets'] as const;
export type RhythmRule = (typeof RHYTHM_RULES)[number];

/** Whatever an alert can be raised by. */
export type AlertRule = RhythmRule | ThresholdRule;
export const ALERT_RULES: readonly AlertRule[] = [...RHYTHM_RULES, ...THRESHOLD_RULES];

export interface RuleFacts {
  title: string;
  /** What it looks for, why it matters, and what makes it fire without cause. */
  explanation: string;
  /** What `value` and threshold count. */
  unit: string;
  queue: Queue;
  /** What single values are about; null: the tenant as a whole. */
  subject: SubjectKind | null;
  /** The least value that fires, whatever the history is. */
  floor: number;
  /** Level at the threshold; at twice the threshold it is one more. */
  level: AlertLevel;
}

const MINUTES_AFTER_FAILURE = 120;
const HOURS_NEAR_RESET = 4;

/** How soon after a failed or blocked flow an admin reset counts for `reset_after_failure`. */
export const RESET_AFTER_FAILURE_MS = MINUTES_AFTER_FAILURE * 60_000;
/** How far before or after a reset a change of security info counts for `security_info_near_reset`. */
export const NEAR_RESET_MS = HOURS_NEAR_RESET * 3_600_000;

export const THRESHOLD_RULE_FACTS: Record<ThresholdRule, RuleFacts> = {
  blocked_attempts: {
    title: 'Blocked attempts',
    explanation:
      'Flows of a day that ended blocked: Microsoft stopped the person for 24 hours, or a method was tried too often. Whoever mistypes is blocked now and then; several on one day are not an accident.',
    unit: 'blocked flows in a day',
    queue: 'security',
    subject: null,
    floor: 3,
    level: 'watch',
  },
  one_address_many_people: {
    title: 'One address, many people',
    explanation:
      'Different people whose flows from one address ended without a reset or unlock on a day, whatever stopped them. Offices and telephone providers share an address too: type your own ranges in, and they are left out.',
    unit: 'people without success from one address in a day',
    queue: 'security',
    subject: 'address',
    floor: 5,
    level: 'watch',
  },
  one_person_many_methods: {
    title: 'One person, many methods',
    explanation:
      'Different methods, as the log names them, of which verifications failed for one person on a day. Somebody who tries every door; also somebody with a new telephone.',
    unit: 'failed methods of one person in a day',
    queue: 'security',
    subject: 'person',
    floor: 3,
    level: 'watch',
  },
  admin_self_reset: {
    title: 'Admin accounts reset by self-service',
    explanation:
      'Accounts of admins whose password was reset, or that were unlocked, by self-service on a day. Worth a look each time: such an account opens much. Who is an admin is what the registration report last told; most of them only forgot a password.',
    unit: 'accounts of admins in a day',
    queue: 'security',
    subject: null,
    floor: 1,
    level: 'watch',
  },
  phone_only_reset: {
    title: 'Resets by telephone alone',
    explanation:
      'People with a reset of a day, not an unlock, for which SMS and voice calls were passed and nothing else. A telephone number can be taken over; more of such resets than usual can mean that it was, or that another method is out of order.',
    unit: 'people in a day',
    queue: 'security',
    subject: null,
    floor: 5,
    level: 'watch',
  },
  security_info_near_reset: {
    title: 'Security info changed around a reset',
    explanation: `People who themselves registered, updated or deleted security info, or changed their default, within ${HOURS_NEAR_RESET} hours before or after a self-service reset or unlock of the day: what somebody does who wants to stay in an account. Also what somebody does with a new telephone. What an admin changes for them does not count.`,
    unit: 'people in a day',
    queue: 'security',
    subject: null,
    floor: 2,
    level: 'watch',
  },
  many_resets_by_one_operator: {
    title: 'Many admin resets by one operator',
    explanation:
      'Different people whose password one operator reset on a day. A hotline’s usual day is learned; a day beyond it is a bad day, a campaign, or somebody in the operator’s account. Mass resets count, although no admin reset of them counts as a ticket; first passwords and automation are left out.',
    unit: 'people reset by one operator in a day',
    queue: 'security',
    subject: 'operator',
    floor: 10,
    level: 'watch',
  },
  reset_after_failure: {
    title: 'Admin reset soon after failed self-service',
    explanation: `People whose password an admin reset within ${MINUTES_AFTER_FAILURE} minutes after the end of a flow with a failed verification and without success, on the day of that reset. Most are honest; somebody who cannot pass a verification and then calls the helpdesk in another’s name looks the same.`,
    unit: 'people in a day',
    queue: 'security',
    subject: null,
    floor: 3,
    level: 'watch',
  },
  rejected_passwords: {
    title: 'New passwords rejected',
    explanation:
      'New passwords that a password policy rejected in one person’s flows of a day; one typed again before anything answered the last counts as a rejection too. Not an attack: somebody who needs a call from the helpdesk.',
    unit: 'rejected passwords of one person in a day',
    queue: 'helpdesk',
    subject: 'person',
    floor: 3,
    level: 'watch',
  },
  configuration_stops: {
    title: 'Stopped by configuration',
    explanation:
      'Flows that could not go on because of how self-service reset is set up, by reason: nobody of them can help themselves until an admin acts. Somebody who tries names out meets the same stops.',
    unit: 'flows in a day for one reason',
    queue: 'admin',
    subject: 'reason',
    floor: 5,
    level: 'watch',
  },
  capability_lost: {
    title: 'People who can no longer reset',
    explanation:
      'People who could reset their own password at the snapshot of the registration report before, and cannot at this one although they are still there; who left does not count. Many on one day are seldom their own doing: a policy changed. Also a migration, a clean-up of telephone numbers, or licences that ended.',
    unit: 'people in a day',
    queue: 'admin',
    subject: null,
    floor: 20,
    level: 'watch',
  },
};

export const RHYTHM_RULE_FACTS: Record<
  RhythmRule,
  Pick<RuleFacts, 'title' | 'explanation' | 'queue'>
> = {
  failed_verifications: {
    title: 'Unusual failed verifications',
    explanation:
      'More failed verifications, people or addresses than the hour, the weekday, the season and the last weeks explain.',
    queue: 'security',
  },
  admin_resets: {
    title: 'Unusual admin resets',
    explanation: 'More admin resets than the hour, the weekday and the last weeks explain.',
    queue: 'security',
  },
};

/** Title of any rule of an alert. */
export function ruleTitle(rule: AlertRule): string {
  return rule in RHYTHM_RULE_FACTS
    ? RHYTHM_RULE_FACTS[rule as RhythmRule].title
    : THRESHOLD_RULE_FACTS[rule as ThresholdRule].title;
}

/** Who an alert of a rule is for. */
export function ruleQueue(rule: AlertRule): Queue {
  return { ...RHYTHM_RULE_FACTS, ...THRESHOLD_RULE_FACTS }[rule].queue;
}
