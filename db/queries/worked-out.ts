import { eq } from 'drizzle-orm';
import type { ReadWindow } from '../../domain/collected.ts';
import { readWindows } from '../store/windows.ts';
import type { Store } from '../store-types.ts';

/** Up to where the reset figures stand. */
export interface WorkedOut {
  /** Upper bound of the last gap-free window that the figures were worked out from; null: never. */
  asOf: number | null;
  /** Windows read by `resets`, as far as they have been worked out: a day read a moment ago is not 0. */
  windows: ReadWindow[];
}

/** What the reset figures cover. */
export async function workedOut(store: Store, tenantId: number): Promise<WorkedOut> {
  const { rollupState } = store.t;
  const [row] = await store.read
    .select({ asOf: rollupState.asOf })
    .from(rollupState)
    .where(eq(rollupState.tenantId, tenantId));
  const asOf = row?.asOf ?? null;
  if (asOf === null) return { asOf, windows: [] };
  const read = await readWindows(store, store.read, { tenantId, feed: 'resets' });
  const windows = read
    .filter(({ since }) => since <= asOf)
    .map(({ since, until }) => ({ since, until: Math.min(until, asOf) }));
  return { asOf, windows };
}
