import { and, eq, sql } from 'drizzle-orm';
import type { DayCutter } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import { reasonText } from '../../domain/lost-reason.ts';
import { alertLinks } from '../../domain/surveillance/alert-links.ts';
import { alertState } from '../../domain/surveillance/alert-state.ts';
import { alertTitle } from '../../domain/surveillance/alert-title.ts';
import type { Evidence } from '../../domain/surveillance/evidence.ts';
import { nextSteps } from '../../domain/surveillance/next-steps.ts';
import {
  ruleTitle,
  type SubjectKind,
  THRESHOLD_RULE_FACTS,
} from '../../domain/surveillance/rule-list.ts';
import { seriesTitle } from '../../domain/surveillance/series-title.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import type { Store } from '../store-types.ts';
import { peopleNamed, somebody } from './people-named.ts';

export interface ShownAt {
  tenantId: number;
  /** By the clock, UTC milliseconds. */
  now: number;
  cutter: DayCutter;
}

type Names = Awaited<ReturnType<typeof peopleNamed>>;

/** Alerts as the API shows them, with the names of people. */
export async function toAlerts(
  store: Store,
  rows: readonly AlertRow[],
  { tenantId, now, cutter }: ShownAt,
) {
  const people = await peopleNamed(
    store,
    tenantId,
    rows.flatMap(({ evidence }) => peopleOf(evidence)),
  );
  const incidents = await incidentsOf(store, tenantId, rows);
  return rows.map((row) => {
    const { rule, subject, level, queue, evidence } = row;
    return {
      id: String(row.id),
      ...{ rule, ruleTitle: ruleTitle(rule), level, queue },
      title: alertTitle({ rule, subject, evidence }),
      startedAt: isoText(row.startedAt),
      endedAt: isoTextOrNull(row.endedAt),
      raisedAt: isoText(row.raisedAt),
      updatedAt: isoText(row.updatedAt),
      state: alertState(row, now),
      acknowledgedAt: isoTextOrNull(row.acknowledgedAt),
      acknowledgedBy: row.acknowledgedBy,
      snoozedUntil: isoTextOrNull(row.snoozedUntil),
      evidence: shown(evidence, people, incidents),
      next: nextSteps({ rule, cause: evidence.cause, evidence }),
      links: alertLinks({ rule, subject, evidence }, cutter),
    };
  });
}

function shown(evidence: Evidence, people: Names, incidents: ReadonlyMap<string, string>) {
  const { startAt, endAt, series, rules, explainedBy, through, ...rest } = evidence;
  return {
    ...rest,
    startAt: isoText(startAt),
    endAt: isoText(endAt),
    series: series.map((one) => ({
      ...one,
      title: seriesTitle(one.series),
      startAt: isoText(one.startAt),
      endAt: isoText(one.endAt),
    })),
    rules: rules.map((one) => ({
      ...one,
      title: one.rule === 'new_address_reset' ? NEW_ADDRESS : THRESHOLD_RULE_FACTS[one.rule].title,
      subject: one.subject && { ...one.subject, name: subjectName(one.subject, people) },
    })),
    explainedBy: explainedBy.map(({ by, parts, values, covered }) => ({
      ...{ by, values, covered },
      parts: parts.map((part) => ({
        ...part,
        name: by === 'person' ? nameOf(people, part.value) : null,
      })),
    })),
    through: through.map(({ flowId, personId, at, address, newAddress, admin }) => ({
      incidentId: incidents.get(flowId) ?? null,
      person: somebody(people, personId),
      at: isoText(at),
      ...{ address, newAddress, admin },
    })),
  };
}

const NEW_ADDRESS = 'Reset from a new address';

const nameOf = (people: Names, id: string | null) =>
  id === null ? null : (people.get(id)?.name ?? null);

/** The person's name, the reason in words; null: the id says it. */
export function subjectName(
  { kind, id }: { kind: SubjectKind; id: string },
  people: Names,
): string | null {
  if (kind === 'person' || kind === 'operator') return nameOf(people, id);
  return kind === 'reason' ? reasonText(id).reason : null;
}

/** Object ids of everybody that the evidence tells of. */
function peopleOf({ rules, explainedBy, through }: Evidence): (string | null)[] {
  const isSomebody = (kind?: SubjectKind) => kind === 'person' || kind === 'operator';
  return [
    ...rules.map(({ subject }) => (isSomebody(subject?.kind) ? (subject?.id ?? null) : null)),
    ...explainedBy.flatMap(({ by, parts }) =>
      by === 'person' ? parts.map(({ value }) => value) : [],
    ),
    ...through.map(({ personId }) => personId),
  ];
}

/** The incidents that the flows of resets belong to now. */
async function incidentsOf(
  { t: { flow }, read, dialect }: Store,
  tenantId: number,
  rows: readonly AlertRow[],
): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ evidence }) => evidence.through.map(({ flowId }) => flowId));
  if (ids.length === 0) return new Map();
  const found = await read
    .select({ id: flow.id, incidentId: flow.incidentId })
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), sql`${flow.id} in ${dialect.inList(ids)}`));
  return new Map(
    found.flatMap(({ id, incidentId }) => (incidentId === null ? [] : [[id, incidentId]])),
  );
}
