import type { Day } from '../day.ts';
import type { AlertLevel } from './alert-level.ts';
import type { AlertRule } from './rule-list.ts';
import type { SeriesName } from './series.ts';

/** One thing that is unusual: a judged hour or day of a series, or a day's value of a rule. Findings make episodes. */
export interface Finding {
  rule: AlertRule;
  /** Null: a rule without statistics. */
  series: SeriesName | null;
  /** Of a rule: whom or what the value is about; of a `stop:CODE` series: the code; '' else. */
  subject: string;
  /** Null: a rule's value, which has instants of its own. */
  bucket: 'hour' | 'day' | null;
  /** Of what is unusual, UTC milliseconds, the end not included: whole hours or days of a series. */
  startAt: number;
  endAt: number;
  level: AlertLevel;
  /** Of all its hours or days; where earlier unusual ones are told apart from it, of its own alone. */
  observed: number;
  /** As `observed`; null for a rule's value, as the next two are. */
  expected: number | null;
  /** From this count on its day or hour would be watched; null too for several together, which have no such bound. */
  upper: number | null;
  /** Chance of as unusual a count. */
  p: number | null;
  /** The least value that fires; null for a series. */
  threshold: number | null;
  /** Last day of the history that the threshold was learned from; null: typed in, or the floor for want of history. */
  learnedOn: Day | null;
  /** It is unusual only because its window remembers what was found before: it makes no episode last longer. */
  carried: boolean;
}
