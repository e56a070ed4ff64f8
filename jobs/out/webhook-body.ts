import { isoText } from '../../domain/instant.ts';
import type { Notice } from './notice.ts';

/** What is posted to a webhook: JSON of the shape that Standard Webhooks recommends, the same in every repeat of a delivery. */
export function webhookBody({ id, message, createdAt, people, addresses, link }: Notice): string {
  const { kind, alertId, startedAt, endedAt, path: _, ...said } = message;
  return JSON.stringify({
    type: kind === 'test' ? 'test' : `alert.${kind}`,
    timestamp: isoText(createdAt),
    data: {
      deliveryId: id,
      alertId: alertId === null ? null : String(alertId),
      ...said,
      startedAt: isoText(startedAt),
      endedAt: endedAt === null ? null : isoText(endedAt),
      ...(people === null ? {} : { people }),
      ...(addresses === null ? {} : { addresses }),
      link,
    },
  });
}
