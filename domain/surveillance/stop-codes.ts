import { reasonText } from '../lost-reason.ts';
import type { Evidence } from './evidence.ts';
import { seriesValue } from './series.ts';

/** The reasons for which flows are stopped more than usual, of rules and of series, by code. */
export function stopCodes({ series, rules }: Pick<Evidence, 'series' | 'rules'>): string[] {
  const fired = rules.flatMap(({ rule, subject }) =>
    rule === 'configuration_stops' && subject ? [subject.id] : [],
  );
  const unusual = series.flatMap((one) => {
    const told = seriesValue(one.series);
    return told?.kind === 'stop' ? [told.value] : [];
  });
  return [...new Set([...fired, ...unusual])].sort();
}

/** Each reason in a sentence. */
export function stoppedInWords(codes: readonly string[]): string[] {
  return codes.map((code) => `More flows than usual are stopped: ${reasonText(code).reason}.`);
}
