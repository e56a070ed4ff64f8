import type { ChannelBody } from '../../domain/alerting/channel.ts';
import type { AlertMessage } from '../../domain/alerting/message.ts';
import type { Notice } from '../../jobs/out/notice.ts';

export const NOTICE_ID = '0b8f3c1e-8c1f-4b0a-9a55-1d2f6f0a7b10';

/** What is said of a raised alert. */
export function aMessage(given: Partial<AlertMessage> = {}): AlertMessage {
  return {
    kind: 'raised',
    alertId: 7,
    rule: 'failed_verifications',
    ruleTitle: 'Unusual failed verifications',
    level: 'alert',
    queue: 'security',
    startedAt: Date.parse('2026-03-10T01:00:00Z'),
    endedAt: null,
    title: '240 people failed from 5 addresses, against 3 usually: looks like an attack',
    facts: ['240 failed verifications, 3 expected.'],
    next: ['Look at the addresses.', 'Block them.'],
    people: ['person-1', 'person-2'],
    addresses: ['203.0.113.7'],
    path: '/security/alerts/7',
    sample: false,
    ...given,
  };
}

export function aNotice({
  message,
  ...given
}: Partial<Omit<Notice, 'message'>> & { message?: Partial<AlertMessage> } = {}): Notice {
  const { people: _, addresses: _addresses, ...said } = aMessage(message);
  return {
    id: NOTICE_ID,
    message: said,
    createdAt: Date.parse('2026-03-10T02:00:00Z'),
    people: null,
    addresses: null,
    link: null,
    ...given,
  };
}

/** A channel that takes everything, at any hour, without names. */
export function aBody(given: Partial<ChannelBody> = {}): ChannelBody {
  return { level: 'watch', rules: null, names: false, quiet: null, ...given };
}
