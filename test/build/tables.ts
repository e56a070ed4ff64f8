import { eq } from 'drizzle-orm';
import type { Schema } from '../../db/schema.ts';
import type { Store } from '../../db/store-types.ts';

type TenantTable = Exclude<keyof Schema, 'tenant'>;

/** Every row of a tenant in the named tables, without its tenant's number, in one fixed order. */
export async function rowsOf(
  store: Store,
  tenantId: number,
  names: readonly TenantTable[],
): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const name of names) {
    const table = store.t[name];
    const rows = await store.read.select().from(table).where(eq(table.tenantId, tenantId));
    const texts = rows.map(({ tenantId: _, ...row }) => JSON.stringify(row));
    found[name] = texts.sort().map((text) => JSON.parse(text));
  }
  return found;
}

/** What follows from the audit records. */
export const DERIVED = [
  'flow',
  'verificationStep',
  'failedVerification',
  'incident',
  'adminReset',
  'passwordChange',
  'resetDaily',
  'resetStage',
  'methodSwitch',
  'resetHour',
  'verificationCount',
  'watchedCount',
  'ruleValue',
] as const;

/** What waits to be worked out. */
export const QUEUES = ['flowDirty', 'personDirty', 'dayDirty'] as const;

/** What the snapshots of the registration report leave behind. */
export const REGISTRATION = [
  'registrationSnapshot',
  'registrationPending',
  'registrationChange',
  'registrationCount',
  'registrationMethod',
  'registrationDepth',
  'registrationStateCount',
  'registrationFamily',
  'registrationMove',
  'graphTotal',
  'person',
] as const;
