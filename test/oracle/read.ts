import type { Read } from './figures.ts';
import { AUTOMATION_ACCOUNT } from './nasty-resets.ts';
import type { NastyTenant } from './nasty-tenant.ts';
import { ticksOf } from './raw.ts';

const DAY_MS = 86_400_000;

/** Graph keeps audit records from the UTC midnight 31 days before on. */
export function floorOf(now: number): number {
  return (Math.floor(now / DAY_MS) - 31) * DAY_MS;
}

/** What one full run at `now` can have read. */
export function readOf(
  tenant: NastyTenant,
  { now, timeZone }: { now: number; timeZone: string },
): Read {
  const [oldest, newest] = [BigInt(floorOf(now)) * 10_000n, BigInt(now) * 10_000n];
  return {
    timeZone,
    windows: [[floorOf(now), now]],
    snapshots: [{ takenAt: now, report: tenant.report, users: tenant.users }],
    users: tenant.users,
    audits: tenant.audits.filter((record) => {
      const ticks = ticksOf(String(record.activityDateTime));
      return ticks >= oldest && ticks <= newest;
    }),
    gapHours: 24,
    automation: [AUTOMATION_ACCOUNT],
  };
}
