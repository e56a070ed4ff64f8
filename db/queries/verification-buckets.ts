import { type Day, dayCutter, daysBetween, HOUR_MS, hourOf } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';

export interface VerificationBucket {
  day: Day;
  /** As stored: UTC start of the hour, 0 for a day. */
  startAt: number;
  /** For people: the day, or the hour's UTC start. */
  start: string;
  /** UTC milliseconds, `end` not included. */
  span: { start: number; end: number };
}

/** The days of a period, or the real hours that begin on them, oldest first. */
export function verificationBuckets({
  timeZone,
  first,
  last,
  bucket,
}: {
  timeZone: string;
  first: Day;
  last: Day;
  bucket: 'hour' | 'day';
}): VerificationBucket[] {
  const cutter = dayCutter(timeZone);
  return daysBetween(first, last).flatMap((day): VerificationBucket[] => {
    const span = { start: cutter.startOf(day), end: cutter.endOf(day) };
    if (bucket === 'day') return [{ day, startAt: 0, start: day, span }];
    const hours: VerificationBucket[] = [];
    // An hour belongs to the day on which it begins; zones with half hours begin days within one.
    const from = hourOf(span.start + HOUR_MS - 1);
    for (let startAt = from; startAt < span.end; startAt += HOUR_MS) {
      const hour = { start: startAt, end: startAt + HOUR_MS };
      hours.push({ day, startAt, start: isoText(startAt), span: hour });
    }
    return hours;
  });
}
