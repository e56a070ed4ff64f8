import type { AlertLevel } from '../surveillance/alert-level.ts';
import { LEVELS } from '../surveillance/raised-level.ts';
import type { AlertRule } from '../surveillance/rule-list.ts';
import type { ChannelBody } from './channel.ts';

/** Whether a channel is to be told of an alert of this level and rule. */
export function channelTakes(
  { level, rules }: Pick<ChannelBody, 'level' | 'rules'>,
  alert: { level: AlertLevel; rule: AlertRule | null },
): boolean {
  if (LEVELS.indexOf(alert.level) < LEVELS.indexOf(level)) return false;
  return rules === null || (alert.rule !== null && rules.includes(alert.rule));
}
