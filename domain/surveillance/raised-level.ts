import type { AlertLevel } from './alert-level.ts';
import type { Cause, ThroughReset } from './evidence.ts';
import type { AlertRule } from './rule-list.ts';
import type { SurveillanceSettings } from './settings.ts';

/** Levels from the lowest up. */
export const LEVELS: readonly AlertLevel[] = ['watch', 'alert', 'critical'];

/** The level above; critical is the highest. */
export function oneMore(level: AlertLevel): AlertLevel {
  return level === 'watch' ? 'alert' : 'critical';
}

/** The highest of some levels; null: there are none. */
export function highest(levels: readonly AlertLevel[]): AlertLevel | null {
  return LEVELS.findLast((level) => levels.includes(level)) ?? null;
}

/** Rules about resets that went through: each of them belongs to the alert. */
export const ABOUT_SUCCESS: readonly AlertRule[] = [
  'admin_self_reset',
  'phone_only_reset',
  'security_info_near_reset',
];

/** Rules about addresses that several people fail from. */
const ABOUT_ADDRESSES: readonly AlertRule[] = ['failed_verifications', 'one_address_many_people'];

/**
 * The resets that raise an alert, of those that went through: from an address that was never seen for that person, and
 * part of what is unusual. Of rules about resets that succeeded those are all; where people fail, those from an address
 * that explains it and that at least two of them came from, or any that does where it looks like an attack.
 */
export function raisingResets({
  rule,
  cause,
  through,
  explaining,
  shared,
}: {
  rule: AlertRule;
  cause: Cause;
  through: readonly ThroughReset[];
  explaining: ReadonlySet<string>;
  shared: ReadonlySet<string>;
}): ThroughReset[] {
  const fresh = through.filter(({ newAddress }) => newAddress === true);
  if (ABOUT_SUCCESS.includes(rule) || rule === 'one_person_many_methods') return fresh;
  if (!ABOUT_ADDRESSES.includes(rule)) return [];
  return fresh.filter(
    ({ address }) =>
      address !== null && explaining.has(address) && (cause === 'attack' || shared.has(address)),
  );
}

/**
 * The resets that somebody should look at, of those that went through: all where it looks like an attack or where the rule
 * is about resets. Else those from an address that was never seen for that person: when a method is out of order, people
 * try again and succeed, which is no sign of anything.
 */
export function tellingResets({
  rule,
  cause,
  through,
}: {
  rule: AlertRule;
  cause: Cause;
  through: readonly ThroughReset[];
}): ThroughReset[] {
  if (cause === 'attack' || ABOUT_SUCCESS.includes(rule)) return [...through];
  return through.filter(({ newAddress }) => newAddress === true);
}

/**
 * The level of an alert whose findings reach `level`. One more where a reset raises it: whoever was refused before may be
 * in now. At least an alert where the log tells of a change that goes with it: somebody can undo it.
 */
export function raisedLevel(
  level: AlertLevel,
  {
    cause,
    raising,
    settings,
  }: {
    cause: Cause;
    raising: readonly ThroughReset[];
    settings: Pick<SurveillanceSettings, 'rhythm'>;
  },
): AlertLevel {
  const isChange = cause === 'policy_change' || cause === 'writeback';
  const own = isChange && level === 'watch' ? 'alert' : level;
  return raising.length > 0 && settings.rhythm.new_address_reset.on ? oneMore(own) : own;
}
