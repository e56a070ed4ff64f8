import { fraction } from '../../domain/share.ts';
import type { TimesResponse } from '../../server/contract/resets.ts';
import { counted, minutesText, percent } from '../format.ts';

type Seconds = NonNullable<TimesResponse['secondsToReset']>;

const HOUR = 3570;

/** `2:14 min`, `1:02:05 h`. */
export const timeText = (seconds: number) =>
  `${minutesText(seconds)} ${seconds < HOUR ? 'min' : 'h'}`;

/** How long a reset takes and how far that spreads, in a sentence for a title. */
export function timesFinding(times: Seconds | null, daysCollected: number): string {
  if (daysCollected === 0) return 'No day of this period was collected';
  if (!times) return 'No reset was completed in this period';
  return `Half of all resets take under ${timeText(times.median)}; one in ten takes longer than ${timeText(times.p90)}`;
}

/** How often a reset does not last, in a sentence for a title. */
export function repeatsFinding({ repeats, daysCollected }: TimesResponse): string {
  if (daysCollected === 0) return 'No day of this period was collected';
  const { within7Days, within30Days } = repeats;
  if (fraction(within7Days) === null) return 'Too early to tell whether resets last';
  const first = `${percent(within7Days)} needed another reset within 7 days`;
  return fraction(within30Days) === null ? first : `${first}, ${percent(within30Days)} within 30`;
}

/** Where the spread lies on an axis from 0 to the 90th percentile, in hundredths of it. */
export function spreadPlaces({ p10, p25, median, p75, p90 }: Seconds) {
  const at = (seconds: number) => (p90 === 0 ? 0 : (seconds / p90) * 100);
  return { p10: at(p10), p25: at(p25), median: at(median), p75: at(p75), p90: at(p90) };
}

/** The same for those who do not see the bar. */
export function spreadSentence({ flows, p10, p25, median, p75, p90 }: Seconds): string {
  return `Of ${counted(flows, 'completed try', 'completed tries')}: 10 % took up to ${timeText(p10)}, a quarter up to ${timeText(p25)}, half up to ${timeText(median)}, three quarters up to ${timeText(p75)}, 90 % up to ${timeText(p90)}.`;
}
