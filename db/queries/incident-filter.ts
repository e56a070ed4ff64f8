import { type SQL, sql } from 'drizzle-orm';
import { type Day, weekdayOf } from '../../domain/day.ts';
import { STAGES, type Stage } from '../../domain/funnel.ts';
import { isOfficeDay, type OfficeHours } from '../../domain/office-hours.ts';
import { type RepeatDays, repeatMs } from '../../domain/repeat-reset.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import type { Owner, VerificationMethod } from '../../domain/reset-vocabulary.ts';
import type { Store } from '../store-types.ts';
import { onDays } from './collected-period.ts';

/** Which incidents; what is left out does not filter. */
export interface IncidentFilter {
  outcome?: string | undefined;
  kind?: 'reset' | 'unlock' | undefined;
  /** Object id. */
  person?: string | undefined;
  repeatWithinDays?: '7' | '30' | undefined;
}

/** When it began, in the tenant's zone. */
export interface TimeFilter {
  /** From 1, Monday, to 7. */
  weekday?: number | undefined;
  /** 0 to 23. */
  hour?: number | undefined;
  outsideOffice?: boolean | undefined;
}

/** Which flows. */
export interface FlowFilter {
  flowOutcome?: FlowOutcome | undefined;
  /** Not in progress. */
  over?: boolean | undefined;
  lost?: boolean | undefined;
  /** Code. */
  reason?: string | undefined;
  owner?: Owner | 'unknown' | undefined;
  /** Started it. */
  method?: VerificationMethod | undefined;
  passed?: boolean | undefined;
  /** Came exactly this far; with `method`, in the funnel of that method. */
  stage?: Stage | undefined;
  /** Came at least this far. */
  reached?: Stage | undefined;
  switchedFrom?: VerificationMethod | 'any' | undefined;
  switchedTo?: VerificationMethod | undefined;
  /** '': came to the end of a reset without an agent. */
  agent?: string | undefined;
}

/** The days that count, and what office time is on them. */
export interface AskedDays {
  days: readonly Day[];
  /** Only read where `outsideOffice` asks for them. */
  office: { hours: OfficeHours; holidays: ReadonlySet<Day> } | null;
}

const all = (conditions: SQL[]): SQL => sql.join(conditions, sql` and `);

/** Conditions on `incident`, which are true of everything where nothing is asked. */
export function incidentTests(filter: IncidentFilter, asOf: number | null): SQL[] {
  const { outcome, kind, person, repeatWithinDays } = filter;
  const tests: SQL[] = [];
  if (outcome === 'settling') tests.push(sql`incident.settling`);
  else if (outcome === 'self_served') tests.push(SELF_SERVED);
  else if (outcome !== undefined)
    tests.push(sql`not incident.settling and incident.outcome = ${outcome}`);
  if (kind) tests.push(sql`incident.kind = ${kind}`);
  if (person !== undefined) tests.push(sql`incident.person_id = ${person}`);
  if (repeatWithinDays !== undefined) {
    const days = Number(repeatWithinDays) as RepeatDays;
    tests.push(asOf === null ? NEVER : all([SELF_SERVED, oldEnough(asOf, days), followed(days)]));
  }
  return tests;
}

const NEVER = sql`1 = 0`;

/** Of `incident`: settled and self-served. */
export const SELF_SERVED = sql`not incident.settling and incident.outcome in ('self_served_first', 'self_served_retry')`;

/** Of `incident`: of a known person and begun at least so many days before as-of, so that another one would have been seen. */
export const oldEnough = (asOf: number, days: RepeatDays): SQL =>
  sql`incident.person_id is not null and incident.started_at <= ${asOf - repeatMs(days)}`;

/** Of `incident`: the person's next one began within so many days after its start. */
export const followed = (days: RepeatDays): SQL =>
  sql`incident.next_at <= incident.started_at + ${repeatMs(days)}`;

