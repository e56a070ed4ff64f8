import { tickets } from '../db/queries/tickets.ts';
import { addAssumptions, assumptionVersions } from '../db/store/assumptions.ts';
import type { HeldLease } from '../db/store/lease.ts';
import { importTickets } from '../db/store/ticket-imports.ts';
import type { SampleTenant } from '../demo/sample/tenant.ts';
import { sampleTicketsCsv } from '../demo/sample/tickets.ts';
import { dayCutter } from '../domain/day.ts';
import { DEFAULT_SET } from '../domain/deflection/assumption-set.ts';

const AUTHOR = 'Sample data';

/**
 * What the helpdesk of the sample tenant would have handed over: its tickets, and since when people could reset by
 * themselves. Once, also after a kill: where anything was imported or assumed before, be it undone since, nothing is.
 */
export async function fillSampleDesk({
  lease,
  sample,
  clock,
}: {
  lease: HeldLease;
  sample: SampleTenant;
  clock: () => number;
}): Promise<void> {
  const { store, tenantId } = lease;
  if ((await assumptionVersions(store, tenantId)).length === 1) {
    const set = { ...DEFAULT_SET, selfServiceSince: sample.start };
    const note = 'Self-service began with the pilot.';
    await addAssumptions(store, tenantId, { author: AUTHOR, note, set }, clock());
  }
  if ((await tickets(store, tenantId)).imports.length > 0) return;
  const { label, csv } = sampleTicketsCsv(sample);
  // The tenant's days are days of its own zone, as those of a helpdesk are.
  const cutter = dayCutter('UTC');
  await importTickets(
    { store, tenantId, clock, holder: 'sample' },
    {
      ...{ label, author: AUTHOR, mapping: {}, cutter, today: cutter.dayOf(clock()) },
      bytes: () => [Buffer.from(csv)],
    },
  );
}
