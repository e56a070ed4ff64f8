import type { AlertMessage } from './message.ts';

/** What a test of a channel says. `now`: UTC milliseconds. */
export function testMessage({ now, sample }: { now: number; sample: boolean }): AlertMessage {
  return {
    kind: 'test',
    alertId: null,
    rule: null,
    ruleTitle: 'Test',
    level: 'watch',
    queue: 'security',
    startedAt: now,
    endedAt: now,
    title: 'Alerts of deflectometer arrive here.',
    facts: ['Somebody has asked for this test. Nothing has happened.'],
    next: [],
    people: [],
    addresses: [],
    path: '/security/channels',
    sample,
  };
}
