import type { AlertLevel } from '../surveillance/alert-level.ts';
import type { AlertRule, Queue } from '../surveillance/rule-list.ts';
import type { DeliveryKind } from './channel.ts';

/** What a channel says of an alert, frozen when it is put into the outbox. People are object ids; names are added where a channel may tell them. */
export interface AlertMessage {
  kind: DeliveryKind;
  /** Null: a test. */
  alertId: number | null;
  rule: AlertRule | null;
  ruleTitle: string;
  level: AlertLevel;
  queue: Queue;
  /** UTC milliseconds; null: it lasts. */
  startedAt: number;
  endedAt: number | null;
  /** One sentence that names nobody. */
  title: string;
  /** What it stands on, in sentences that name nobody. */
  facts: string[];
  /** What to do next. */
  next: string[];
  /** Object ids and addresses behind it, for channels that may tell them; at most 20 each. */
  people: string[];
  addresses: string[];
  /** Path of the alert's page. */
  path: string;
  /** Whether the data is made up. */
  sample: boolean;
}
