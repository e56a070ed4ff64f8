import type { Day } from '../day.ts';
import type { AssumptionSet } from '../deflection/assumption-set.ts';
import type { Served } from '../deflection/avoided-from-logs.ts';
import type { DeflectionFigures } from '../deflection/figures.ts';
import type { Range } from '../deflection/range.ts';
import { deflectionReport } from '../deflection/report.ts';
import type { ReportInput } from '../deflection/report-input.ts';
import type { Share } from '../share.ts';
import { canonicalJson } from './canonical.ts';
import type { Month } from './month.ts';
import type { StatedAssumption } from './stated-assumptions.ts';

/** A month of the trend, as it was known when the statement was frozen. */
export interface TrendMonth {
  month: Month;
  daysCollected: number;
  days: number;
  served: Served | null;
  avoided: Range | null;
  desk: Range | null;
  tickets: number | null;
  otherTickets: number | null;
  adminResets: number | null;
  selfServiceShare: Share;
}

/** What is frozen of a month: all that its figures follow from, and the figures. Holds no person but authors. */
export interface StatementBody {
  /** Version of this form. */
  format: 1;
  /** Version of the program that froze it. */
  program: string;
  month: Month;
  tenant: string;
  /** IANA zone in which the month was cut. */
  timeZone: string;
  sample: boolean;
  /** Up to when records had been read, ISO 8601 in UTC. */
  asOf: string;
  daysCollected: number;
  days: number;
  /** Days of the month that were not collected, as runs, both ends included. */
  gaps: { first: Day; last: Day }[];
  /** Null: not known. */
  hybrid: boolean | null;
  assumptions: {
    version: number;
    /** ISO 8601; null: the defaults of the program. */
    madeAt: string | null;
    author: string | null;
    set: AssumptionSet;
    stated: StatedAssumption[];
  };
  imports: { id: string; label: string; hash: string }[];
  input: ReportInput;
  figures: DeflectionFigures;
  /** Oldest first. */
  trend: TrendMonth[];
}

/** Whether two bodies say the same: all but up to when records had been read, and which program read them. */
export function saysTheSame(a: StatementBody, b: StatementBody): boolean {
  return canonicalJson(comparable(a)) === canonicalJson(comparable(b));
}

const comparable = (body: StatementBody) => ({ ...body, asOf: null, program: null });

/** Whether the figures come out the same to the last digit when they are worked out again from the frozen input. */
export function isReproduced({ input, figures }: StatementBody): boolean {
  try {
    return canonicalJson(deflectionReport(input)) === canonicalJson(figures);
  } catch (error) {
    // An input that was tampered with may be one that no figures follow from.
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
}
