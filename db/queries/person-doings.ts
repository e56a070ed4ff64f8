import { and, asc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { AdminResetKind } from '../../domain/admin-reset.ts';
import { reasonText } from '../../domain/lost-reason.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import type { Store } from '../store-types.ts';

/** Something that a person did, or that was done to the account, in a sentence without a name. */
export interface Doing {
  personId: string;
  /** UTC milliseconds. */
  at: number;
  text: string;
  /** The need it belongs to; null: none. */
  incidentId: string | null;
}

export interface DoingsInput {
  tenantId: number;
  people: readonly string[];
  /** UTC milliseconds, the end not included. */
  since: number;
  until: number;
}

/** What people did in a time, in its order: flows, admin resets, changes of the password and of security info. */
export async function personDoings(store: Store, input: DoingsInput): Promise<Doing[]> {
  if (input.people.length === 0) return [];
  const found = [
    ...(await flowDoings(store, input)),
    ...(await resetDoings(store, input)),
    ...(await changeDoings(store, input)),
    ...(await securityInfoDoings(store, input)),
  ];
  return found.sort((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1));
}

const FLOW_WORDS: Record<FlowOutcome, string> = {
  completed: 'Reset the password by self-service',
  unlocked: 'Unlocked the account by self-service',
  contacted_admin: 'Tried self-service and asked an admin for help',
  blocked: 'Was blocked by self-service',
  not_entitled: 'Tried self-service and was stopped by its configuration',
  failed: 'Tried self-service, which failed',
  cancelled: 'Tried self-service and cancelled',
  abandoned: 'Tried self-service and left',
  in_progress: 'Began self-service, which is not over',
};

async function flowDoings(store: Store, input: DoingsInput): Promise<Doing[]> {
  const { flow } = store.t;
  const rows = await store.read
    .select()
    .from(flow)
    .where(ofPeople(store, flow, flow.startedAt, input))
    .orderBy(asc(flow.startedAt));
  const failed = await failedMethods(store, input);
  return rows.flatMap(({ id, personId, startedAt: at, outcome, reason, address, incidentId }) => {
    if (personId === null) return [];
    const why =
      reason !== null && WITH_REASON.includes(outcome) ? `: ${reasonText(reason).reason}` : '';
    const methods = failed.get(id) ?? [];
    const not = methods.length === 0 ? '' : `; not passed: ${methods.join(', ')}`;
    const from = address ? `, from ${address}` : '';
    return [{ personId, at, text: `${FLOW_WORDS[outcome]}${from}${not}${why}.`, incidentId }];
  });
}

const WITH_REASON: readonly FlowOutcome[] = ['not_entitled', 'failed'];

async function failedMethods(store: Store, input: DoingsInput): Promise<Map<string, string[]>> {
  const { failedVerification: failed } = store.t;
  const rows = await store.read
    .select({ flowId: failed.flowId, method: failed.method })
    .from(failed)
    .where(ofPeople(store, failed, failed.failedAt, input))
    .orderBy(asc(failed.failedAt), asc(failed.method));
  const found = new Map<string, string[]>();
  for (const { flowId, method } of rows)
    found.set(flowId, [
      ...(found.get(flowId) ?? []),
      method === 'unknown' ? 'a method the log does not name' : method,
    ]);
  return found;
}

const RESET_WORDS: Record<AdminResetKind, string> = {
  counted: 'An admin reset the password.',
  first_password: 'An admin gave the new account its first password.',
  mass: 'An admin reset the password among those of many others.',
  unknown_initiator: 'The password was reset by an admin whom the log does not name.',
  automation: 'An automation account reset the password.',
  self: 'Reset the own password in an admin’s tool.',
};

async function resetDoings(store: Store, input: DoingsInput): Promise<Doing[]> {
  const { adminReset: reset } = store.t;
  const rows = await store.read
    .select()
    .from(reset)
    .where(ofPeople(store, reset, reset.occurredAt, input));
  return rows.flatMap(({ personId, occurredAt: at, kind, incidentId }) =>
    personId === null
      ? []
      : [{ personId, at, text: RESET_WORDS[kind as AdminResetKind], incidentId }],
  );
}

async function changeDoings(store: Store, input: DoingsInput): Promise<Doing[]> {
  const { passwordChange: change } = store.t;
  const rows = await store.read
    .select()
    .from(change)
    .where(ofPeople(store, change, change.occurredAt, input));
  return rows.flatMap(({ personId, occurredAt: at, succeeded }) => {
    const text = succeeded
      ? 'Changed the password, knowing the old one.'
      : 'Tried to change the password, knowing the old one, and could not.';
    return personId === null ? [] : [{ personId, at, text, incidentId: null }];
  });
}

async function securityInfoDoings(store: Store, input: DoingsInput): Promise<Doing[]> {
  const { auditRecord: record } = store.t;
  const people = { tenantId: record.tenantId, personId: record.targetId };
  const rows = await store.read
    .select({
      personId: record.targetId,
      at: record.occurredAt,
      activity: record.activity,
      result: record.result,
    })
    .from(record)
    .where(
      and(ofPeople(store, people, record.occurredAt, input), eq(record.feed, 'security-info')),
    );
  return rows.flatMap(({ personId, at, activity, result }) => {
    const how = result === 'success' ? '' : ` (${result})`;
    const text = `Security info: “${activity.trim()}”${how}.`;
    return personId === null ? [] : [{ personId, at, text, incidentId: null }];
  });
}

function ofPeople(
  { dialect }: Store,
  table: { tenantId: SQLiteColumn; personId: SQLiteColumn },
  at: SQLiteColumn,
  { tenantId, people, since, until }: DoingsInput,
): SQL | undefined {
  const isOne = sql`${table.personId} in ${dialect.inList([...people])}`;
  return and(eq(table.tenantId, tenantId), isOne, gte(at, since), lt(at, until));
}
