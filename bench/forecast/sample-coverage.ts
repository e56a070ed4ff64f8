import { sampleTenant } from '../../demo/sample/tenant.ts';
import type { Day } from '../../domain/day.ts';
import { addDays, daysBetween } from '../../domain/day.ts';
import type { CoverageDay } from '../../domain/forecast/coverage-history.ts';

/** The sample tenant of a seed as its coverage was counted; days not collected are left out. */
export interface SampleCoverage {
  first: Day;
  days: CoverageDay[];
}

/** Each seed's story ends on another day, so that weekdays and seasons differ as well. */
const endOf = (seed: number): Day => addDays('2026-01-15' as Day, 17 * (seed % 100));

export function sampleCoverage(seed: number): SampleCoverage {
  const tenant = sampleTenant({ seed, end: Date.parse(`${endOf(seed)}T12:00:00Z`) });
  const days = daysBetween(tenant.start, tenant.last)
    .filter((day) => !tenant.daysNotCollected.includes(day))
    .map((day) => {
      const members = tenant
        .registrationOn(day)
        .filter(({ userType }) => !userType || userType.toLowerCase() === 'member');
      const capable = members.filter(({ isSsprCapable }) => isSsprCapable).length;
      return { day, population: members.length, capable };
    });
  return { first: tenant.start, days };
}
