import Database from 'better-sqlite3';

/** People of the large tenant. */
export const PEOPLE = 200_000;

const DAYS = 1095;
const LARGE = 10_000;

const numbers = (name: string, last: number) =>
  `${name}(n) as (select 1 union all select n + 1 from ${name} where n < ${last})`;
/** The day `n` days after the first of the history, as text. */
const day = (n: string) => `date('2023-03-01', '+' || (${n} - 1) || ' days')`;
const instant = (n: string) => `1677628800000 + ${n} * 86400000`;

/**
 * Fills an empty SQLite database with three years of a large tenant, made by SQL for speed; what its numbers
 * say does not matter, only how many there are. Answers the tables that hold over 10,000 rows.
 */
export function fillLargeTenant(path: string): Set<string> {
  const file = new Database(path);
  file.pragma('synchronous = OFF');
  file.exec('begin');
  for (const statement of statements()) file.exec(statement);
  file.exec('commit');
  const names = file.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  const sizeOf = (name: string) => file.prepare(`select count(*) from "${name}"`).pluck().get();
  const large = (names as string[]).filter((name) => Number(sizeOf(name)) > LARGE);
  file.close();
  return new Set(large);
}

function statements(): string[] {
  return [
    `insert into tenant values (1, 't', 'o', 'T', 'UTC', 0, 0)`,
    `with recursive ${numbers('s', 200)}
     insert into registration_state (tenant_id, id, key, admin, enabled, registered, capable, mfa_capable, methods, user_type, user_class, reason, families)
     select 1, n, 'k' || n, n % 50 = 0, n % 3 <> 0, n % 4 <> 0, n % 4 <> 0 and n % 3 <> 0, 1, '["email"]', 'member',
       case when n % 20 = 0 then 'guest' else 'member' end,
       case when n % 4 <> 0 and n % 3 <> 0 then 'capable' when n % 3 = 0 then 'not_enabled' else 'too_few_methods' end, n % 4
     from s`,
    `with recursive ${numbers('g', 600)}
     insert into person_segment select 1, n, 'k' || n,
       nullif('Department ' || (n % 200), 'Department 0'), case n % 3 when 0 then null when 1 then 'AT' else 'DE' end
     from g`,
    `with recursive ${numbers('p', PEOPLE)}
     insert into person (tenant_id, id, object_id, name, user_principal_name, sort_name, search_text, kind, state_id, state_day, manager_id, excluded, call_order, department, country, cell_id)
     select 1, n, printf('object-%08d', n), who, who || '@x', who, who || char(10) || who || '@x',
       case when s % 20 = 0 then 'guest' else 'member' end, s, '2026-02-28',
       case when n % 10 > 0 then printf('object-%08d', n % 5000 + 1) end, n % 100 = 0, -(n * 7907 % 100000), segment.department, segment.country,
       segment.id * 1024 + (s % 20 = 0) * 256 + case when s % 4 <> 0 and s % 3 <> 0 then 0 when s % 3 = 0 then 64 else 160 end
         + (s % 50 = 0) * 16 + (s % 3 <> 0) * 8 + (s % 4 <> 0) * 4 + (s % 4 <> 0 and s % 3 <> 0) * 2 + (n % 100 = 0)
     from (select n, n * 7919 % 200 + 1 as s,
       case when n = 4322 then 'rarest person' else 'common an ' || char(97 + n * 31 % 26, 97 + n * 17 % 26) || n end as who from p)
     join person_segment as segment on segment.tenant_id = 1 and segment.id = n % 600 + 1`,
    `insert into people_edition values (1, 1, null)`,
    `insert into person_cell select 1, cell_id, count(*), 1 from person group by cell_id`,
    `insert into person_note select 1, id, null, id % 20 = 0, 'T', 0 from person where id % 10 = 0`,
    `insert into person_exclusion select 1, id, 1, '2026-01-01', null from person where excluded`,
    `with recursive ${numbers('d', DAYS)}
     insert into registration_snapshot (tenant_id, id, taken_at, day, state, last_of_day, people, rejected, unknown_admin)
     select 1, n, ${instant('n')}, ${day('n')}, 'published', 1, ${PEOPLE}, 0, 0 from d`,
    `with recursive ${numbers('p', PEOPLE)} insert into registration_change select 1, n, 1, n % 200 + 1 from p`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('v', 60)}
     insert into registration_count select 1, dimension, v.n, d.n, 100, 50, 40, 30, 20
     from d, v, (select 'department' as dimension union all select 'office' union all select 'country')`,
    `with recursive ${numbers('d', DAYS)} insert into registration_count select 1, 'all', '', n, 100, 50, 40, 30, 20 from d`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('m', 20)} insert into registration_method select 1, d.n, 'm' || m.n, 5 from d, m`,
    `with recursive ${numbers('f', 50_000)}
     insert into flow (tenant_id, id, person_id, started_at, started_text, day, last_at, outcome, records, stage, reason, owner, hour, incident_id, address)
     select 1, 'flow-' || n, printf('object-%08d', n), ${instant('(n % 1095)')}, '', ${day('(n % 1095 + 1)')}, ${instant('(n % 1095)')}, 'cancelled', 3,
       3, 'cancelled_before_verification', 'user', n % 24, 'flow-' || n, '192.0.2.' || (n % 250) from f`,
    `insert into incident (tenant_id, id, person_id, started_at, day, last_at, outcome, settling, flows, admin_resets, hour)
     select tenant_id, id, person_id, started_at, day, last_at, 'abandoned', 0, 1, 0, hour from flow`,
    `with recursive ${numbers('f', 50_000)}
     insert into audit_record (tenant_id, id, feed, occurred_at, occurred_text, day, activity, service, result, target_id, initiator_id, initiator_kind, flow_id)
     select 1, 'r' || n, 'resets', ${instant('(n % 1095)')}, '', ${day('(n % 1095 + 1)')}, 'a', 's', 'success', 'x', printf('object-%08d', n), 'user', 'flow-' || n from f`,
    `with recursive ${numbers('f', 50_000)}
     insert into verification_step (tenant_id, flow_id, method, started_at, day, passed)
     select 1, 'flow-' || n, 'email', 0, ${day('(n % 1095 + 1)')}, 1 from f`,
    `with recursive ${numbers('f', 20_000)}
     insert into admin_reset (tenant_id, id, person_id, occurred_at, day, kind, settling)
     select 1, 'a' || n, printf('object-%08d', n), ${instant('(n % 1095)')}, ${day('(n % 1095 + 1)')}, 'counted', 0 from f`,
    `with recursive ${numbers('d', DAYS)}
     insert into reset_daily (tenant_id, day, started, completed, unlocked, contacted_admin, blocked, not_entitled, failed, cancelled, abandoned, in_progress,
       self_served_first, self_served_retry, fell_back, incidents_abandoned, settling, admin_resets, bypasses, settling_bypasses, served_reset, served_unlock, reset_ms)
     select 1, ${day('n')}, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 0, 1, 1, 0, 3, 1, '[1000]' from d`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('s', 7)}
     insert into reset_stage (tenant_id, day, method, stage, flows, in_progress)
     select 1, ${day('d.n')}, m.method, s.n - 1, 9, 0
     from d, s, (select '' as method union all select 'email' union all select 'mobile SMS') as m`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('m', 12)}
     insert into method_switch (tenant_id, day, from_method, to_method, flows) select 1, ${day('d.n')}, 'email', 'm' || m.n, 1 from d, m`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('h', 24)}
     insert into reset_hour (tenant_id, day, hour, flows, incidents, self_served) select 1, ${day('d.n')}, h.n - 1, 2, 2, 1 from d, h`,
    `with recursive ${numbers('c', 20_000)}
     insert into password_change (tenant_id, id, person_id, occurred_at, day, succeeded, agent)
     select 1, 'c' || n, printf('object-%08d', n), ${instant('(n % 1095)')}, ${day('(n % 1095 + 1)')}, 1, 'None' from c`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('h', 24)}
     insert into verification_count select 1, 'hour', m.method, ${day('d.n')}, h.n, 1, 1, 1
     from d, h, (select '' as method union all select 'email' union all select 'mobile SMS' union all select 'unknown') as m`,
    `with recursive ${numbers('d', DAYS)}
     insert into verification_count select 1, 'day', m.method, ${day('n')}, 0, 1, 1, 1
     from d, (select '' as method union all select 'email' union all select 'mobile SMS') as m`,
    `with recursive ${numbers('f', 50_000)}
     insert into failed_verification (tenant_id, flow_id, method, failed_at, day, person_id, address, country, admin)
     select 1, 'flow-' || n, 'email', ${instant('(n % 1095)')} + n % 86400 * 1000, ${day('(n % 1095 + 1)')}, printf('object-%08d', n),
       '192.0.2.' || (n % 250), case n % 3 when 0 then null when 1 then 'AT' else 'DE' end, n % 50 = 0 from f`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('s', 12)}
     insert into watched_level (tenant_id, bucket, series, day, start_at, observed, expected, upper, p, window, window_observed, window_expected, slow, made_with)
     select 1, 'day', case s.n when 1 then 'failed' when 2 then 'blocked' else 'country:' || s.n end, ${day('d.n')}, 0, 1, 1, 9, 0.5, 1, 1, 1, 0, '' from d, s`,
    `with recursive ${numbers('d', DAYS)}, ${numbers('s', 12)}
     insert into watched_count (tenant_id, bucket, series, day, start_at, count)
     select 1, 'day', case s.n when 1 then 'blocked' when 2 then 'options_only' else 'country:' || s.n end, ${day('d.n')}, 0, 1 from d, s`,
    `with recursive ${numbers('q', 12_000)} insert into quarantine select 1, 'people', 'h' || n, 'id: missing', 0, 0 from q`,
    `with recursive ${numbers('r', 12_000)}
     insert into job_run (tenant_id, id, feed, started_at, ended_at, state, pages, received, added, changed, rejected)
     select 1, n, 'resets', n, n, 'ok', 1, 1, 1, 1, 0 from r`,
    `insert into feed_window values (1, 'resets', ${instant('0')}, ${instant(String(DAYS))})`,
    `insert into rollup_state values (1, ${instant(String(DAYS))}, '{}')`,
  ];
}
