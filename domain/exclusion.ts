import type { Day } from './day.ts';
import { fold } from './text.ts';

/** What a rule looks at. */
export type RuleField =
  | 'userPrincipalName'
  | 'name'
  | 'department'
  | 'country'
  | 'office'
  | 'company';

export type RuleMatch = 'starts_with' | 'ends_with' | 'contains' | 'equals';

/** Which people are left out; compared without upper and lower case, in every script. */
export interface ExclusionRule {
  field: RuleField;
  match: RuleMatch;
  value: string;
}

/** What a rule can see of a person; null: missing, which no rule matches. */
export type RuleView = Readonly<Record<RuleField, string | null>>;

const COMPARES: Record<RuleMatch, (text: string, value: string) => boolean> = {
  starts_with: (text, value) => text.startsWith(value),
  ends_with: (text, value) => text.endsWith(value),
  contains: (text, value) => text.includes(value),
  equals: (text, value) => text === value,
};

/** The rule as a question to ask of many people. */
export function ruleMatcher({ field, match, value }: ExclusionRule): (who: RuleView) => boolean {
  const folded = fold(value);
  const compares = COMPARES[match];
  return (who) => {
    const text = who[field];
    return text !== null && compares(fold(text), folded);
  };
}

/** Two rules that match the same people, whoever they are. */
export function isSameRule(a: ExclusionRule, b: ExclusionRule): boolean {
  return a.field === b.field && a.match === b.match && fold(a.value) === fold(b.value);
}

/** Days from `firstDay` up to, not including, `endDay`; null: no end. Empty where `endDay` is not after `firstDay`. */
export interface DayInterval {
  firstDay: Day;
  endDay: Day | null;
}

export function holdsOn({ firstDay, endDay }: DayInterval, day: Day): boolean {
  return firstDay <= day && (endDay === null || day < endDay);
}

/** Until when an exclusion was meant to hold, and when it was ended by hand; null: neither. */
export interface ExclusionEnds {
  untilDay: Day | null;
  endDay: Day | null;
}

/** The first day on which it no longer holds: the earlier of expiry and end by hand; null: neither. */
export function firstDayAfter({ untilDay, endDay }: ExclusionEnds): Day | null {
  if (untilDay === null || endDay === null) return untilDay ?? endDay;
  return endDay < untilDay ? endDay : untilDay;
}

export type ExclusionState = 'active' | 'expired' | 'ended';

/** How an exclusion stands on `day`. What was ended by hand stays `ended`, also after its expiry. */
export function exclusionState({ untilDay, endDay }: ExclusionEnds, day: Day): ExclusionState {
  if (endDay !== null) return 'ended';
  return untilDay !== null && untilDay <= day ? 'expired' : 'active';
}
