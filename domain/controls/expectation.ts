import type { AtRiskSettings } from '../at-risk.ts';
import type { Day } from '../day.ts';
import type { Reason, RegistrationState } from '../registration.ts';
import type { Share } from '../share.ts';

/** How many people of the population share a registration state. */
export interface ControlPeople
  extends Pick<RegistrationState, 'admin' | 'enabled' | 'registered' | 'capable' | 'methods'> {
  people: number;
  reason: Reason;
  /** Families of reset methods. */
  families: number;
}

export interface ControlInput {
  /** Day of the snapshot; null: there is none. */
  day: Day | null;
  population: readonly ControlPeople[];
  settings: AtRiskSettings;
  /** Whether somebody has typed in how many methods the policy asks for; `settings` else holds a default. */
  requiredTypedIn: boolean;
}

/** One thing that a baseline expects of a tenant, and whether it is so. */
export interface Expectation {
  id: string;
  title: string;
  state: 'pass' | 'fail' | 'cannot_be_seen';
  /** What it was judged by, in sentences with their figures. */
  evidence: string;
  /** What to do, or what would have to be known; null: nothing. */
  advice: string | null;
  /** People who meet it; null: not a matter of people, or there is no snapshot. */
  people: Share | null;
  /** Filters of `/people` that list those who do not, or whom a change would hit; null: nobody to list. */
  filters: Record<string, string> | null;
}
