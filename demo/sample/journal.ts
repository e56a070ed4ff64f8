import { DAY_MS } from '../../domain/day.ts';
import type { Named } from '../audit-record.ts';
import { auditRecord } from '../audit-record.ts';
import type { AuditTarget, DirectoryAudit } from '../graph-shapes.ts';
import { guidOf } from '../random.ts';

/** One audit record in short; its Graph shape is made when somebody asks for it. */
export interface Entry {
  /** UTC ms. */
  at: number;
  service: string;
  activity: string;
  result: string;
  reason: string | null;
  correlationId: string | null;
  target: Named | null;
  by: Named | null;
  address: string | null;
  /** Value of the detail OnPremisesAgent; undefined leaves it out. */
  agent: string | undefined;
  /** Default: UserManagement. */
  category?: string;
  /** What was changed, where it is not a person. */
  changed?: AuditTarget;
}

export interface Journal {
  /** `number` makes the record's id; without it the next one, so that a number of its own moves no other id. */
  write(entry: Entry, number?: number): void;
  /** A correlation id that was not given before. */
  correlationId(): string;
  /** Graph's records with `since` <= instant < `until` (UTC ms), oldest first. */
  records(since: number, until: number): DirectoryAudit[];
  count(): number;
}

/** Keeps entries by UTC day, so that a question for a day costs that day only. */
export function journal(seed: number): Journal {
  const days = new Map<number, { entry: Entry; number: number }[]>();
  const sortedDays = new Set<number>();
  let [entries, correlations] = [0, 0];

  function ofDay(day: number): { entry: Entry; number: number }[] {
    const list = days.get(day) ?? [];
    if (!sortedDays.has(day)) list.sort((a, b) => a.entry.at - b.entry.at || a.number - b.number);
    sortedDays.add(day);
    return list;
  }

  return {
    count: () => entries,
    correlationId: () => guidOf(seed, correlations++),
    write(entry, number) {
      const day = Math.floor(entry.at / DAY_MS);
      const list = days.get(day) ?? [];
      days.set(day, list);
      sortedDays.delete(day);
      list.push({ entry, number: number ?? entries++ });
    },
    records(since, until) {
      const numbers = [...days.keys()].filter(
        (day) => (day + 1) * DAY_MS > since && day * DAY_MS < until,
      );
      return numbers
        .sort((a, b) => a - b)
        .flatMap(ofDay)
        .filter(({ entry }) => entry.at >= since && entry.at < until)
        .map(({ entry, number }) => toGraph(entry, number));
    },
  };
}

function toGraph(entry: Entry, number: number): DirectoryAudit {
  const { by, address, agent, ...rest } = entry;
  return auditRecord({
    ...rest,
    number,
    initiator: {
      id: by?.id || null,
      userPrincipalName: by?.userPrincipalName ?? null,
      ipAddress: address,
    },
    operation: entry.activity.includes('registered') ? 'Add' : 'Update',
    onPremisesAgent: agent,
  });
}
