import type { AdminResetKind } from '../../admin-reset.ts';
import type { FlowOutcome } from '../../flow-outcome.ts';

/** A flow that began on the day. Instants are UTC milliseconds, here and below. */
export interface DayFlow {
  id: string;
  /** Object id; null: no record names anybody. */
  personId: string | null;
  /** First address that one of its records tells; null: none does. */
  address: string | null;
  startedAt: number;
  lastAt: number;
  /** First record of the success; null: neither completed nor unlocked. */
  succeededAt: number | null;
  outcome: FlowOutcome;
  /** Code of the reason for which it was lost; null: it was not. */
  reason: string | null;
  /** Whether its person is an admin, as far as the registration report tells; null: not known. */
  admin: boolean | null;
}

/** A method that was passed in a flow that began on the day. */
export interface DayPass {
  flowId: string;
  /** As the log names it. */
  method: string;
}

/** A failed verification of the day. */
export interface DayFailure {
  personId: string | null;
  /** As the log names it; `unknown` where it names none. */
  method: string;
  at: number;
}

/** A reset by an admin on the day. */
export interface DayAdminReset {
  id: string;
  personId: string | null;
  /** Null: the record does not say who did it. */
  operatorId: string | null;
  kind: AdminResetKind;
  at: number;
}

/** The end of a flow with a failed verification and without success, on whatever day. */
export interface UnpassedFlow {
  personId: string;
  lastAt: number;
}

/** A change of a person's own security info, on whatever day. */
export interface SecurityInfoChange {
  personId: string;
  at: number;
}

/** New passwords that were rejected in a flow that began on the day. */
export interface DayRejections {
  personId: string | null;
  flowId: string;
  /** When each was rejected, in their order. */
  at: number[];
}

/** All that the threshold rules measure a day by. */
export interface DayFacts {
  flows: readonly DayFlow[];
  passes: readonly DayPass[];
  failures: readonly DayFailure[];
  adminResets: readonly DayAdminReset[];
  /** Of people with an admin reset on the day, at least those that ended within 120 minutes before it. */
  unpassed: readonly UnpassedFlow[];
  /** Of people with a success among `flows`, at least those within 4 hours before or after it. */
  changes: readonly SecurityInfoChange[];
  rejections: readonly DayRejections[];
}
