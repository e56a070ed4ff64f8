import type { DeflectionFigures } from '../domain/deflection/figures.ts';
import { deflectionReport } from '../domain/deflection/report.ts';
import type { ReportInput } from '../domain/deflection/report-input.ts';

/** Reports by what they follow from, the last `most` of them: a report takes a tenth of a second, and pages ask again. */
export function keptReports(most = 32): (input: ReportInput) => DeflectionFigures {
  const kept = new Map<string, DeflectionFigures>();
  return (input) => {
    const key = JSON.stringify(input);
    const figures = kept.get(key) ?? deflectionReport(input);
    kept.delete(key);
    kept.set(key, figures);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return figures;
  };
}
