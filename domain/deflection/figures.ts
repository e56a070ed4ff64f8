import type { Share } from '../share.ts';
import type { Served } from './avoided-from-logs.ts';
import type { Range } from './range.ts';

/** How tickets and assumptions came together. */
export interface CalibrationFigures {
  /** YYYY-MM, of the months known for both. */
  firstMonth: string;
  lastMonth: string;
  months: number;
  estimate: { share: number; standardError: number };
  share: Range;
  flatWeight: number;
  contradicted: boolean;
  controlled: boolean;
}

export interface SavingFigures {
  currency: string;
  desk: Range;
  userTime: Range;
  userTimeWhy: string | null;
  deskHours: Range;
  userHours: Range;
  net: Range | null;
  paybackMonths: Range | null;
  paybackWhy: string | null;
  defaultCost: boolean;
}

export interface SecondOpinionFigures {
  avoided: Range;
  answer: Range | null;
  expected: number;
  monthsBefore: number;
  monthsAfter: number;
  placebo: Share | null;
}

/** What became of the needs of a period; `settling` ones in no rate. */
export interface NeedCounts {
  selfServed: number;
  fellBack: number;
  abandoned: number;
  settling: number;
  adminResets: number;
  bypasses: number;
  settlingBypasses: number;
}

/** One assumption at its own 5 and 95 %, and the answer then. */
export interface TornadoBar {
  path: string;
  title: string;
  unit: string;
  low: { at: number; answer: number };
  high: { at: number; answer: number };
}

/** What a period's answer holds: server/contract/deflection.ts says what each means. */
export interface DeflectionFigures {
  served: Served | null;
  avoided: Range | null;
  evidence: 'logs' | 'tickets';
  whyLogs: string | null;
  calibration: CalibrationFigures | null;
  saving: SavingFigures | null;
  secondOpinion: SecondOpinionFigures | null;
  ratios: {
    selfServiceShare: Share;
    successRate: Share;
    fellBackOfUnserved: Share;
    adminResetsPerPeople: { adminResets: number; people: number } | null;
  };
  counts: NeedCounts & { tickets: number | null };
  potential: { resets: number; avoided: Range } | null;
  tornado: TornadoBar[];
  tornadoOf: 'desk_saving' | 'avoided';
}
