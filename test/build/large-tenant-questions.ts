import Database from 'better-sqlite3';
import { PEOPLE } from './large-tenant.ts';

/** Days of `fillLargeTenant`, and people whose state changes on each. */
const DAYS = 1095;
const CHANGES = 300;

/**
 * Adds to a database that `fillLargeTenant` filled what questions on registration are about: accounts made
 * since, changes, moves, states, families and exclusions. Answers the tables that are large by now, but for
 * the one of exclusions: who is excluded is read as a whole, at most once per question.
 */
export function fillRegistrationQuestions(path: string): string[] {
  const file = new Database(path);
  file.pragma('synchronous = OFF');
  file.exec('begin');
  for (const statement of STATEMENTS) file.exec(statement);
  file.exec('commit');
  file.close();
  return ['registration_change', 'person', 'registration_state_count'];
}

const numbers = (name: string, last: number) =>
  `${name}(n) as (select 1 union all select n + 1 from ${name} where n < ${last})`;

const STATEMENTS = [
  `update person set created_at = 1677628800000 + (id * 7919 % ${DAYS}) * 86400000 where id % 5 = 0`,
  `update registration_state set methods = '["mobilePhone"]' where id % 2 = 0`,
  `with recursive ${numbers('d', DAYS)}, ${numbers('c', CHANGES)}
   insert or ignore into registration_change
   select 1, (d.n * 104729 + c.n * 7907) % ${PEOPLE} + 1, d.n, (d.n * 31 + c.n * 17) % 200 + 1
   from d, c where d.n > 1`,
  `with recursive ${numbers('d', DAYS)} insert into registration_move select 1, n, 60, 50, 20, 10 from d where n > 1`,
  `with recursive ${numbers('d', DAYS)}, ${numbers('f', 6)} insert into registration_family select 1, d.n, 'f' || f.n, 9, 3 from d, f`,
  `with recursive ${numbers('d', DAYS)}, ${numbers('s', 200)} insert into registration_state_count select 1, d.n, s.n, 900 from d, s`,
  `with recursive ${numbers('p', 12_000)}
   insert into person_exclusion select 1, n * 16, 1, '2025-01-01', case n % 2 when 0 then '2025-06-01' end from p`,
];
