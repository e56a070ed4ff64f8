import { type SQL, sql } from 'drizzle-orm';

/** An earlier delivery of the same alert to the same channel, which does not say that it is over. */
const earlier = (state: 'sent' | 'waiting'): SQL => sql`exists (
  select 1 from delivery earlier
  where earlier.tenant_id = delivery.tenant_id and earlier.alert_id = delivery.alert_id
    and earlier.channel_id = delivery.channel_id and earlier.state = ${state}
    and earlier.kind <> 'closed' and earlier.created_at <= delivery.created_at
)`;

/** That an alert is over comes after all else that waits. */
export const IN_TURN = sql`(delivery.kind <> 'closed' or not ${earlier('waiting')})`;

/** It says that an alert is over of which nothing has reached the channel, nor is going to: that was given up. */
export const IS_UNTOLD = sql`(
  delivery.kind = 'closed' and not ${earlier('sent')} and not ${earlier('waiting')}
)`;

export const ORDER_OF_KINDS = sql`case delivery.kind when 'raised' then 0 when 'level_raised' then 1 else 2 end`;
