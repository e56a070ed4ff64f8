import { eq } from 'drizzle-orm';
import { bulkInsert } from '../../db/dialect/bulk.ts';
import { raiseAlerts } from '../../db/rollups/raise-alerts.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { addDays, DAY_MS, dayCutter, HOUR_MS, parseDay } from '../../domain/day.ts';
import type { JudgedPoint } from '../../domain/surveillance/level-of.ts';
import type { ThresholdRule } from '../../domain/surveillance/rule-list.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';

/** A Monday, midnight UTC, which is the zone of this world. */
export const BEGIN = Date.UTC(2026, 2, 2);
const FIRST = parseDay('2026-03-02');
const UTC = dayCutter('UTC');

/** Hour `hour` of the day `day` days after BEGIN, UTC milliseconds. */
export const at = (day: number, hour = 0) => BEGIN + day * DAY_MS + hour * HOUR_MS;
export const dayAt = (day: number) => addDays(FIRST, day);

let ids = 0;

/** As random as a test needs: each once, and a UUID by its form. */
export const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;

interface Hour {
  day: number;
  hour: number;
  observed?: number;
  series?: SeriesName;
}

/** An unusual hour of a series: 60 where 2 are expected, which is critical. */
export function unusualHour({ day, hour, observed = 60, series = 'failed' }: Hour): JudgedPoint {
  return {
    ...{ bucket: 'hour', series, day: dayAt(day), startAt: at(day, hour), observed },
    ...{ expected: 2, upper: 8, p: 1e-9, window: 1, windowObserved: observed, windowExpected: 2 },
    ...{ slow: false, farrington: null },
  };
}

export interface Failed {
  at: number;
  person: string | null;
  address: string | null;
  method?: string;
}

/** Failed verifications of one hour, each of another person, from one address. */
export const spray = (day: number, hour: number, count = 60, address = '203.0.113.9'): Failed[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ at: at(day, hour) + n * 1000, person: `person-${n}`, address },
  }));

/** What collecting and judging leave behind, written as a test wants it. */
export class AlertWorld {
  readonly lease: HeldLease;
  private flows = 0;

  constructor(lease: HeldLease) {
    this.lease = lease;
  }

  /** Read without a gap up to this instant. */
  async readUntil(until: number): Promise<void> {
    const { store, tenantId } = this.lease;
    const { rollupState } = store.t;
    const row = { tenantId, asOf: until, madeWith: '' };
    await store.tx(async (db) => {
      await recordWindow(store, db, { tenantId, feed: 'resets', since: BEGIN, until });
      await db
        .insert(rollupState)
        .values(row)
        .onConflictDoUpdate({ target: rollupState.tenantId, set: row });
    });
  }

  /** The judged hours and days that are unusual; all those before are forgotten. */
  async judged(points: readonly JudgedPoint[]): Promise<void> {
    const { store, tenantId } = this.lease;
    const { watchedLevel: told } = store.t;
    await store.tx(async (db) => {
      await db.delete(told).where(eq(told.tenantId, tenantId));
      const rows = points.map((point) => ({ tenantId, ...point, madeWith: '' }));
      await bulkInsert(store, db, told, rows);
    });
  }

  async measured(
    values: readonly { rule: ThresholdRule; day: number; subject?: string; value: number }[],
  ): Promise<void> {
    const { store, tenantId } = this.lease;
    const { ruleValue } = store.t;
    await store.tx(async (db) => {
      await db.delete(ruleValue).where(eq(ruleValue.tenantId, tenantId));
      const rows = values.map(({ day, subject = '', ...value }) => ({
        ...{ tenantId, ...value, subject, day: dayAt(day) },
        ...{ startAt: at(day, 9), endAt: at(day, 17) },
      }));
      await bulkInsert(store, db, ruleValue, rows);
    });
  }

  /** Flows without success, each with one failed verification. */
  async failed(failures: readonly Failed[]): Promise<void> {
    const { store, tenantId } = this.lease;
    const rows = failures.map(({ at: failedAt, person, address, method = 'mobile SMS' }) => {
      const flowId = `flow-${++this.flows}`;
      return { flowId, failedAt, personId: person, address, method, day: UTC.dayOf(failedAt) };
    });
    await store.tx(async (db) => {
      const { failedVerification, verificationStep } = store.t;
      await bulkInsert(
        store,
        db,
        failedVerification,
        rows.map((row) => ({ tenantId, ...row, country: null, admin: null })),
      );
      await bulkInsert(
        store,
        db,
        verificationStep,
        rows.map(({ flowId, failedAt, method, day }) => {
          return { tenantId, flowId, startedAt: failedAt, method, day, passed: false };
        }),
      );
    });
    for (const { flowId, failedAt, personId, address } of rows)
      await this.flow({ id: flowId, at: failedAt, person: personId, address });
  }

  /** A flow; `completed` unless its id is given: then it is one without success. */
  async flow({ id, at: startedAt, person, address }: Failed & { id?: string }): Promise<void> {
    const { store, tenantId } = this.lease;
    const passed = id === undefined;
    const own = id ?? `flow-${++this.flows}`;
    await store.tx(async (db) => {
      await db.insert(store.t.flow).values({
        ...{ tenantId, id: own, personId: person, startedAt, day: UTC.dayOf(startedAt), address },
        ...{ startedText: new Date(startedAt).toISOString(), lastAt: startedAt, records: 3 },
        outcome: passed ? 'completed' : 'abandoned',
        reason: passed ? null : 'abandoned_started',
        succeededAt: passed ? startedAt : null,
        incidentId: `incident-${own}`,
      });
    });
  }

  raise(now = at(30), lease = this.lease) {
    return raiseAlerts(lease, { timeZone: 'UTC', now, newId });
  }

  async alerts() {
    const { alert } = this.lease.store.t;
    return this.lease.store.read
      .select()
      .from(alert)
      .where(eq(alert.tenantId, this.lease.tenantId))
      .orderBy(alert.id);
  }

  /** What happened to an alert, in order. */
  async happened(id = 1): Promise<string[]> {
    const { alertEvent: event } = this.lease.store.t;
    const rows = await this.lease.store.read
      .select()
      .from(event)
      .where(eq(event.tenantId, this.lease.tenantId))
      .orderBy(event.number);
    return rows.filter(({ alertId }) => alertId === id).map(({ kind }) => kind);
  }

  /** A webhook that takes everything from `watch` up. */
  async channel(): Promise<void> {
    const { store, tenantId } = this.lease;
    const body = { level: 'watch' as const, rules: null, names: false, quiet: null };
    const row = { kind: 'webhook' as const, name: 'Desk', body, secrets: {}, on: true };
    await store.tx(async (db) => {
      await db
        .insert(store.t.channel)
        .values({ tenantId, id: 1, ...row, createdAt: BEGIN, changedAt: BEGIN });
    });
  }

  /** Kinds of what stands in the outbox, in the order it was put there. */
  async outbox(): Promise<string[]> {
    const { delivery } = this.lease.store.t;
    const rows = await this.lease.store.read
      .select()
      .from(delivery)
      .where(eq(delivery.tenantId, this.lease.tenantId))
      .orderBy(delivery.createdAt, delivery.id);
    return rows.map(({ kind }) => kind);
  }
}
