import type { Day } from '../../domain/day.ts';
import { addDays, dayCount, dayCutter } from '../../domain/day.ts';
import type { DirectoryAudit, RegistrationRecord, UserRecord } from '../graph-shapes.ts';
import { guidOf, hash32, mix } from '../random.ts';
import type { World } from '../world.ts';
import { aDomain, anOrganization } from '../world.ts';
import { AUTOMATION } from './desk.ts';
import { REQUIRED_METHODS } from './rates.ts';
import { signInActivity } from './sign-ins.ts';
import { simulate } from './simulate.ts';
import type { TenantState } from './state.ts';
import { dayAt, startOf } from './state.ts';
import type { StoryMarker } from './story.ts';
import { markersOf } from './story.ts';
import type { Truth } from './truth.ts';

/** The made-up tenant Larkfield. Days are UTC days; every answer is determined by seed and end. */
export interface SampleTenant {
  /** What the Graph-compatible server serves; it goes on for `aheadDays` after the end. */
  world: World;
  tenantId: string;
  displayName: string;
  /** First day of the story. */
  start: Day;
  /** The day of `end`. */
  last: Day;
  /** The registration report as Graph answers it in the early morning of `day`. Cheap from day to day forwards. */
  registrationOn(day: Day): readonly RegistrationRecord[];
  /** What changed in it against the day before; `row` null: the person is no longer in the report. */
  registrationChangesOn(day: Day): { id: string; row: RegistrationRecord | null }[];
  /** `/users` at the end of `day`, disabled accounts included. Cheap from day to day forwards. */
  usersOn(day: Day): readonly UserRecord[];
  /** Audit records with `since` <= instant < `until`, UTC ms, oldest first; both services. */
  auditRecords(since: number, until: number): DirectoryAudit[];
  /** Days of the story on which the product collected nothing: the client secret had expired. */
  daysNotCollected: readonly Day[];
  story: readonly StoryMarker[];
  truth: Truth;
  /** Settings an admin of Larkfield would type in, because Graph does not expose them. */
  settings: {
    requiredMethods: 1 | 2;
    automationAccounts: string[];
    /** What coverage should reach, in percent, and by when. */
    targetCoverage: number;
    targetDay: Day;
    /** Places whose public holidays most people of Larkfield have. */
    holidayPlaces: string[];
  };
}

export const DEFAULT_SEED = 4711;

/** Four months after the end of the story. */
const TARGET_DAYS = 122;

export interface SampleTenantParts {
  /** The instant at which the story ends, UTC ms: now, when the tenant is first set up. Keep it afterwards. */
  end: number;
  seed?: number;
  /** Days of ordinary life after the end, so that a running server goes on having news. Default 1. */
  aheadDays?: number;
}

/** Larkfield, its thirteen months told anew from `seed` and `end`. */
export function sampleTenant({
  end,
  seed = DEFAULT_SEED,
  aheadDays = 1,
}: SampleTenantParts): SampleTenant {
  const cutter = dayCutter('UTC');
  const last = cutter.dayOf(end);
  const state = simulate(seed, last, aheadDays);
  const number = (day: Day) => dayCount(state.story.first, day) - 1;
  const registrationOn = (day: Day) => refreshed(state.registration.on(number(day)), day);
  const usersOn = (day: Day) => state.users.on(number(day));
  const tenantId = guidOf(hash32(seed, 'tenant'), 0);
  const displayName = 'Larkfield';
  const auditRecords = state.journal.records;
  return {
    ...{ tenantId, displayName, registrationOn, usersOn, auditRecords, last },
    start: state.story.first,
    truth: state.truth,
    story: markersOf(state.story),
    daysNotCollected: state.story.notCollected.map((day) => dayAt(state, day)),
    settings: {
      requiredMethods: REQUIRED_METHODS,
      automationAccounts: [AUTOMATION.userPrincipalName],
      targetCoverage: 82,
      targetDay: addDays(state.story.first, state.story.last + TARGET_DAYS),
      holidayPlaces: ['AT'],
    },
    registrationChangesOn: (day) => registrationChanges(state, number(day)),
    world: {
      auditRecords,
      latencyMs,
      organization: () => anOrganization({ id: tenantId, displayName }),
      domains: () => [aDomain()],
      users: (now) => usersOn(cutter.dayOf(now)),
      signInActivity: signInsOf(state, hash32(seed, 'sign-ins')),
      registration: (now) => registrationOn(cutter.dayOf(now)),
    },
  };
}

function signInsOf(state: TenantState, seed: number): NonNullable<World['signInActivity']> {
  const people = new Map(state.people.map((person) => [person.id, person]));
  const start = startOf(state, 0);
  return (user, now) => {
    const person = people.get((user as UserRecord).id);
    return person ? signInActivity(person, { seed, start, now }) : null;
  };
}

/** The same time in every row: when the report was made, as in Graph. */
function refreshed(rows: RegistrationRecord[], day: Day): RegistrationRecord[] {
  const lastUpdatedDateTime = `${day}T03:41:12.6195833Z`;
  for (const row of rows) row.lastUpdatedDateTime = lastUpdatedDateTime;
  return rows;
}

function registrationChanges(state: TenantState, day: number) {
  const changes = state.registration.changesOn(day);
  refreshed(
    changes.flatMap(({ value }) => value ?? []),
    dayAt(state, day),
  );
  return changes.map(({ key, value }) => ({ id: state.people[key]?.id ?? '', row: value }));
}

const MINUTE_MS = 60_000;

/** Most records show within minutes, one in twelve within two hours, one in fifty within eight. */
function latencyMs(record: object): number {
  const { id } = record as DirectoryAudit;
  const uniform = hash32(id, 'latency') / 4_294_967_296;
  const spread = mix(hash32(id)) / 4_294_967_296;
  if (uniform < 0.02) return (120 + spread * 360) * MINUTE_MS;
  if (uniform < 0.1) return (15 + spread * 105) * MINUTE_MS;
  return (1 + spread * 14) * MINUTE_MS;
}
