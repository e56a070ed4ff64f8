import { bulkInsert } from '../../db/dialect/bulk.ts';
import { type StoredAuditRecord, storeAuditRecords } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { personText } from '../../db/store/person-text.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { HOUR_MS } from '../../domain/day.ts';
import { countryAt, METHODS, personAt } from './busy-draws.ts';
import { UTC } from './busy-tenant.ts';

export interface BusyHour {
  /** UTC milliseconds. */
  at: number;
  flows: number;
  /** People tried from 20 addresses never seen, besides. */
  attacked: number;
}

/** People of whom the directory tells something. */
const KNOWN = 20_000;
/** Records of one transaction, as of a page of Graph. */
const PAGE = 1000;
const MINUTE_MS = 60_000;

/** Tells the country of those who come in `storeHour`. */
export async function fillKnownPeople(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  const people = Array.from({ length: KNOWN }, (_, n) => {
    const objectId = personAt(n);
    return { tenantId, id: n + 1, objectId, country: countryAt(n), ...personText(null, objectId) };
  });
  await lease.tx((db) => bulkInsert(store, db, store.t.person, people));
}

/** Stores the records of an hour and that it was read, as collecting does. */
export async function storeHour(lease: HeldLease, { at, flows, attacked }: BusyHour) {
  const usual = Array.from({ length: flows }, (_, n) => usualFlow(at, n, flows)).flat();
  const tried = Array.from({ length: attacked }, (_, n) => triedFlow(at, n, attacked)).flat();
  const records = [...usual, ...tried];
  for (let from = 0; from < records.length; from += PAGE)
    await lease.tx(async (db) => {
      const page = records.slice(from, from + PAGE);
      await storeAuditRecords(lease, db, { feed: 'resets', records: page, cutter: UTC });
    });
  const window = { tenantId: lease.tenantId, feed: 'resets', since: at, until: at + HOUR_MS };
  await lease.tx((db) => recordWindow(lease.store, db, window));
}

/** Three of four succeed. */
function usualFlow(at: number, n: number, of: number): StoredAuditRecord[] {
  const method = METHODS[n % METHODS.length] ?? '';
  const own = flowOf(`usual ${at} ${n}`, {
    ...{ person: (n * 7919 + at / HOUR_MS) % KNOWN, address: `198.51.${n % 256}.${n % 200}` },
    startedAt: at + Math.floor((n / of) * 0.9 * HOUR_MS),
  });
  return n % 4 === 0
    ? own([`User started the ${method} verification option`, CANCELLED])
    : own([
        `User started the ${method} verification option`,
        `User completed the ${method} verification option`,
        'User submitted a new password',
        'User successfully reset password',
      ]);
}

const CANCELLED = 'User cancelled before passing the required authentication methods';

function triedFlow(at: number, n: number, of: number): StoredAuditRecord[] {
  return flowOf(`tried ${at} ${n}`, {
    ...{ person: (n * 104_729) % KNOWN, address: `203.0.113.${n % 20}` },
    startedAt: at + Math.floor((n / of) * 0.9 * HOUR_MS),
  })(['User started the mobile SMS verification option', CANCELLED]);
}

interface FlowStart {
  person: number;
  address: string;
  startedAt: number;
}

/** Records of a flow, a minute each, by their reasons. */
const flowOf =
  (id: string, { person, address, startedAt }: FlowStart) =>
  (reasons: readonly string[]): StoredAuditRecord[] =>
    reasons.map((reason, step) => {
      const occurredAt = startedAt + step * MINUTE_MS;
      return {
        ...{ id: `${id} ${step}`, occurredAt, occurredText: new Date(occurredAt).toISOString() },
        activity: 'Self-service password reset flow activity progress',
        service: 'Self-service Password Management',
        ...{ category: null, operationType: null, userAgent: null, onPremisesAgent: null },
        ...{ result: 'success', reason, correlationId: id, targetId: personAt(person), address },
        ...{ initiatorId: personAt(person), initiatorName: null, initiatorIsApp: false },
      };
    });
