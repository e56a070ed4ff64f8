import { and, asc, desc, eq } from 'drizzle-orm';
import { dayCutter } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import { explainedSpan } from '../../domain/surveillance/explained-span.ts';
import { companyTest } from '../company-addresses.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import { currentSurveillance } from '../store/surveillance-settings.ts';
import type { Store } from '../store-types.ts';
import { behindAlert, distinct } from './alert-behind.ts';
import { alertAddresses, alertPeople, failuresWithin } from './alert-people.ts';
import { toAlerts } from './alert-rows.ts';
import { alertTimeline } from './alert-timeline.ts';
import { workedOut } from './worked-out.ts';

export interface AlertStoryInput {
  tenantId: number;
  timeZone: string;
  /** By the clock, UTC milliseconds. */
  now: number;
  id: number;
}

/**
 * One alert, as somebody works from it: what was counted around it, who and which addresses it is about, what they did
 * before and after, what happened to it and what was sent. Null: there is none of this id.
 */
export async function alertStory(store: Store, { tenantId, timeZone, now, id }: AlertStoryInput) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { alert } = store.t;
    const [row] = await db
      .select()
      .from(alert)
      .where(and(eq(alert.tenantId, tenantId), eq(alert.id, id)));
    const cutter = dayCutter(timeZone);
    const [shown] = row ? await toAlerts(at, [row], { tenantId, now, cutter }) : [];
    if (!row || !shown) return null;
    const { asOf, windows } = await workedOut(at, tenantId);
    return {
      asOf: isoTextOrNull(asOf),
      timeZone,
      alert: shown,
      timeline: await alertTimeline(at, { alert: row, cutter, windows, asOf: asOf ?? now }),
      ...(await whomItIsAbout(at, row)),
      history: await historyOf(at, row),
      deliveries: await deliveriesOf(at, row),
    };
  });
}

async function whomItIsAbout(store: Store, { tenantId, rule, evidence }: AlertRow) {
  const time = { tenantId, ...explainedSpan(evidence) };
  const subjects = distinct(
    evidence.rules.filter((one) => one.rule === rule).map(({ subject }) => subject?.id ?? null),
  );
  const behind = await behindAlert(store, { ...time, rule, subjects });
  const failures = await failuresWithin(store, time);
  const { settings } = await currentSurveillance(store, tenantId, store.read);
  const isCompany = companyTest(settings.companyAddresses);
  return {
    ...(await alertPeople(store, time, { behind, failures })),
    ...(await alertAddresses(store, time, { behind, failures, isCompany })),
  };
}

async function historyOf({ t: { alertEvent: event }, read }: Store, { tenantId, id }: AlertRow) {
  const rows = await read
    .select()
    .from(event)
    .where(and(eq(event.tenantId, tenantId), eq(event.alertId, id)))
    .orderBy(asc(event.number));
  return rows.map(({ at, kind, level, author, text }) => {
    return { at: isoText(at), kind, level, author, text };
  });
}

async function deliveriesOf({ t: { delivery, channel }, read }: Store, { tenantId, id }: AlertRow) {
  const rows = await read
    .select({ delivery, channel: channel.name })
    .from(delivery)
    .innerJoin(
      channel,
      and(eq(channel.tenantId, delivery.tenantId), eq(channel.id, delivery.channelId)),
    )
    .where(and(eq(delivery.tenantId, tenantId), eq(delivery.alertId, id)))
    .orderBy(desc(delivery.createdAt), asc(delivery.id));
  return rows.map(({ delivery: { id: own, kind, state, sentAt, lastError }, channel: name }) => ({
    ...{ id: own, channel: name, kind, state, lastError },
    sentAt: isoTextOrNull(sentAt),
  }));
}