/** A condition on the day and hour in which a row of `table` began. */
export function timeTest(
  store: Store,
  table: 'flow' | 'incident',
  { weekday, hour, outsideOffice, days, office }: TimeFilter & AskedDays,
): SQL {
  const column = (name: 'day' | 'hour') => sql.raw(`${table}.${name}`);
  const asked = weekday === undefined ? days : days.filter((day) => weekdayOf(day) === weekday);
  const tests = [onDays(store, column('day'), asked)];
  if (hour !== undefined) tests.push(sql`${column('hour')} = ${hour}`);
  if (outsideOffice !== undefined && office) {
    const { hours, holidays } = office;
    const officeDays = asked.filter((day) => isOfficeDay(day, hours, holidays));
    const inside = sql`(${onDays(store, column('day'), officeDays)}
      and ${column('hour')} >= ${hours.from} and ${column('hour')} < ${hours.until})`;
    tests.push(outsideOffice ? sql`not ${inside}` : inside);
  }
  return all(tests);
}

/** Conditions on `flow`; none where nothing is asked of flows. */
export function flowTests(
  store: Store,
  filter: FlowFilter,
  { tenantId, days }: { tenantId: number; days: readonly Day[] },
): SQL[] {
  const { flowOutcome, over, lost, reason, owner, agent, method, switchedFrom, switchedTo } =
    filter;
  const tests: SQL[] = [];
  const withStep = (step: SQL) =>
    sql`flow.id in (
      select step.flow_id from verification_step as step
      where step.tenant_id = ${tenantId} and ${onDays(store, sql`step.day`, days)} and ${step})`;
  if (flowOutcome) tests.push(sql`flow.outcome = ${flowOutcome}`);
  if (over !== undefined)
    tests.push(over ? sql`flow.outcome <> 'in_progress'` : sql`flow.outcome = 'in_progress'`);
  if (lost !== undefined) tests.push(lost ? LOST : sql`flow.reason is null`);
  if (reason !== undefined) tests.push(sql`flow.reason = ${reason} and ${LOST}`);
  if (owner === 'unknown') tests.push(sql`flow.owner is null and ${LOST}`);
  else if (owner) tests.push(sql`flow.owner = ${owner} and ${LOST}`);
  if (agent === '') tests.push(sql`flow.agent is null and flow.stage >= ${SUBMITTED}`);
  else if (agent !== undefined) tests.push(sql`flow.agent = ${agent}`);
  if (switchedFrom !== undefined) {
    const from =
      switchedFrom === 'any'
        ? sql`step.switched_from is not null`
        : sql`step.switched_from = ${switchedFrom}`;
    tests.push(withStep(switchedTo ? sql`${from} and step.method = ${switchedTo}` : from));
  }
  const passed = passedWanted(filter);
  if (method && passed === 'either') tests.push(withStep(sql`step.method = ${method}`));
  else if (method)
    tests.push(
      withStep(
        sql`step.method = ${method} and ${passed ? sql`step.passed` : sql`not step.passed`}`,
      ),
    );
  tests.push(...stageTests(filter));
  return tests;
}

/** Whose last stages are all that the log tells: a flow that came this far ends in a reset or unlock record. */
export const SUBMITTED = STAGES.indexOf('password_submitted');

/** Said in the words of the index that holds lost flows only. */
const LOST = sql`flow.reason is not null`;

const STARTED = STAGES.indexOf('started');

/** In the funnel of one method, who did not pass it went no further than to start it (domain/funnel.ts). */
function passedWanted({ passed, stage, reached }: FlowFilter): boolean | 'either' {
  const exact = stage === undefined ? undefined : STAGES.indexOf(stage) > STARTED;
  const least = reached !== undefined && STAGES.indexOf(reached) > STARTED ? true : undefined;
  return passed ?? exact ?? least ?? 'either';
}

function stageTests({ method, passed, stage, reached }: FlowFilter): SQL[] {
  const exact = stage === undefined ? null : STAGES.indexOf(stage);
  const least = reached === undefined ? 0 : STAGES.indexOf(reached);
  if (method === undefined) {
    if (exact !== null) return [sql`flow.stage = ${exact}`];
    return reached === undefined ? [] : [sql`flow.stage >= ${least}`];
  }
  if (exact !== null && exact <= STARTED) return exact < STARTED || passed === true ? [NEVER] : [];
  if ((exact ?? least) <= STARTED) return [];
  if (passed === false) return [NEVER];
  return [exact === null ? sql`flow.stage >= ${least}` : sql`flow.stage = ${exact}`];
}
