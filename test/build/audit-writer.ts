import { writeSync } from 'node:fs';
import { openStore } from '../../db/open.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import { dayCutter } from '../../domain/day.ts';
import { numberedRecord } from './numbered-record.ts';
import { leaseOf } from './tenants.ts';

// `node audit-writer.ts PATH FIRST`: stores record FIRST, FIRST + 1, … until it is killed, and writes the
// number of each to standard output once its transaction is over. Works the figures out on the way.
const [path = '', first = '0'] = process.argv.slice(2);
const lease = await leaseOf(await openStore(path));
const cutter = dayCutter('UTC');

for (let n = Number(first); ; n += 3) {
  const records = [n, n + 1, n + 2].map(numberedRecord);
  await lease.tx((db) => storeAuditRecords(lease, db, { feed: 'resets', records, cutter }));
  writeSync(1, records.map((_, i) => `${n + i}\n`).join(''));
  if (n % 5 === 0)
    await rollUp(lease, { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] });
}
