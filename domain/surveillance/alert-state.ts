/** How an alert stands. The first that applies, from the bottom of this list up, is shown. */
export const ALERT_STATES = [
  'open',
  'acknowledged',
  'snoozed',
  'excluded',
  'closed',
  'withdrawn',
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What can happen to an alert. */
export const ALERT_EVENT_KINDS = [
  'raised',
  'level_raised',
  'closed',
  'reopened',
  'withdrawn',
  'acknowledged',
  'snoozed',
  'excluded',
  'exclusion_ended',
] as const;
export type AlertEventKind = (typeof ALERT_EVENT_KINDS)[number];

interface AlertMarks {
  endedAt: number | null;
  withdrawnAt: number | null;
  acknowledgedAt: number | null;
  snoozedUntil: number | null;
  exclusionId: number | null;
}

/** State at an instant, UTC milliseconds: withdrawn, closed, excluded, snoozed, acknowledged, else open. */
export function alertState(alert: AlertMarks, now: number): AlertState {
  if (alert.withdrawnAt !== null) return 'withdrawn';
  if (alert.endedAt !== null) return 'closed';
  if (alert.exclusionId !== null) return 'excluded';
  if (alert.snoozedUntil !== null && alert.snoozedUntil > now) return 'snoozed';
  return alert.acknowledgedAt !== null ? 'acknowledged' : 'open';
}
