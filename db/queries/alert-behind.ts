import { type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import {
  type AlertRule,
  NEAR_RESET_MS,
  RESET_AFTER_FAILURE_MS,
} from '../../domain/surveillance/rule-list.ts';
import type { Store } from '../store-types.ts';
import { LAST_KNOWN_STATE } from './last-known-state.ts';
import { securityInfoChanged } from './security-info-changed.ts';

/** Somebody, somewhere, and how many of what an alert counts were theirs. */
export interface Behind {
  /** Object id; null: not known. */
  personId: string | null;
  /** Null: none is told. */
  address: string | null;
  times: number;
}

export interface AlertScope {
  tenantId: number;
  rule: AlertRule;
  /** Whom or what the rule fired for; empty: the tenant as a whole. */
  subjects: readonly string[];
  /** UTC milliseconds, the end not included. */
  startAt: number;
  endAt: number;
}

/** Rules whose alerts are about failed verifications; the others are about flows or admin resets. */
export const FAILURE_RULES: readonly AlertRule[] = [
  'failed_verifications',
  'one_person_many_methods',
];

/**
 * Whom and which addresses an alert is about: those of the failed verifications, flows or admin resets that its rule
 * counts, each pair once.
 */
export async function behindAlert(store: Store, scope: AlertScope): Promise<Behind[]> {
  const { dialect, read } = store;
  const source = SOURCES[scope.rule](scope, subjectsIn(store, scope));
  const rows = await dialect.rows<{ person: string | null; address: string | null; times: number }>(
    read,
    sql`select person, nullif(address, '') as address, count(*) as times
        from (${source}) as counted
        group by person, nullif(address, '')`,
  );
  return rows.map(({ person, address, times }) => {
    return { personId: person, address, times: Number(times) };
  });
}

/** A condition on whom or what the rule fired for. */
type SubjectTest = (column: SQL) => SQL;

const subjectsIn =
  ({ dialect }: Store, { subjects }: AlertScope): SubjectTest =>
  (column) =>
    subjects.length === 0 ? sql`1 = 1` : sql`${column} in ${dialect.inList([...subjects])}`;

type Source = (scope: AlertScope, subject: SubjectTest) => SQL;

const within = (column: SQL, { startAt, endAt }: AlertScope) =>
  sql`${column} >= ${startAt} and ${column} < ${endAt}`;

const failures: Source = (scope, subject) =>
  sql`select person_id as person, address from failed_verification
      where tenant_id = ${scope.tenantId} and ${within(sql`failed_at`, scope)}
        and ${subject(sql`person_id`)}`;

/** Flows that began in it, of which `test` is true. */
const flows: (test: (scope: AlertScope, subject: SubjectTest) => SQL) => Source =
  (test) => (scope, subject) =>
    sql`select flow.person_id as person, flow.address from flow
        where flow.tenant_id = ${scope.tenantId} and flow.day between ${daysOf(scope).first} and ${daysOf(scope).last}
          and ${within(sql`flow.started_at`, scope)} and ${test(scope, subject)}`;

const COUNTED = sql`('counted')`;

/** Admin resets in it, of these kinds; they tell no address. */
const adminResets: (test: (scope: AlertScope, subject: SubjectTest) => SQL, kinds?: SQL) => Source =
  (test, kinds = COUNTED) =>
  (scope, subject) =>
    sql`select reset.person_id as person, null as address from admin_reset as reset
        where reset.tenant_id = ${scope.tenantId} and reset.kind in ${kinds}
          and reset.day between ${daysOf(scope).first} and ${daysOf(scope).last}
          and ${within(sql`reset.occurred_at`, scope)} and ${test(scope, subject)}`;

/** Days, whatever the zone is, that hold all of it: what the indexes of days find. */
function daysOf({ startAt, endAt }: AlertScope) {
  const text = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { first: text(startAt - DAY_MS), last: text(endAt + DAY_MS) };
}

const SUCCEEDED = sql`flow.outcome in ('completed', 'unlocked')`;
const PHONE = sql`('mobile SMS', 'mobile voice call', 'office voice call')`;

const passedStep = (is: SQL) => sql`exists (
  select 1 from verification_step as step
  where step.tenant_id = flow.tenant_id and step.flow_id = flow.id and step.passed and ${is})`;

const IS_ADMIN = sql`exists (
  select 1 from person
  join registration_state as state
    on state.tenant_id = person.tenant_id and state.id = ${LAST_KNOWN_STATE}
  where person.tenant_id = flow.tenant_id and person.object_id = flow.person_id and state.admin)`;

const CHANGED_SECURITY_INFO = sql`exists (
  select 1 from audit_record as record
  where record.tenant_id = flow.tenant_id and record.target_id = flow.person_id
    and record.occurred_at between flow.succeeded_at - ${NEAR_RESET_MS} and flow.succeeded_at + ${NEAR_RESET_MS}
    and ${securityInfoChanged('record')})`;

// Nested, not joined: SQLite would begin with all failed verifications there are.
const AFTER_FAILURE = sql`exists (
  select 1 from flow
  where flow.tenant_id = reset.tenant_id and flow.person_id = reset.person_id
    and flow.last_at between reset.occurred_at - ${RESET_AFTER_FAILURE_MS} and reset.occurred_at
    and not ${SUCCEEDED}
    and exists (
      select 1 from failed_verification as failed
      where failed.tenant_id = flow.tenant_id and failed.flow_id = flow.id))`;

/** Rows of `person` and `address`, one for each thing that a rule counts. */
const SOURCES: Record<AlertRule, Source> = {
  failed_verifications: failures,
  one_person_many_methods: failures,
  admin_resets: adminResets(() => sql`1 = 1`),
  many_resets_by_one_operator: adminResets(
    (_, subject) => subject(sql`reset.operator_id`),
    sql`('counted', 'mass')`,
  ),
  reset_after_failure: adminResets(() => AFTER_FAILURE),
  blocked_attempts: flows(() => sql`flow.outcome = 'blocked'`),
  one_address_many_people: flows(
    (_, subject) =>
      sql`flow.outcome not in ('completed', 'unlocked', 'in_progress') and ${subject(sql`flow.address`)}`,
  ),
  admin_self_reset: flows(() => sql`${SUCCEEDED} and ${IS_ADMIN}`),
  phone_only_reset: flows(
    () =>
      sql`flow.outcome = 'completed' and ${passedStep(sql`step.method in ${PHONE}`)}
          and not ${passedStep(sql`step.method not in ${PHONE}`)}`,
  ),
  // What counts begins with the change of security info, which may follow the flow's own start.
  security_info_near_reset: (scope, subject) =>
    flows(() => sql`${SUCCEEDED} and ${CHANGED_SECURITY_INFO}`)(
      { ...scope, startAt: scope.startAt - NEAR_RESET_MS },
      subject,
    ),
  rejected_passwords: flows((_, subject) => subject(sql`flow.person_id`)),
  configuration_stops: flows(
    (_, subject) => sql`flow.outcome = 'not_entitled' and ${subject(sql`flow.reason`)}`,
  ),
  // Its people are a list of their own, behind its link: who lost capability did nothing.
  capability_lost: () => sql`select null as person, null as address where 1 = 0`,
};

/** Different known ones. */
export const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];
