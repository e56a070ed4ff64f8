import { sql } from 'drizzle-orm';

/**
 * The id of the last registration state known of a row of `person`: the present one, else the last one of somebody who has
 * left the report; null: none ever was.
 */
export const LAST_KNOWN_STATE = sql<number | null>`coalesce(person.state_id, (
  select change.state_id from registration_change as change
  where change.tenant_id = person.tenant_id and change.person_id = person.id
    and change.state_id is not null
  order by change.snapshot_id desc limit 1))`;
