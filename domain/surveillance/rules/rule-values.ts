import { adminSelfReset } from './admin-self-reset.ts';
import { blockedAttempts } from './blocked-attempts.ts';
import { configurationStops } from './configuration-stops.ts';
import type { DayFacts } from './day-facts.ts';
import { manyResetsByOneOperator } from './many-resets-by-one-operator.ts';
import { oneAddressManyPeople } from './one-address-many-people.ts';
import { onePersonManyMethods } from './one-person-many-methods.ts';
import { phoneOnlyReset } from './phone-only-reset.ts';
import { rejectedPasswords } from './rejected-passwords.ts';
import { resetAfterFailure } from './reset-after-failure.ts';
import type { RuleValue } from './rule-value.ts';
import { securityInfoNearReset } from './security-info-near-reset.ts';

/**
 * What every threshold rule measures of the flows and admin resets of a day, in the order of THRESHOLD_RULES; no row where it
 * is nothing. What is measured of snapshots is in capability-lost.ts.
 */
export function ruleValues(facts: DayFacts): RuleValue[] {
  const { flows, passes, failures, adminResets, unpassed, changes, rejections } = facts;
  return [
    ...blockedAttempts(flows),
    ...oneAddressManyPeople(flows),
    ...onePersonManyMethods(failures),
    ...adminSelfReset(flows),
    ...phoneOnlyReset(flows, passes),
    ...securityInfoNearReset(flows, changes),
    ...manyResetsByOneOperator(adminResets),
    ...resetAfterFailure(adminResets, unpassed),
    ...rejectedPasswords(rejections),
    ...configurationStops(flows),
  ];
}
