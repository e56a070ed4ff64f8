import type { DeliveriesResponse, Delivery } from '../../../server/contract/channels.ts';
import { counted } from '../../format.ts';
import type { IconName } from '../../parts/icon-name.ts';

export const DELIVERY_KIND_WORD: Record<Delivery['kind'], string> = {
  raised: 'a new alert',
  level_raised: 'a higher level',
  closed: 'its end',
  test: 'a test',
};

export const DELIVERY_STATE: Record<
  Delivery['state'],
  { word: string; look: 'ok' | 'crit' | 'mute'; icon: IconName }
> = {
  waiting: { word: 'Waiting', look: 'mute', icon: 'wait' },
  sent: { word: 'Sent', look: 'ok', icon: 'check' },
  dead: { word: 'Could not be sent', look: 'crit', icon: 'cross' },
  dropped: { word: 'Dropped', look: 'mute', icon: 'off' },
};

/** Whether a delivery waits because an attempt failed, and not because its time has not come. */
export const isStuck = ({ state, attempts }: Delivery) => state === 'waiting' && attempts > 0;

/** What somebody should look at: given up first, then what waits after a failed attempt. */
export const troubleOf = (deliveries: readonly Delivery[]): Delivery[] => [
  ...deliveries.filter(({ state }) => state === 'dead'),
  ...deliveries.filter(isStuck),
];

/** How the outbox stands, in a sentence. */
export function outboxFinding({ deliveries, counts }: DeliveriesResponse): string {
  const stuck = deliveries.filter(isStuck).length;
  const said = [
    ...(counts.dead > 0
      ? [`${counted(counts.dead, 'message', 'messages')} about alerts could not be sent`]
      : []),
    ...(stuck > 0 ? [`${counted(stuck, 'waits', 'wait')} after a failed attempt`] : []),
  ];
  if (said.length > 0) return said.join('; ');
  return counts.waiting > 0
    ? `All is well with messages about alerts; ${counted(counts.waiting, 'waits', 'wait')} for its time`
    : 'All is well with messages about alerts: none waits, none was given up';
}
